import Pictures

/// What there is to tell of a film while it is painted.
public enum FilmEvent: Sendable {
  /// Work begins: on which frames, how many of them an earlier run has left, and their size.
  case began(frames: Range<Int>, done: Int, width: Int, height: Int)
  /// A shot begins with this frame.
  case shot(frame: Int)
  /// A frame is painted, after so many seconds of this run.
  case frame(Int, Picture, seconds: Double)
  /// All frames up to this one are on the disk, the latest of them in this film.
  case kept(frame: Int, segment: String)
  /// All frames are painted; sound and pictures are put together.
  case assembling
}

/// How a film ended.
public struct FilmOutcome: Sendable {
  /// How many frames it has.
  public let frames: Int
  /// How many shots.
  public let shots: Int
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Seconds that this run took.
  public let seconds: Double
}
