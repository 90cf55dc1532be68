import Foundation

/// A line of what `impasto batch --json` and `impasto video --json` print, as far as the queue needs it.
struct JobReport: Decodable {
  private let event: String
  private let output: String?
  private let items: Int?
  private let skipped: Int?
  private let reason: String?
  private let seconds: Double?
  private let frames: Int?
  private let done: Int?
  private let failed: Int?
  private let segment: String?

  /// Reads a line; nil of one that is none.
  init?(_ line: some Collection<UInt8>) {
    guard let report = try? JSONDecoder().decode(JobReport.self, from: Data(line)) else {
      return nil
    }
    self = report
  }
}

extension JobReport {
  /// Notes what the line says.
  ///
  /// - Parameters:
  ///   - progress: what is known of the job.
  ///   - folder: the folder of a batch, by which its lines name their files; nil for a film.
  func note(in progress: inout QueuedJob.Progress, folder: String?) {
    switch event {
    case "planned":
      (progress.total, progress.done) = (items, skipped ?? 0)
      (progress.failures, progress.lastFailure) = (0, nil)
      progress.secondsLeft = seconds
    case "began":
      (progress.total, progress.done) = (frames, done ?? 0)
    case "frame":
      progress.done += 1
    case "kept":
      if let segment { progress.add(result: segment) }
    case "finished":
      if let folder {
        progress.done += 1
        if let output { progress.add(result: "\(folder)/\(output)") }
      } else if let output, let frames {
        // The film's parts are gone.
        (progress.done, progress.total) = (frames, frames)
        progress.results = [output]
      }
    case "failed":
      progress.failures += 1
      progress.lastFailure = [output, reason].compactMap(\.self).joined(separator: ": ")
    case "summary":
      progress.done = (done ?? 0) + (skipped ?? 0)
      progress.failures = failed ?? 0
      progress.total = progress.total ?? progress.done + progress.failures
      progress.secondsLeft = nil
    default: break
    }
  }
}
