import Terminal

/// Past iterates of a run, to look at and to continue from.
///
/// The strip keeps within a budget of memory by keeping every second, every fourth, … iterate as it
/// grows; the first and the latest are always there.
public struct Filmstrip: Equatable, Sendable {
  /// A kept iterate.
  public struct Frame: Equatable, Sendable {
    /// How many steps came before.
    public let iteration: Int
    /// What it looked like.
    public let picture: IdentifiedPicture
    /// Its total loss.
    public let total: Double

    /// A kept iterate.
    public init(iteration: Int, picture: IdentifiedPicture, total: Double) {
      self.iteration = iteration
      self.picture = picture
      self.total = total
    }
  }

  /// The kept iterates, oldest first.
  public private(set) var frames: [Frame] = []

  /// The one that is looked at; nil follows the run.
  public private(set) var selection: Int?

  /// The fewest iterations between two frames.
  private var stride = 1

  private static let capacity = 48
  private static let budget = 192 << 20

  /// No frame.
  public init() {}

  /// The iterate that is looked at; nil while following the run.
  public var selected: Frame? {
    selection.flatMap { frames.indices.contains($0) ? frames[$0] : nil }
  }

  /// Adds the run's latest iterate and drops what is from a future that is no longer one.
  public mutating func append(_ frame: Frame) {
    let looking = selected
    while let last = frames.last, last.iteration >= frame.iteration { frames.removeLast() }
    // The latest frame is only kept for good when it is far enough from the one before.
    if frames.count >= 2,
      frames[frames.count - 1].iteration - frames[frames.count - 2].iteration < stride
    {
      frames.removeLast()
    }
    frames.append(frame)
    thin()
    selection = looking.flatMap { looking in
      frames.lastIndex { $0.iteration <= looking.iteration }
    }
  }

  /// Drops the frames after an iteration, as when a run continues from an earlier picture.
  public mutating func cut(after iteration: Int) {
    while let last = frames.last, last.iteration > iteration { frames.removeLast() }
    selection = nil
  }

  /// Looks at a frame some places further; beyond the last one follows the run again.
  public mutating func scrub(by offset: Int) {
    guard !frames.isEmpty else { return }
    let place = (selection ?? frames.count - 1) + offset
    selection = place >= frames.count - 1 && offset > 0 ? nil : min(max(place, 0), frames.count - 1)
  }

  /// Looks at the frame of this number.
  public mutating func select(_ index: Int?) {
    selection = index.flatMap { frames.indices.contains($0) ? $0 : nil }
  }

  private mutating func thin() {
    while frames.count > 2, frames.count > Self.capacity || byteCount > Self.budget {
      stride *= 2
      let last = frames.count - 1
      var kept: [Frame] = []
      for (index, frame) in frames.enumerated()
      where index == 0 || index == last || frame.iteration - (kept.last?.iteration ?? 0) >= stride {
        kept.append(frame)
      }
      if kept.count == frames.count { kept.remove(at: kept.count / 2) }
      frames = kept
    }
  }

  private var byteCount: Int {
    frames.reduce(0) { $0 + $1.picture.picture.rgb.count }
  }
}
