import Foundation
import Programs

/// The programs that take films apart and put them together.
///
/// Programs, not libraries: what they read comes from anywhere, and a crash there is none here.
public struct FFmpeg: Sendable {
  let ffmpeg: String
  let ffprobe: String

  /// The programs in `PATH`.
  public init() throws(FilmError) {
    func find(_ name: String) throws(FilmError) -> String {
      guard let path = RunningProgram.lookUp(name) else { throw .noProgram(name) }
      return path
    }
    ffmpeg = try find("ffmpeg")
    ffprobe = try find("ffprobe")
  }

  /// What every run of ffmpeg begins with.
  static let quietly = ["-v", "error", "-nostdin", "-y"]

  /// A path as ffmpeg takes it for a file, whatever it begins with.
  static func file(_ path: String) -> String { "file:\(path)" }

  /// What ffprobe prints.
  func probe(_ path: String, _ arguments: [String]) throws(FilmError) -> Data {
    let report: ProgramReport
    do {
      report = try ProgramReport(
        running: ffprobe, ["-v", "error"] + arguments + [Self.file(path)])
    } catch {
      throw .notStarted(program: ffprobe, errno: error.errno)
    }
    guard report.hasSucceeded, let output = report.output else {
      throw .unreadable(path: path, reason: Self.reason(report.complaints, path))
    }
    return output
  }

  /// Runs ffmpeg to its end.
  ///
  /// - Throws: `FilmError.notWritten` for `output` with ffmpeg's last word.
  func run(_ arguments: [String], writing output: String) throws(FilmError) {
    let report: ProgramReport
    do { report = try ProgramReport(running: ffmpeg, Self.quietly + arguments) } catch {
      throw .notStarted(program: ffmpeg, errno: error.errno)
    }
    guard report.hasSucceeded else {
      throw .notWritten(path: output, reason: Self.reason(report.complaints, output))
    }
  }

  /// The line that says most, without the path that stands before it and codes in brackets.
  static func reason(_ lines: [String], _ path: String) -> String {
    guard var line = lines.last(where: { !$0.hasPrefix("Conversion failed") }) else {
      return "no reason given"
    }
    line.replace(/^\[[^\]]*\] */, with: "")
    for prefix in ["\(file(path)): ", "\(path): "] where line.hasPrefix(prefix) {
      line.removeFirst(prefix.count)
    }
    return line.isEmpty ? "no reason given" : line.prefix(1).lowercased() + line.dropFirst()
  }
}
