import Files
import Pictures
import Recipes
import Styling
import Tensors

/// What the items of a batch take, told from one short run of each kind.
public struct BatchEstimate: Sendable {
  /// What one picture takes.
  public struct Item: Sendable, Equatable {
    /// Columns of the result.
    public let width: Int
    /// Rows of the result.
    public let height: Int
    /// On one thread; nil where nothing could be measured.
    public let seconds: Double?
    /// While it is painted; nil where nothing could be measured.
    public let bytes: Int?
  }

  /// By the item's index; what cannot be read is not in it.
  public let items: [Int: Item]

  /// The seconds that all of them take on one thread.
  public var seconds: Double { items.values.reduce(0) { $0 + ($1.seconds ?? 0) } }

  /// What the largest of them takes.
  public var bytes: Int { items.values.compactMap(\.bytes).max() ?? 0 }

  /// What takes the same time and memory for the same pixels.
  private struct Kind: Hashable {
    let method: String
    let models: [String]
    let layers: [String]
    let loss: Recipe.StyleLoss
    let optimizer: Recipe.Optimizer
    let precision: Recipe.Precision
    let styleScale: Double
    let margin: Double
    let pictures: Int
    let hasMasks: Bool

    init(_ item: BatchItem) {
      let recipe = item.recipe
      method = recipe.isInstant ? "instant" : "optimize"
      models = item.models
      layers = recipe.isInstant ? [] : recipe.styleLayers + recipe.contentLayers
      loss = recipe.styleLoss
      optimizer = recipe.optimizer
      precision = recipe.precision
      styleScale = recipe.styleScale
      margin = recipe.margin
      pictures = recipe.styles.count
      hasMasks = item.hasMasks
    }
  }

  /// Measures one item of each kind, at sizes of 256 pixels or so.
  ///
  /// - Parameters:
  ///   - todo: the items that count.
  ///   - items: all of them.
  ///   - painter: paints nothing else meanwhile.
  init(of todo: [Int], in items: [BatchItem], by painter: BatchPainter) {
    let shapes = Self.shapes(of: todo.compactMap { items[$0].recipe.content })
    var lines: [Kind: CostLine] = [:]
    var estimates: [Int: Item] = [:]
    for (kind, members) in Dictionary(grouping: todo, by: { Kind(items[$0]) }) {
      // The largest, so that a small one need not stand for it; another where that one is broken.
      let readable = members.filter { shapes[items[$0].recipe.content ?? ""] != nil }
      let candidates = readable.sorted {
        (-items[$0].recipe.size, $0) < (-items[$1].recipe.size, $1)
      }
      lines[kind] =
        candidates.prefix(3).lazy.compactMap {
          try? painter.cost(of: items[$0], threads: 1)
        }.first
      for index in readable {
        let recipe = items[index].recipe
        guard let (width, height) = shapes[recipe.content ?? ""] else { continue }
        let size = Picture.size(width: width, height: height, longerSide: recipe.size)
        estimates[index] = Item(
          width: size.width, height: size.height,
          seconds: lines[kind]?.seconds(of: recipe, width: width, height: height),
          bytes: lines[kind].map {
            // The photograph, once as it is and once on its way to its size.
            $0.tensorBytes(of: recipe, width: width, height: height) + 6 * width * height
          })
      }
    }
    self.items = estimates
  }

  /// The sizes of photographs, of which their first bytes tell; what is no picture is left out.
  private static func shapes(of paths: [String]) -> [String: (width: Int, height: Int)] {
    var shapes: [String: (width: Int, height: Int)] = [:]
    for path in Set(paths) {
      let start = try? FileBytes.readPrefix(RawPath(path), count: 1 << 16)
      let header =
        start.flatMap { try? PictureDecoder.header($0, named: path) }
        ?? (try? PictureDecoder.header(of: path))
      shapes[path] = header.map { ($0.width, $0.height) }
    }
    return shapes
  }
}
