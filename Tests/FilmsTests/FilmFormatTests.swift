import Files
import Foundation
import TestSupport
import Testing

@testable import Films

@Suite(.enabled(if: hasFFmpeg)) struct FilmFormatTests {
  @Test(arguments: ["25/1", "30000/1001", "24000/1001", "12/1"])
  func `size, rate, frames and sound of a film are found`(rate: String) throws {
    try withClip(frames: 13, rate: rate) { _, clip in
      let film = try FilmFormat(probing: clip, with: FFmpeg())
      #expect((film.width, film.height, film.frameCount) == (64, 48, 13))
      #expect(film.rate.text == rate && !film.isVariable)
      #expect(film.sounds == ["aac"])
    }
  }

  @Test func `a film that lies on its side is upright, with square pixels`() throws {
    try withClip(frames: 3) { folder, clip in
      let turned = try makeClip(
        "\(folder)/turned.mp4", "-i", clip, "-c", "copy", "-metadata:s:v", "rotate=90")
      let film = try FilmFormat(probing: turned, with: FFmpeg())
      #expect((film.width, film.height) == (48, 64))
      let wide = try makeClip(
        "\(folder)/wide.mkv", "-i", clip, "-vf", "setsar=4/3", "-c:a", "copy")
      let square = try FilmFormat(probing: wide, with: FFmpeg())
      #expect((square.width, square.height) == (85, 48))
      var reader = try FrameReader(
        of: film, frames: 0..<3, width: 48, height: 64, with: FFmpeg())
      var count = 0
      while try reader.next() != nil { count += 1 }
      #expect(count == 3)
    }
  }

  @Test func `frames at irregular times are put on a grid`() throws {
    try withClip(frames: 24, rate: "24/1") { folder, clip in
      let irregular = try makeClip(
        "\(folder)/irregular.mkv", "-i", clip, "-vf", "select='not(mod(n,5))+not(mod(n,3))'",
        "-fps_mode", "vfr", "-an")
      let film = try FilmFormat(probing: irregular, with: FFmpeg())
      #expect(film.isVariable)
      let seconds = Double(film.frameCount) / film.rate.perSecond
      #expect(abs(seconds - 1) < 0.1, "\(seconds)")
    }
  }

  @Test func `what is no film is told in a line`() throws {
    try withTemporaryFolder { folder in
      let ffmpeg = try FFmpeg()
      #expect(throws: FilmError.file(.missing(path: "\(folder)/none.mp4"))) {
        try FilmFormat(probing: "\(folder)/none.mp4", with: ffmpeg)
      }
      let text = "\(folder)/text.mp4"
      try AtomicFile.write(Array("not a film".utf8), to: text)
      #expect {
        try FilmFormat(probing: text, with: ffmpeg)
      } throws: { error in
        guard case .unreadable(text, let reason) = error as? FilmError else { return false }
        return !reason.isEmpty && !reason.contains("\n")
      }
      let sound = try makeClip("\(folder)/sound.m4a", "-f", "lavfi", "-i", "sine", "-t", "0.2")
      #expect(throws: FilmError.noPictures(path: sound)) {
        try FilmFormat(probing: sound, with: ffmpeg)
      }
    }
  }

  @Test func `a film that is damaged or cut short never crashes`() throws {
    try withClip(frames: 8, name: "clip.mkv") { folder, clip in
      let bytes = try FileBytes.read(clip)
      let ffmpeg = try FFmpeg()
      for (number, length) in [bytes.count / 7, bytes.count / 2, bytes.count - 40].enumerated() {
        var damaged = Array(bytes.prefix(length))
        for place in stride(from: 300 + number, to: damaged.count, by: 211) {
          damaged[place] ^= 0x5A
        }
        let path = "\(folder)/damaged.mkv"
        try AtomicFile.write(damaged, to: path)
        do {
          let film = try FilmFormat(probing: path, with: ffmpeg)
          var reader = try FrameReader(
            of: film, frames: 0..<film.frameCount, width: 32, height: 24, with: ffmpeg)
          var count = 0
          while try reader.next() != nil { count += 1 }
          #expect(count <= film.frameCount)
        } catch let error as FilmError {
          #expect(!error.description.contains("\n"))
        }
      }
    }
  }

  @Test func `sizes are even and keep their shape`() throws {
    try withClip(frames: 1, size: "64x36") { _, clip in
      let film = try FilmFormat(probing: clip, with: FFmpeg())
      #expect(film.size(longerSide: 256) == (256, 144))
      #expect(film.size(longerSide: 101) == (102, 58))
      #expect(film.size(longerSide: 16) == (16, 10))
    }
  }
}
