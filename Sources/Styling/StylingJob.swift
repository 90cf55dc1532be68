import Networks
import Pictures
import Recipes
import Tensors

/// A recipe with everything it names: pictures and network in memory.
public struct StylingJob: Sendable {
  /// A painting and its share of the mix.
  public struct Style: Sendable {
    /// The painting.
    public let picture: Picture

    /// Its share before the shares are divided by the sum of their magnitudes.
    public let weight: Double

    /// Where in the photograph it applies; nil for all that the others' masks leave.
    public let mask: Mask?

    /// A painting, its share and its mask.
    public init(picture: Picture, weight: Double, mask: Mask? = nil) {
      self.picture = picture
      self.weight = weight
      self.mask = mask
    }
  }

  /// What the optimization starts from.
  public enum Beginning: Sendable {
    /// What the recipe says.
    case recipe
    /// A picture after so many iterations, scaled if need be; the optimizer's momentum is lost.
    case picture(Picture, iteration: Int)
    /// Where another run left off: exactly, if its pictures were of the same size.
    case checkpoint(Checkpoint)
  }

  /// The photograph.
  public let content: Picture

  /// The paintings, in the colors that the recipe wants of them; at least one.
  public let styles: [Style]

  /// What of the photograph stays as it is.
  public let protection: Mask?

  /// How to make the result.
  public let recipe: Recipe

  /// The network whose features are compared.
  public let network: VGG

  /// How many threads compute.
  public let threads: Int

  /// What the optimization starts from.
  public let beginning: Beginning

  /// Who paints what a recipe starts from that says `start: instant`.
  public let stylist: InstantStylist?

  /// What came before and holds the picture, in a film.
  public let predecessor: Predecessor?

  /// What came before a frame of a film: it counts as a loss.
  public struct Predecessor: Sendable {
    /// How far a picture is from it.
    public let loss: TemporalLoss
    /// What that counts.
    public let weight: Double

    /// A predecessor and what likeness to it counts.
    public init(_ loss: TemporalLoss, weight: Double) {
      self.loss = loss
      self.weight = weight
    }
  }

  let contentLayers: Set<LayerName>
  let styleLayers: Set<LayerName>

  /// A job that can be run.
  ///
  /// - Parameter reference: whose colors the paintings may have to be like, in place of the photograph: the
  ///   first frame of a film's shot, for all of its frames.
  /// - Throws: When the recipe names layers that the network lacks, a picture is too narrow, or the
  ///   start needs a stylist and there is none.
  public init(
    content: Picture, styles: [Style], protection: Mask? = nil, recipe: Recipe, network: VGG,
    threads: Int = Workers.coreCount, beginning: Beginning = .recipe,
    stylist: InstantStylist? = nil, predecessor: Predecessor? = nil,
    coloredLike reference: Picture? = nil
  ) throws(StylingError) {
    precondition(!styles.isEmpty && styles.contains { $0.weight != 0 })
    self.content = content
    self.styles = styles.map {
      $0.colored(
        like: reference ?? content, as: recipe.color,
        longerSide: Self.styleSize(at: recipe.size, scale: recipe.styleScale),
        on: Workers(threads: threads))
    }
    self.protection = protection
    self.recipe = recipe
    self.network = network
    self.threads = threads
    self.beginning = beginning
    self.stylist = stylist
    self.predecessor = predecessor
    if case .recipe = beginning, recipe.start == .instant,
      stylist?.canPaint(InstantLook(recipe, paintings: styles)) != true
    {
      throw .noStylist
    }
    try Self.requireFit(of: styles, protection, over: content)
    contentLayers = try Self.layers(recipe.contentLayers, of: network, model: recipe.model)
    styleLayers = try Self.layers(recipe.styleLayers, of: network, model: recipe.model)
    try Self.requireRoom(
      for: contentLayers.union(styleLayers).max(), in: content, longerSide: recipe.size,
      what: "content picture")
    for style in styles {
      try Self.requireRoom(
        for: styleLayers.max(), in: style.picture, longerSide: styleSize, what: "style picture")
    }
  }

  /// The longer side at which paintings are looked at.
  var styleSize: Int { styleSize(at: recipe.size) }

  /// The longer side at which paintings are looked at while the picture's is `size`.
  func styleSize(at size: Int) -> Int { Self.styleSize(at: size, scale: recipe.styleScale) }

  private static func styleSize(at size: Int, scale: Double) -> Int {
    max(1, Int((Double(size) * scale).rounded()))
  }

  /// The sizes that a run goes through up to the job's: those at which every picture has room.
  ///
  /// - Parameter recipe: says where to start and how fast to grow; the job's own without.
  func schedule(of recipe: Recipe? = nil) -> ScaleSchedule {
    ScaleSchedule(
      size: self.recipe.size, first: (recipe ?? self.recipe).firstSize,
      taper: (recipe ?? self.recipe).scaleTaper
    ).keeping { size in
      let deepest = contentLayers.union(styleLayers).max()
      return
        (try? Self.requireRoom(
          for: deepest, in: content, longerSide: size, what: "content picture")) != nil
        && styles.allSatisfy {
          (try? Self.requireRoom(
            for: styleLayers.max(), in: $0.picture, longerSide: styleSize(at: size),
            what: "style picture")) != nil
        }
    }
  }

  /// Throws when a picture is so narrow, scaled to `longerSide`, that nothing is left at `layer`.
  public static func requireRoom(
    for layer: LayerName?, in picture: Picture, longerSide: Int, what: String
  ) throws(StylingError) {
    let size = Picture.size(
      width: picture.width, height: picture.height, longerSide: longerSide)
    let minimum = layer.map(VGG.minimumSide) ?? 1
    guard min(size.height, size.width) >= minimum else {
      throw .tooNarrow(what: what, height: size.height, width: size.width, minimum: minimum)
    }
  }

  /// Throws when a mask is of another shape than the photograph, or when they leave nothing to paint.
  public static func requireFit(
    of styles: [Style], _ protection: Mask?, over content: Picture
  ) throws(StylingError) {
    let masks = styles.enumerated().map { ("mask of painting \($0.offset + 1)", $0.element.mask) }
    for (what, mask) in masks + [("mask of what is protected", protection)] {
      guard let mask, !mask.fits(width: content.width, height: content.height) else { continue }
      throw .otherShape(
        what: what, width: mask.width, height: mask.height, than: "photograph",
        otherWidth: content.width, otherHeight: content.height)
    }
    if protection?.values.allSatisfy({ $0 == 255 }) == true
      || !styles.isEmpty && styles.allSatisfy({ $0.weight == 0 || $0.mask?.isEmpty == true })
    {
      throw .nothingToPaint
    }
  }

  private static func layers(
    _ names: [String], of network: VGG, model: String
  ) throws(StylingError) -> Set<LayerName> {
    guard !names.isEmpty else { throw .noLayers }
    var layers: Set<LayerName> = []
    for name in names {
      guard let layer = LayerName(name), network.contains(layer) else {
        throw .unknownLayer(name, model: model)
      }
      layers.insert(layer)
    }
    return layers
  }
}
