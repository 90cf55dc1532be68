import Files
import Films
import Foundation
import Studio
import Synchronization

/// Tells how a film goes: as JSON Lines on stdout, or as a line on stderr and a summary at the end.
final class FilmReporter: Sendable {
  private struct BeganEvent: Encodable {
    let event = "began"
    let first: Int
    let frames: Int
    let done: Int
    let width: Int
    let height: Int
    let rate: String
  }

  private struct ShotEvent: Encodable {
    let event = "shot"
    let frame: Int
  }

  private struct FrameEvent: Encodable {
    let event = "frame"
    let frame: Int
    let seconds: Double
  }

  private struct KeptEvent: Encodable {
    let event = "kept"
    let frame: Int
    let segment: String
  }

  private struct FinishedEvent: Encodable {
    let event = "finished"
    let output: String
    let frames: Int
    let shots: Int
    let width: Int
    let height: Int
    let seconds: Double
    let peakMemoryBytes: Int
  }

  private struct State {
    var frames = 0..<0
    var done = 0
    var painted = 0
  }

  private let film: FilmFormat
  private let json: Bool
  private let progress: ProgressLine
  private let onClosed: @Sendable () -> Void
  private let state = Mutex(State())

  /// - Parameter onClosed: called when nobody reads any more.
  init(
    film: FilmFormat, json: Bool, progress: ProgressLine, onClosed: @escaping @Sendable () -> Void
  ) {
    self.film = film
    self.json = json
    self.progress = progress
    self.onClosed = onClosed
  }

  /// How many frames are painted, those of earlier runs included.
  var painted: Int { state.withLock { $0.done + $0.painted } }

  /// Tells of an event.
  func report(_ event: FilmEvent) {
    switch event {
    case .began(let frames, let done, let width, let height):
      state.withLock { ($0.frames, $0.done) = (frames, done) }
      print(
        BeganEvent(
          first: frames.lowerBound, frames: frames.count, done: done, width: width,
          height: height, rate: "\(film.rate.numerator)/\(film.rate.denominator)"))
    case .shot(let frame): print(ShotEvent(frame: frame))
    case .frame(let number, _, let seconds):
      let state = state.withLock {
        $0.painted += 1
        return $0
      }
      print(FrameEvent(frame: number, seconds: seconds))
      if !json { progress.show(line(state, seconds)) }
    case .kept(let frame, let segment): print(KeptEvent(frame: frame, segment: segment))
    case .assembling:
      if !json { progress.show("putting pictures and sound together") }
    }
  }

  /// Tells of the result.
  func finish(_ outcome: FilmOutcome, output: String, quiet: Bool) throws {
    if json {
      try JSONLine.print(
        FinishedEvent(
          output: output, frames: outcome.frames, shots: outcome.shots, width: outcome.width,
          height: outcome.height, seconds: outcome.seconds, peakMemoryBytes: peakMemoryBytes()))
    } else if !quiet {
      Swift.print(
        "\(output.printable): \(outcome.width)×\(outcome.height), \(outcome.frames) frames in "
          + "\(outcome.shots) \(outcome.shots == 1 ? "shot" : "shots"), "
          + "\(Format.duration(outcome.seconds))")
    }
  }

  private func print(_ event: some Encodable) {
    if json, (try? JSONLine.print(event)) == nil { onClosed() }
  }

  private func line(_ state: State, _ seconds: Double) -> String {
    let (done, count) = (state.done + state.painted, state.frames.count)
    let rate = Double(state.painted) / max(seconds, 1e-3)
    var line = Format.bar(Double(done) / Double(max(count, 1)))
    line += "  frame \(done)/\(count)  \(Format.significant(rate, 3)) frames/s"
    line += "  \(Format.duration(Double(max(0, count - done)) / max(rate, 1e-6))) left"
    return line
  }
}
