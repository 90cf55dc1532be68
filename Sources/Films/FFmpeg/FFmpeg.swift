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

  /// What ffprobe prints; at most so many bytes of it.
  func probe(_ path: String, _ arguments: [String], limit: Int = 1 << 22) throws(FilmError)
    -> Data
  {
    do {
      let errors = try ErrorLog()
      var pipe = try ProgramPipe()
      var program = try RunningProgram(
        ffprobe, ["-v", "error"] + arguments + [Self.file(path)], output: pipe.writingEnd,
        errors: errors.descriptor)
      pipe.closeWritingEnd()
      var data = Data()
      var part = [UInt8](repeating: 0, count: 1 << 16)
      while data.count < limit {
        let count = read(pipe.readingEnd, &part, part.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        data.append(contentsOf: part.prefix(count))
      }
      guard data.count < limit, program.succeeds() else {
        throw FilmError.unreadable(path: path, reason: Self.reason(errors.lastLines, path))
      }
      return data
    } catch let error as FilmError {
      throw error
    } catch let error as RunningProgram.StartFailure {
      throw .notStarted(program: ffprobe, errno: error.errno)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }

  /// Runs ffmpeg to its end.
  ///
  /// - Throws: `FilmError.notWritten` for `output` with ffmpeg's last word.
  func run(_ arguments: [String], writing output: String) throws(FilmError) {
    do {
      let errors = try ErrorLog()
      var program = try RunningProgram(
        ffmpeg, Self.quietly + arguments, output: errors.descriptor, errors: errors.descriptor)
      guard program.succeeds() else {
        throw FilmError.notWritten(path: output, reason: Self.reason(errors.lastLines, output))
      }
    } catch let error as FilmError {
      throw error
    } catch let error as RunningProgram.StartFailure {
      throw .notStarted(program: ffmpeg, errno: error.errno)
    } catch {
      throw .notWritten(path: output, reason: "\(error)")
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
