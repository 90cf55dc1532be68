/// What the queue asks its helpers for.
public enum QueueEffect: Equatable, Sendable {
  /// Read the jobs that an earlier studio left.
  case open
  /// Keep the jobs for the next start.
  case keep([QueuedJob])
  /// Work on a job.
  case run(QueuedJob)
  /// Halt the work on a job.
  case interrupt(job: Int)
  /// Read results, the most urgent first; the latest request replaces those before.
  case look([String])
}

/// What is asked of the player.
public enum PlayerEffect: Equatable, Sendable {
  /// Play a film, its frames no larger than so many pixels.
  case film(id: Int, path: String, longerSide: Int)
  /// Say when pictures of the filmstrip are due: so many a second.
  case filmstrip(id: Int, rate: Double)
  /// Play nothing.
  case stop
}
