import Files
import Foundation

/// The file that a painted film becomes.
public struct FilmOutput: Sendable {
  /// Where it goes.
  public let path: String

  /// How such files' names end, after the dot.
  public static let extensions = ["mp4", "mkv", "mov", "m4v", "webm"]

  private let container: Container

  /// How film files hold pictures and sound.
  private struct Container {
    /// ffmpeg's name for it.
    let format: String
    /// How pictures are encoded.
    let video: [String]
    /// The sound codecs that can stay as they are; nil for all of them.
    let sounds: Set<String>?
    /// How other sound is encoded.
    let audio: [String]
  }

  private static func container(of path: String) -> Container? {
    let h264 = ["-c:v", "libx264", "-preset", "fast", "-crf", "16"]
    let aac = ["-c:a", "aac", "-b:a", "192k"]
    switch (path as NSString).pathExtension.lowercased() {
    case "mp4", "m4v":
      return Container(
        format: "mp4", video: h264 + ["-movflags", "+faststart"],
        sounds: ["aac", "mp3", "ac3", "eac3", "alac"], audio: aac)
    case "mov":
      return Container(
        format: "mov", video: h264 + ["-movflags", "+faststart"],
        sounds: ["aac", "mp3", "ac3", "eac3", "alac", "pcm_s16le", "pcm_s16be", "pcm_s24le"],
        audio: aac)
    case "mkv":
      return Container(format: "matroska", video: h264, sounds: nil, audio: aac)
    case "webm":
      return Container(
        format: "webm",
        video: [
          "-c:v", "libvpx-vp9", "-crf", "18", "-b:v", "0", "-row-mt", "1", "-cpu-used", "3",
        ], sounds: ["opus", "vorbis"], audio: ["-c:a", "libopus", "-b:a", "160k"])
    default: return nil
    }
  }

  /// A file that can be written.
  ///
  /// - Throws: `FilmError.unknownExtension` or `.file`, before any work is done.
  public init(path: String) throws(FilmError) {
    guard let container = Self.container(of: path) else { throw .unknownExtension(path: path) }
    do { try AtomicFile.requireWritable(path) } catch { throw .file(error) }
    self.path = path
    self.container = container
  }

  /// Puts painted frames and the film's sound together, and replaces the file by that.
  ///
  /// - Parameters:
  ///   - list: names the segments, for ffmpeg's concat demuxer.
  ///   - frames: the numbers of the frames in the film.
  ///   - isWhole: whether they are all of it; else sound is cut.
  ///   - film: the film.
  ///   - ffmpeg: the programs.
  func assemble(
    _ list: String, frames: Range<Int>, isWhole: Bool, of film: FilmFormat, with ffmpeg: FFmpeg
  ) throws {
    let rate = film.rate
    // Pictures that begin with a part of the film begin at 0, with the sound of that place.
    let delay = frames.lowerBound == 0 ? film.delay : 0
    let filters = [
      "settb=AVTB", "setpts=N/(\(rate.text))/TB+\(delay)/TB",
      "scale=flags=accurate_rnd+full_chroma_int:out_color_matrix=\(film.scalerMatrix)"
        + ":out_range=\(film.range)", "format=yuv420p",
    ]
    var sound = ["-i", FFmpeg.file(film.path)]
    if !isWhole {
      let start = Double(frames.lowerBound) / rate.perSecond
      sound =
        (frames.lowerBound > 0 ? ["-ss", "\(start + film.delay)"] : [])
        + ["-t", "\(Double(frames.count) / rate.perSecond + delay)"] + sound
    }
    var audio = ["-c:a", "copy"]
    // Copied sound can only be cut where pictures can, too.
    if !isWhole || container.sounds.map({ !film.sounds.allSatisfy($0.contains) }) == true {
      audio = container.audio
    }
    var colors = ["-colorspace", film.matrix, "-color_range", film.range]
    if let primaries = film.colors.primaries { colors += ["-color_primaries", primaries] }
    if let transfer = film.colors.transfer { colors += ["-color_trc", transfer] }
    let inputs = ["-f", "concat", "-safe", "0", "-i", FFmpeg.file(list)] + sound
    let maps =
      ["-map", "0:v:0", "-map", "1:a?", "-map_metadata", "1"]
      + (isWhole ? [] : ["-map_chapters", "-1"])
    let pictures =
      ["-vf", filters.joined(separator: ","), "-r", rate.text, "-fps_mode", "vfr"]
      + container.video + colors
    try AtomicFile.write(to: path) { file in
      try ffmpeg.run(
        inputs + maps + pictures + audio
          + ["-f", container.format, FFmpeg.file(file.temporaryPath)], writing: path)
    }
  }
}
