import Files
import Styling

/// How the losses of a run developed.
public struct LossTable: Equatable, Sendable {
  /// The losses before one step, unweighted but for the total.
  public struct Row: Equatable, Sendable {
    /// How many steps came before.
    public var iteration: Int
    /// How long the engine had worked.
    public var seconds: Double
    /// What is minimized.
    public var total: Double
    /// Structure.
    public var content: Double
    /// Texture.
    public var style: Double
    /// Smoothness.
    public var tv: Double
    /// Texture layer by layer, in the order of `LossTable.layers`.
    public var styleByLayer: [Double]

    /// The losses before one step.
    public init(
      iteration: Int, seconds: Double, total: Double, content: Double, style: Double, tv: Double,
      styleByLayer: [Double] = []
    ) {
      self.iteration = iteration
      self.seconds = seconds
      self.total = total
      self.content = content
      self.style = style
      self.tv = tv
      self.styleByLayer = styleByLayer
    }
  }

  /// The style layers, such as `conv1_1`, shallow to deep.
  public let layers: [String]

  /// In the order of their iterations.
  public private(set) var rows: [Row] = []

  /// More rows than any chart has columns; beyond it every second one of the older half goes.
  private static let capacity = 4096

  /// Nothing yet.
  public init(layers: [String]) { self.layers = layers }

  /// Adds a row, and forgets those of a future that is no longer one.
  public mutating func append(_ row: Row) {
    precondition(row.styleByLayer.count == layers.count)
    forget(from: row.iteration)
    rows.append(row)
    guard rows.count > Self.capacity else { return }
    let half = rows.count / 2
    let thinned = rows[..<half].enumerated().filter { $0.offset.isMultiple(of: 2) }
    rows.replaceSubrange(..<half, with: thinned.map(\.element))
  }

  /// The losses of an iteration, or of the last one before it that has any; nil when none has.
  public func row(at iteration: Int) -> Row? { rows.last { $0.iteration <= iteration } }

  /// Forgets everything from an iteration on.
  public mutating func forget(from iteration: Int) {
    while let last = rows.last, last.iteration >= iteration { rows.removeLast() }
  }
}

/// A table in a file: comma-separated values with a line of titles, numbers to their last bit.
extension LossTable {
  private static let titles = ["iteration", "seconds", "total", "content", "style", "tv"]

  /// Many times what `append` keeps.
  private static let fileLimit = 64 << 20
  private static let mostLayers = 64

  /// Writes the table, whole or not at all.
  public func write(to path: String) throws(HistoryError) {
    var text = (Self.titles + layers).joined(separator: ",") + "\n"
    for row in rows {
      let numbers = [row.seconds, row.total, row.content, row.style, row.tv] + row.styleByLayer
      text += "\(row.iteration)," + numbers.map { "\($0)" }.joined(separator: ",") + "\n"
    }
    do { try AtomicFile.write(text.utf8, to: path) } catch { throw .file(error) }
  }

  /// Reads a table that nobody vouches for.
  public init(path: String) throws(HistoryError) {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: Self.fileLimit) } catch { throw .file(error) }
    let malformed = HistoryError.malformed(path: path, reason: "it is no table of losses")
    guard let text = String(validating: bytes, as: UTF8.self) else { throw malformed }
    var lines = text.split(separator: "\n")[...]
    let titles = (lines.popFirst() ?? "").split(separator: ",").map(String.init)
    guard titles.starts(with: Self.titles), titles.count <= Self.titles.count + Self.mostLayers
    else { throw malformed }
    self.init(layers: Array(titles.dropFirst(Self.titles.count)))
    for line in lines {
      let fields = line.split(separator: ",")
      let numbers = fields.dropFirst().compactMap { Double($0) }
      guard fields.count == titles.count, numbers.count == fields.count - 1,
        let iteration = Int(fields[0]), iteration > rows.last?.iteration ?? -1
      else { throw malformed }
      append(
        Row(
          iteration: iteration, seconds: numbers[0], total: numbers[1], content: numbers[2],
          style: numbers[3], tv: numbers[4], styleByLayer: Array(numbers[5...])))
    }
  }
}
