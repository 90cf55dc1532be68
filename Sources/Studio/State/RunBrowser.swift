import Foundation
import History
import Terminal

/// The runs of the history as they are looked through.
public struct RunBrowser: Equatable, Sendable {
  /// A picture of a run.
  public struct Frame: Hashable, Sendable {
    /// The run.
    public var run: String
    /// After so many steps.
    public var iteration: Int

    /// A picture of a run.
    public init(run: String, iteration: Int) {
      self.run = run
      self.iteration = iteration
    }
  }

  /// How the losses of a run developed.
  public struct RunLosses: Equatable, Sendable {
    /// The run.
    public var run: String
    /// Its losses.
    public var table: LossTable
  }

  struct FramePicture: Equatable {
    var frame: Frame
    var picture: GalleryPicture
  }

  /// The runs, the latest first; nil until they were read.
  public internal(set) var runs: [RecordedRun]?

  /// The place that has the cursor.
  public internal(set) var selection = 0

  /// The place of the picture that is looked at, in the frames of the selected run; nil for the last.
  public internal(set) var place: Int?

  /// The pictures that were read, the least recently wanted first.
  private(set) var pictures: [FramePicture] = []

  /// What the helpers were last asked for.
  var wish: HistoryEffect?

  /// How the losses of the run that was asked for last developed.
  public internal(set) var losses: RunLosses?

  /// By which clock times are shown.
  public var timeZone = TimeZone.current

  /// Enough to leaf back and forth in a run.
  private static let capacity = 24

  /// A history that nobody has looked into.
  public init() {}

  /// The run that has the cursor.
  public var selected: RecordedRun? {
    runs.flatMap { $0.indices.contains(selection) ? $0[selection] : nil }
  }

  /// The place of the picture that is looked at, in the frames of the selected run.
  public var framePlace: Int? {
    guard let selected, !selected.frames.isEmpty else { return nil }
    return min(place ?? .max, selected.frames.count - 1)
  }

  /// The picture that is looked at.
  public var frame: Frame? {
    guard let selected, let framePlace else { return nil }
    return Frame(run: selected.name, iteration: selected.frames[framePlace])
  }

  /// Whether the run can go on exactly where it ended, and that is what is looked at.
  public var canResume: Bool {
    guard let selected else { return false }
    return selected.hasCheckpoint && !selected.isOngoing
      && framePlace == selected.frames.indices.last
  }

  /// A picture, if it was read.
  public func picture(of frame: Frame) -> GalleryPicture? {
    pictures.last { $0.frame == frame }?.picture
  }

  mutating func add(_ picture: GalleryPicture, for frame: Frame) {
    pictures.removeAll { $0.frame == frame }
    pictures.append(FramePicture(frame: frame, picture: picture))
    if pictures.count > Self.capacity { pictures.removeFirst() }
  }
}
