import Terminal

/// What the queue's helpers report.
public enum QueueEvent: Sendable {
  /// The jobs that an earlier studio left.
  case opened([QueuedJob])
  /// Another studio has the queue.
  case isElsewhere
  /// A job got on.
  case progressed(job: Int, QueuedJob.Progress)
  /// Nobody works on a job any more.
  case ended(job: Int, JobEnd)
  /// A result was read; nil where there is nothing to see.
  case pictured(path: String, IdentifiedPicture?)
  /// Something that was asked for did not happen, for this reason.
  case refused(String)
}

/// How the work on a job ended.
public enum JobEnd: Equatable, Sendable {
  /// All was painted that can be.
  case done
  /// It was asked to halt.
  case interrupted
  /// Something went wrong, in one line.
  case failed(String)
}

/// What the player reports.
public enum PlayerEvent: Sendable {
  /// A frame of a film is due.
  case film(Player.Frame)
  /// The filmstrip's next picture is due.
  case tick
  /// The film is over, or cannot be played for this reason.
  case ended(failure: String?)
}
