import Files
import Foundation

extension FilmFormat {
  /// Looks at a film.
  public init(probing path: String, with ffmpeg: FFmpeg) throws(FilmError) {
    do { _ = try OpenFile(path: path) } catch { throw .file(error) }
    let data = try ffmpeg.probe(
      path,
      [
        "-count_packets", "-show_entries",
        "stream=codec_type,codec_name,width,height,r_frame_rate,avg_frame_rate,nb_read_packets,"
          + "duration,start_time,color_range,color_space,color_primaries,color_transfer,"
          + "sample_aspect_ratio:stream_side_data=rotation:stream_tags=rotate,DURATION"
          + ":stream_disposition=attached_pic:format=duration,start_time", "-of", "json",
      ])
    guard let report = try? JSONDecoder().decode(Report.self, from: data) else {
      throw .unreadable(path: path, reason: "ffprobe's report makes no sense")
    }
    let streams = report.streams ?? []
    guard
      let stream = streams.first(where: {
        $0.codec_type == "video" && $0.disposition?.attached_pic != 1
      }),
      var width = stream.width, var height = stream.height, width > 0, height > 0
    else { throw .noPictures(path: path) }
    guard max(width, height) <= Self.longestSide else {
      throw .tooLarge(path: path, width: width, height: height)
    }
    if let ratio = stream.sample_aspect_ratio.flatMap({
      Rate($0.replacing(":", with: "/"))
    }) {
      width = min(max(Int((Double(width) * ratio.perSecond).rounded()), 1), Self.longestSide)
    }
    if stream.isOnItsSide { swap(&width, &height) }
    guard let (rate, isIrregular) = stream.timing else { throw .noPictures(path: path) }
    let isSilent = !streams.contains { $0.codec_type == "audio" }
    let duration =
      stream.ownDuration ?? (isSilent ? report.format?.duration.flatMap(Double.init) : nil)
    let packets = stream.nb_read_packets.flatMap(Int.init) ?? 0
    let timed = duration.map { $0 > 0 ? Int(min(($0 * rate.perSecond).rounded(), 1e9)) : 0 } ?? 0
    // A file may claim a rate that its frames do not keep to.
    let isVariable = isIrregular || timed > packets + max(2, packets / 50)
    func time(_ text: String?) -> Double { text.flatMap(Double.init) ?? 0 }
    self.init(
      path: path, width: width, height: height, rate: rate, isVariable: isVariable,
      frameCount: isVariable ? max(timed, 1) : max(packets, 1),
      delay: max(0, time(stream.start_time) - time(report.format?.start_time)),
      colors: Colors(
        matrix: stream.color_space.known(Self.matrices),
        range: stream.color_range.known(["tv", "pc"]), primaries: stream.color_primaries.known(),
        transfer: stream.color_transfer.known()),
      sounds: streams.filter { $0.codec_type == "audio" }.map { $0.codec_name ?? "" })
  }

  /// Those that ffmpeg can turn into RGB and back.
  private static let matrices = [
    "bt709", "fcc", "bt470bg", "smpte170m", "smpte240m", "bt2020nc",
  ]

  /// What ffprobe says, under its names.
  private struct Report: Decodable {
    var streams: [Stream]?
    var format: Format?

    struct Format: Decodable {
      var duration: String?
      var start_time: String?
    }

    struct Stream: Decodable {
      var codec_type: String?
      var codec_name: String?
      var width: Int?
      var height: Int?
      var r_frame_rate: String?
      var avg_frame_rate: String?
      var nb_read_packets: String?
      var duration: String?
      var start_time: String?
      var color_range: String?
      var color_space: String?
      var color_primaries: String?
      var color_transfer: String?
      var sample_aspect_ratio: String?
      var disposition: Disposition?
      var tags: Tags?
      var side_data_list: [SideData]?

      struct Disposition: Decodable { var attached_pic: Int? }
      struct Tags: Decodable {
        var rotate: String?
        var DURATION: String?
      }
      struct SideData: Decodable { var rotation: Double? }

      /// Seconds; Matroska has them in a tag, as `00:00:01.5`.
      var ownDuration: Double? {
        if let duration { return Double(duration) }
        let parts = tags?.DURATION?.split(separator: ":").map { Double($0) } ?? []
        guard parts.count == 3, let hours = parts[0], let minutes = parts[1],
          let seconds = parts[2]
        else { return nil }
        return (hours * 60 + minutes) * 60 + seconds
      }

      /// Whether it is to be turned by a right angle.
      var isOnItsSide: Bool {
        let angle =
          side_data_list?.compactMap(\.rotation).first ?? tags?.rotate.flatMap(Double.init) ?? 0
        guard angle.isFinite else { return false }
        return abs(angle.truncatingRemainder(dividingBy: 180)) > 45
          && abs(angle.truncatingRemainder(dividingBy: 180)) < 135
      }

      /// The rate, and whether frames keep to it.
      ///
      /// ffprobe's `r_frame_rate` is the lowest that all times are multiples of; with interlaced pictures
      /// it is that of fields.
      var timing: (Rate, isVariable: Bool)? {
        let (base, mean) = (
          r_frame_rate.flatMap(Rate.init), avg_frame_rate.flatMap(Rate.init)
        )
        guard let base else { return mean.map { ($0, false) } }
        guard let mean else { return (base, false) }
        let ratio = base.perSecond / mean.perSecond
        if abs(ratio - 1) < 0.02 { return (base, false) }
        if abs(ratio - 2) < 0.001 { return (mean, false) }
        return (base.perSecond <= Self.highestRate && ratio > 1 ? base : mean, true)
      }

      private static let highestRate = 120.0
    }
  }
}

extension String? {
  /// This name, if it is one of those, or at least says something.
  fileprivate func known(_ names: [String]? = nil) -> String? {
    guard let self, self != "unknown", self != "reserved", names?.contains(self) != false,
      self.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    else { return nil }
    return self
  }
}

extension FilmFormat {
  /// How colors are read and written: where the file does not say, as players take them, by the height.
  var matrix: String { colors.matrix ?? (height >= 720 ? "bt709" : "smpte170m") }

  /// Whether black is 16 and white 235, `tv`, or they are 0 and 255, `pc`.
  var range: String { colors.range ?? "tv" }

  /// The matrix as ffmpeg's scaler calls it.
  var scalerMatrix: String { matrix == "bt2020nc" ? "bt2020" : matrix }
}
