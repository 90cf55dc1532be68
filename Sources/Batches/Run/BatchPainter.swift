import Favorites
import Networks
import Pictures
import Recipes
import Styling
import Tensors

/// Paints items of a batch, several at once: networks, pictures and what was measured of paintings are
/// shared.
struct BatchPainter: Sendable {
  /// A result before it is written.
  struct Painting: Sendable {
    let picture: Picture
    let metadata: PictureMetadata
    /// The sources as they were read, in the order of `BatchItem.sources`.
    let sources: [BatchLedger.Source?]
  }

  /// A model, kept as finely as a recipe says.
  private struct NetworkKey: Hashable {
    let model: String
    let precision: Recipe.Precision

    init(_ recipe: Recipe) { (model, precision) = (recipe.model, recipe.precision) }
  }

  private let networks: [NetworkKey: VGG]
  private let stylists: [String: InstantStylist]
  private let shelf: SourceShelf
  private let targets = StyleTargetCache(capacity: BatchOrder.mostStyles)

  /// A painter who has opened all networks that items need.
  ///
  /// - Throws: what the services throw.
  init(of items: some Sequence<BatchItem>, services: BatchServices) throws {
    var (networks, stylists): ([NetworkKey: VGG], [String: InstantStylist]) = ([:], [:])
    for item in items {
      let recipe = item.recipe
      let key = NetworkKey(recipe)
      if !recipe.isInstant, networks[key] == nil {
        networks[key] = try services.network(key.model, key.precision)
      }
      if recipe.needsStylizer, stylists[recipe.stylizerModel] == nil {
        stylists[recipe.stylizerModel] = try services.stylist(recipe.stylizerModel)
      }
    }
    self.networks = networks
    self.stylists = stylists
    shelf = SourceShelf(read: services.picture)
  }

  /// Paints an item.
  ///
  /// - Throws: `BatchCancellation.Cancelled`, or what is wrong with its pictures.
  func paint(
    _ item: BatchItem, threads: Int, until cancellation: BatchCancellation
  ) throws -> Painting {
    let sources = try item.sources.map { path throws(BatchFault) in
      try shelf.source(at: path)
    }
    let pictures = try self.pictures(of: item)
    let metadata = try metadata(of: item)
    if let format = PictureFormat(path: item.output) {
      try metadata.requireRoom(in: format, named: item.output)
    }
    let picture =
      item.recipe.isInstant
      ? try pass(item.recipe, pictures, threads: threads, until: cancellation)
      : try run(item.recipe, pictures, threads: threads, until: cancellation)
    return Painting(
      picture: picture, metadata: metadata,
      sources: sources.map { source in
        source.stamp.map { BatchLedger.Source(stamp: $0, sha256: source.sha256) }
      })
  }

  private func pictures(of item: BatchItem) throws(BatchFault) -> RecipePictures {
    try RecipePictures(of: item.recipe) { path throws(BatchFault) in
      try shelf.source(at: path).picture
    }
  }

  private func metadata(of item: BatchItem) throws -> PictureMetadata {
    let sources = try Favorite.Source.all(of: item.recipe) { path throws(BatchFault) in
      try shelf.source(at: path).sha256
    }
    return try PictureMetadata(recipe: item.recipe, record: FavoriteRecord(sources: sources))
  }

  private func pass(
    _ recipe: Recipe, _ pictures: RecipePictures, threads: Int,
    until cancellation: BatchCancellation
  ) throws -> Picture {
    let (stylist, look) = try stylist(of: recipe, pictures)
    try StylingJob.requireFit(of: pictures.styles, pictures.protection, over: pictures.content)
    return try stylist.stylize(
      pictures.content, longerSide: recipe.size, as: look, on: Workers(threads: threads)
    ) { () throws(BatchCancellation.Cancelled) in try cancellation.checkpoint() }
  }

  private func stylist(
    of recipe: Recipe, _ pictures: RecipePictures
  ) throws(BatchFault) -> (InstantStylist, InstantLook) {
    let look = InstantLook(recipe, paintings: pictures.styles, protection: pictures.protection)
    guard let stylist = stylists[recipe.stylizerModel], stylist.canPaint(look) else {
      throw BatchFault(path: recipe.stylizerModel, reason: "is a network of another kind")
    }
    return (stylist, look)
  }

  private func run(
    _ recipe: Recipe, _ pictures: RecipePictures, threads: Int,
    until cancellation: BatchCancellation
  ) throws -> Picture {
    let transfer = StyleTransfer(try job(recipe, pictures, threads: threads), cache: targets)
    let outcome = try cancellation.stopping(transfer.steering) { try transfer.run { _ in } }
    switch outcome.reason {
    case .stopped: throw BatchCancellation.Cancelled()
    case .diverged: throw StylingError.diverged(iteration: outcome.iterations)
    default: return outcome.picture
    }
  }

  private func job(
    _ recipe: Recipe, _ pictures: RecipePictures, threads: Int
  ) throws -> StylingJob {
    guard let network = networks[NetworkKey(recipe)] else {
      preconditionFailure("networks are opened beforehand")
    }
    return try StylingJob(
      content: pictures.content, styles: pictures.styles, protection: pictures.protection,
      recipe: recipe, network: network, threads: threads,
      stylist: recipe.needsStylizer ? stylists[recipe.stylizerModel] : nil)
  }

  /// What pictures like an item take, told from a short run of it; nothing else may be running.
  func cost(of item: BatchItem, threads: Int) throws -> CostLine {
    let pictures = try pictures(of: item)
    guard item.recipe.isInstant else {
      return try CostLine(measuring: try job(item.recipe, pictures, threads: threads))
    }
    let (stylist, look) = try stylist(of: item.recipe, pictures)
    return try CostLine(
      measuring: stylist, painting: pictures.content, as: look, longerSide: item.recipe.size,
      threads: threads)
  }
}
