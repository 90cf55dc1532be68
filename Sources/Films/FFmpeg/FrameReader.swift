import Foundation
import Pictures
import Programs

/// The frames of a film, one after the other, as ffmpeg decodes them.
struct FrameReader: ~Copyable {
  private let width: Int
  private let height: Int
  private let path: String
  private let errors: ErrorLog
  private let pipe: ProgramPipe
  private var program: RunningProgram

  /// Frames of a film, upright, at its rate.
  ///
  /// - Parameters:
  ///   - film: the film.
  ///   - frames: which, by their numbers from 0.
  ///   - width: of the frames.
  ///   - height: of the frames.
  ///   - ffmpeg: the programs.
  init(
    of film: FilmFormat, frames: Range<Int>, width: Int, height: Int, with ffmpeg: FFmpeg
  ) throws(FilmError) {
    let filters = [
      "fps=\(film.rate.text)",
      "select=between(n\\,\(frames.lowerBound)\\,\(frames.upperBound - 1))",
      "scale=\(width):\(height):flags=lanczos+accurate_rnd+full_chroma_int"
        + ":in_color_matrix=\(film.scalerMatrix):in_range=\(film.range)",
      "format=rgb24",
    ]
    try self.init(
      ["-i", FFmpeg.file(film.path), "-map", "0:V:0", "-vf", filters.joined(separator: ",")]
        + ["-frames:v", "\(frames.count)"],
      of: film.path, width: width, height: height, with: ffmpeg)
  }

  /// All frames of a file as it was written by `FrameWriter`.
  init(
    ofSegment path: String, width: Int, height: Int, with ffmpeg: FFmpeg
  ) throws(FilmError) {
    try self.init(
      ["-i", FFmpeg.file(path), "-vf", "format=rgb24"], of: path, width: width, height: height,
      with: ffmpeg)
  }

  private init(
    _ arguments: [String], of path: String, width: Int, height: Int, with ffmpeg: FFmpeg
  ) throws(FilmError) {
    do {
      let errors = try ErrorLog()
      // Room for frames to come, as far as the system grants it: decoding goes on meanwhile.
      var pipe = try ProgramPipe(capacity: 1 << 20)
      let program = try RunningProgram(
        ffmpeg.ffmpeg,
        FFmpeg.quietly + arguments
          + ["-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"],
        output: pipe.writingEnd, errors: errors.descriptor)
      pipe.closeWritingEnd()
      (self.width, self.height, self.path) = (width, height, path)
      self.errors = errors
      self.pipe = pipe
      self.program = program
    } catch {
      throw .notStarted(program: ffmpeg.ffmpeg, errno: error.errno)
    }
  }

  /// The next frame; nil behind the last one.
  ///
  /// - Throws: `FilmError.unreadable` when ffmpeg gives up before the end.
  mutating func next() throws(FilmError) -> Picture? {
    let count = width * height * 3
    var filled = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while filled < count {
        let got = read(
          pipe.readingEnd, buffer.baseAddress.map { $0 + filled }, count - filled)
        if got > 0 {
          filled += got
        } else if got == 0 || errno != EINTR {
          break
        }
      }
      initialized = filled
    }
    if filled == count { return Picture(width: width, height: height, rgb: bytes) }
    guard program.succeeds(), filled == 0 else {
      throw .unreadable(path: path, reason: FFmpeg.reason(errors.lastLines, path))
    }
    return nil
  }
}
