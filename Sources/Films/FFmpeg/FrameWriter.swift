import Foundation
import Pictures
import Programs

/// Frames on their way into a file, without loss: FFV1.
struct FrameWriter: ~Copyable {
  private let path: String
  private let errors: ErrorLog
  private var pipe: ProgramPipe
  private var program: RunningProgram

  /// How many frames were written.
  private(set) var count = 0

  /// Begins a Matroska file.
  init(
    to path: String, width: Int, height: Int, rate: FilmFormat.Rate, with ffmpeg: FFmpeg
  ) throws(FilmError) {
    do {
      let errors = try ErrorLog()
      var pipe = try ProgramPipe(capacity: 1 << 20)
      let program = try RunningProgram(
        ffmpeg.ffmpeg,
        FFmpeg.quietly + [
          "-f", "rawvideo", "-pix_fmt", "rgb24", "-video_size", "\(width)x\(height)",
          "-framerate", rate.text, "-i", "pipe:0", "-pix_fmt", "bgr0", "-c:v", "ffv1",
          "-level", "3", "-g", "1", "-f", "matroska", FFmpeg.file(path),
        ], input: pipe.readingEnd, output: errors.descriptor, errors: errors.descriptor)
      pipe.closeReadingEnd()
      self.path = path
      self.errors = errors
      self.pipe = pipe
      self.program = program
    } catch {
      throw .notStarted(program: ffmpeg.ffmpeg, errno: error.errno)
    }
  }

  /// Adds a frame.
  mutating func append(_ frame: Picture) throws(FilmError) {
    var written = 0
    frame.rgb.withUnsafeBytes { bytes in
      while written < bytes.count {
        let got = write(
          pipe.writingEnd, bytes.baseAddress.map { $0 + written }, bytes.count - written)
        if got > 0 {
          written += got
        } else if got == 0 || errno != EINTR {
          break
        }
      }
    }
    guard written == frame.rgb.count else { throw failure }
    count += 1
  }

  /// Ends the file and waits until it is on the disk.
  mutating func finish() throws(FilmError) {
    pipe.closeWritingEnd()
    guard program.succeeds() else { throw failure }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw .notWritten(path: path, reason: String(cString: strerror(errno)).lowercased())
    }
  }

  private var failure: FilmError {
    .notWritten(path: path, reason: FFmpeg.reason(errors.lastLines, path))
  }
}
