import Checkpoints
import Files
import Foundation
import Networks
import Pictures
import Recipes
import Styling
import Synchronization
import TestSupport
import Tensors
import Testing

@testable import Films

/// Films painted by a network of random weights.
@Suite(.enabled(if: hasFFmpeg)) struct FilmRunTests {
  private let stylist: InstantStylist
  private let ffmpeg: FFmpeg

  init() throws {
    stylist = InstantStylist(try Stylizer(checkpoint: RandomStylizer(.multistyle26)))
    ffmpeg = try FFmpeg()
  }

  private func job(
    _ clip: String, frames: Range<Int>? = nil, steadiness: Double = 0.7
  ) throws -> FilmJob {
    var recipe = Recipe()
    recipe.method = .builtin([.init(number: 3)])
    recipe.size = 48
    return try FilmJob(
      film: FilmFormat(probing: clip, with: ffmpeg), frames: frames, recipe: recipe, styles: [],
      protection: nil, method: .instant(stylist, steadiness: steadiness), threads: 2)
  }

  /// What a run tells.
  private final class Story: Sendable {
    let shots = Mutex<[Int]>([])
    let frames = Mutex<[Picture]>([])
    let done = Mutex(0)
    /// The last frames of the parts that were complete, and whether these were there then.
    let kept = Mutex<[(frame: Int, isThere: Bool)]>([])

    func take(_ event: FilmEvent) {
      switch event {
      case .began(_, let done, _, _): self.done.withLock { $0 = done }
      case .shot(let frame): shots.withLock { $0.append(frame) }
      case .frame(_, let picture, _): frames.withLock { $0.append(picture) }
      case .kept(let frame, let segment):
        let isThere = FileManager.default.fileExists(atPath: segment)
        kept.withLock { $0.append((frame, isThere)) }
      case .assembling: break
      }
    }
  }

  @discardableResult
  private func paint(
    _ job: FilmJob, to path: String, in folder: String, stoppingAfter last: Int = .max
  ) throws -> (FilmOutcome?, Story) {
    let run = FilmRun(
      job, to: try FilmOutput(path: path), keepingFramesIn: "\(folder)/films", with: ffmpeg)
    let story = Story()
    do {
      let outcome = try run.run { event in
        story.take(event)
        if story.frames.withLock({ $0.count }) >= last { run.stop() }
      }
      return (outcome, story)
    } catch is FilmRun.Stopped {
      return (nil, story)
    }
  }

  /// The times at which a stream's packets begin and end, in seconds.
  private func times(_ stream: String, of path: String) throws -> [(start: Double, end: Double)] {
    let data = try ffmpeg.probe(
      path,
      [
        "-select_streams", stream, "-show_entries", "packet=pts_time,duration_time", "-of",
        "csv=p=0",
      ])
    return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { line in
      let numbers = line.split(separator: ",").compactMap { Double($0) }
      return numbers.count < 2 ? nil : (numbers[0], numbers[0] + numbers[1])
    }
  }

  /// The seconds from the first picture to a stream's end: a container without negative times moves all
  /// of them when sound begins a little earlier.
  private func seconds(_ stream: String, of path: String) throws -> Double {
    let first = try #require(try times("v:0", of: path).map(\.start).min())
    return try #require(try times(stream, of: path).map(\.end).max()) - first
  }

  @Test(arguments: ["mp4", "mkv", "mov"])
  func `rate, number of frames and sound are kept`(kind: String) throws {
    try withClip(frames: 17) { folder, clip in
      let path = "\(folder)/painted.\(kind)"
      let (outcome, story) = try paint(try job(clip), to: path, in: folder)
      #expect(outcome?.frames == 17 && outcome?.shots == 1)
      #expect(story.frames.withLock { $0.count } == 17)
      let kept = story.kept.withLock { $0 }
      #expect(kept.last?.frame == 16 && kept.allSatisfy(\.isThere))
      let film = try FilmFormat(probing: path, with: ffmpeg)
      #expect((film.width, film.height, film.frameCount) == (48, 36, 17))
      #expect(film.rate.text == "30000/1001" && film.sounds == ["aac"])
      for stream in ["v:0", "a:0"] {
        let gap = try seconds(stream, of: path) - seconds(stream, of: clip)
        #expect(abs(gap) < 1001.0 / 30000, "\(stream): \(gap)")
      }
    }
  }

  @Test func `sound that a container cannot hold is encoded anew`() throws {
    try withClip(frames: 6) { folder, clip in
      let path = "\(folder)/painted.webm"
      try paint(try job(clip), to: path, in: folder)
      let film = try FilmFormat(probing: path, with: ffmpeg)
      #expect(film.frameCount == 6 && film.sounds == ["opus"])
    }
  }

  @Test func `colors stay what they were`() throws {
    try withClip(frames: 2) { folder, clip in
      let full = try makeClip(
        "\(folder)/full.mp4", "-i", clip, "-an", "-vf",
        "scale=out_range=pc:out_color_matrix=bt709,format=yuv420p", "-color_range", "pc",
        "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")
      let path = "\(folder)/painted.mp4"
      try paint(try job(full), to: path, in: folder)
      let (before, after) = (
        try FilmFormat(probing: full, with: ffmpeg), try FilmFormat(probing: path, with: ffmpeg)
      )
      #expect(after.colors == before.colors && before.colors.matrix == "bt709")
      #expect(before.colors.range == "pc")
      // The same picture, by another way, is read the same.
      func first(_ path: String) throws -> Tensor {
        var reader = try FrameReader(
          of: FilmFormat(probing: path, with: ffmpeg), frames: 0..<1, width: 64, height: 48,
          with: ffmpeg)
        return Tensor(try #require(try reader.next()))
      }
      #expect(peakSignalToNoise(try first(full), try first(clip)) > 25)
    }
  }

  @Test func `a cut begins anew and does not bleed`() throws {
    try withTemporaryFolder { folder in
      let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
      func shot(_ sample: String) throws -> String {
        try makeClip(
          "\(folder)/\(sample).mkv", "-loop", "1", "-framerate", "25", "-i",
          "\(root)/samples/content/\(sample).jpg", "-frames:v", "5", "-vf",
          "scale=320:-2,crop=256:144:n*3:10,scale=96:54", "-c:v", "ffv1")
      }
      let (a, b) = (try shot("harbor"), try shot("street"))
      let clip = try makeClip(
        "\(folder)/both.mkv", "-i", a, "-i", b, "-filter_complex", "concat=n=2:v=1", "-c:v", "ffv1")
      let (outcome, both) = try paint(try job(clip), to: "\(folder)/both-painted.mkv", in: folder)
      let (_, alone) = try paint(try job(b), to: "\(folder)/b-painted.mkv", in: folder)
      #expect(outcome?.shots == 2 && both.shots.withLock { $0 } == [0, 5])
      // The second shot is what it is without the first.
      #expect(both.frames.withLock { Array($0[5...]) } == alone.frames.withLock { $0 })
      // Within a shot the frame before does count.
      let (_, plain) = try paint(
        try job(b, steadiness: 0), to: "\(folder)/plain.mkv", in: folder)
      #expect(plain.frames.withLock { $0[0] } == alone.frames.withLock { $0[0] })
      #expect(plain.frames.withLock { $0[3] } != alone.frames.withLock { $0[3] })
    }
  }

  @Test func `a run that was stopped goes on, and ends as one without a break`() throws {
    try withClip(frames: 14) { folder, clip in
      let job = try job(clip)
      let (_, whole) = try paint(job, to: "\(folder)/whole.mp4", in: folder)
      var frames: [Picture] = []
      for (number, last) in [4, 5, .max].enumerated() {
        let (outcome, part) = try paint(
          job, to: "\(folder)/parts.mp4", in: folder, stoppingAfter: last)
        #expect((outcome != nil) == (number == 2))
        #expect(part.done.withLock { $0 } == frames.count)
        frames += part.frames.withLock { $0 }
        #expect(FileManager.default.fileExists(atPath: "\(folder)/parts.mp4") == (number == 2))
      }
      #expect(frames == whole.frames.withLock { $0 })
      let (a, b) = (
        try FileBytes.read("\(folder)/whole.mp4"), try FileBytes.read("\(folder)/parts.mp4")
      )
      #expect(a == b)
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/films") == [])
    }
  }

  @Test func `an optimization holds a frame by the one before, and goes on after a stop`() throws {
    try withClip(frames: 4, rate: "10/1") { folder, clip in
      let thin = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
      let network = try VGG(
        checkpoint: try SafetensorsFile(
          path: "\(thin)/StylingTests/Fixtures/thin_golden.safetensors", mapped: false))
      var random = SeededRandom(seed: 5)
      let painting = Picture(random.uniform([40, 48, 3], in: 0...1))
      func job(_ weight: Double) throws -> FilmJob {
        var recipe = Recipe()
        recipe.size = 48
        recipe.iterations = 12
        recipe.styleLayers = ["conv1_1", "conv2_1"]
        recipe.contentLayers = ["conv2_2"]
        return try FilmJob(
          film: FilmFormat(probing: clip, with: ffmpeg), recipe: recipe,
          styles: [.init(picture: painting, weight: 1)], protection: nil,
          method: .optimize(network, stylist: nil, temporalWeight: weight, laterIterations: 8),
          threads: 2)
      }
      /// The mean difference of neighbors, in levels.
      func change(_ frames: [Picture]) -> Double {
        zip(frames, frames.dropFirst()).reduce(0) { sum, pair in
          sum + zip(pair.0.rgb, pair.1.rgb).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) }
        } / Double((frames.count - 1) * 48 * 36 * 3)
      }
      let (_, held) = try paint(try job(1e4), to: "\(folder)/held.mkv", in: folder)
      let (_, free) = try paint(try job(0), to: "\(folder)/free.mkv", in: folder)
      let frames = held.frames.withLock { $0 }
      #expect(change(frames) < change(free.frames.withLock { $0 }))
      let (none, first) = try paint(
        try job(1e4), to: "\(folder)/parts.mkv", in: folder, stoppingAfter: 2)
      let (_, second) = try paint(try job(1e4), to: "\(folder)/parts.mkv", in: folder)
      #expect(none?.frames == nil)
      #expect(first.frames.withLock { $0 } + second.frames.withLock { $0 } == frames)
    }
  }

  @Test func `some of the frames are painted with their sound`() throws {
    try withClip(frames: 30, rate: "25/1") { folder, clip in
      let path = "\(folder)/part.mp4"
      let (outcome, _) = try paint(try job(clip, frames: 10..<20), to: path, in: folder)
      #expect(outcome?.frames == 10)
      #expect(abs(try seconds("v:0", of: path) - 0.4) < 0.001)
      #expect(abs(try seconds("a:0", of: path) - 0.4) < 0.06)
      #expect(throws: FilmError.noFrames(path: clip, first: 30, count: 30)) {
        try job(clip, frames: 30..<40)
      }
    }
  }

  @Test func `nobody paints a film that somebody paints`() throws {
    try withClip(frames: 2) { folder, clip in
      let job = try job(clip)
      let work = try FilmFolder(of: job, in: "\(folder)/films")
      #expect(throws: FilmError.running(folder: clip)) {
        try FilmFolder(of: job, in: "\(folder)/films")
      }
      withExtendedLifetime(work) {}
    }
  }

  @Test func `a film that cannot be written leaves the old one and the frames`() throws {
    try withClip(frames: 3) { folder, clip in
      let path = "\(folder)/painted.mp4"
      try AtomicFile.write([1, 2, 3], to: path)
      let broken = FilmRun(
        try job(clip), to: try FilmOutput(path: path), keepingFramesIn: "\(folder)/films",
        with: ffmpeg)
      #expect(throws: FilmRun.Stopped.self) {
        try broken.run { if case .frame(2, _, _) = $0 { broken.stop() } }
      }
      #expect(try FileBytes.read(path) == [1, 2, 3])
      let (outcome, story) = try paint(try job(clip), to: path, in: folder)
      #expect(outcome?.frames == 3 && story.frames.withLock { $0.isEmpty })
      #expect(throws: FilmError.unknownExtension(path: "a.png")) { try FilmOutput(path: "a.png") }
      for name in FilmOutput.extensions {
        #expect(throws: Never.self) { try FilmOutput(path: "\(folder)/a.\(name)") }
      }
    }
  }
}
