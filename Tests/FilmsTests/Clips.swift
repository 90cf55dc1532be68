import Files
import Foundation
import Programs
import TestSupport
import Testing

@testable import Films

/// Whether there is an ffmpeg to make films with.
let hasFFmpeg =
  RunningProgram.lookUp("ffmpeg") != nil && RunningProgram.lookUp("ffprobe") != nil

/// Makes a film from ffmpeg's arguments.
@discardableResult
func makeClip(_ path: String, _ arguments: String...) throws -> String {
  try FFmpeg().run(arguments + [path], writing: path)
  return path
}

/// Calls `body` with a folder that is gone afterwards and a film in it: so many frames of a test picture that
/// moves, with a tone.
func withClip(
  frames: Int, rate: String = "30000/1001", size: String = "64x48", name: String = "clip.mp4",
  _ body: (_ folder: String, _ clip: String) throws -> Void
) throws {
  try withTemporaryFolder { folder in
    // Up to within the last frame: a limit on frames would end the sound at once.
    let seconds = (Double(frames) - 0.25) / (try #require(FilmFormat.Rate(rate))).perSecond
    let clip = try makeClip(
      "\(folder)/\(name)", "-f", "lavfi", "-i", "testsrc=size=\(size):rate=\(rate)", "-f", "lavfi",
      "-i", "sine=frequency=440", "-t", "\(seconds)", "-pix_fmt", "yuv420p")
    try body(folder, clip)
  }
}
