import Foundation
import Pictures

/// What a film is like: what has to be kept while its frames are painted.
public struct FilmFormat: Sendable, Equatable {
  /// Frames a second, as a fraction: 30000/1001 is NTSC's.
  public struct Rate: Sendable, Equatable {
    /// Frames.
    public let numerator: Int
    /// Seconds.
    public let denominator: Int

    /// Frames a second.
    public var perSecond: Double { Double(numerator) / Double(denominator) }

    /// A fraction such as `30000/1001`; nil of what is none, or of no sensible one.
    init?(_ text: String) {
      let parts = text.split(separator: "/").map { Int($0) }
      guard parts.count == 2, let numerator = parts[0], let denominator = parts[1],
        numerator > 0, denominator > 0, numerator < 1 << 31, denominator < 1 << 31
      else { return nil }
      self.numerator = numerator
      self.denominator = denominator
    }

    /// As ffmpeg reads it.
    var text: String { "\(numerator)/\(denominator)" }
  }

  /// How YCbCr stands for colors; nil where the file does not say.
  struct Colors: Sendable, Equatable {
    var matrix: String?
    var range: String?
    var primaries: String?
    var transfer: String?
  }

  /// The file.
  public let path: String

  /// Upright and with square pixels.
  public let width: Int
  /// Upright and with square pixels.
  public let height: Int

  /// Frames a second.
  public let rate: Rate

  /// Whether frames come at irregular times; they are then shown at the nearest multiple of the rate, and
  /// repeated where they last longer.
  public let isVariable: Bool

  /// How many frames there are, as far as can be told beforehand.
  public let frameCount: Int

  /// Seconds from the beginning of the film to that of its pictures.
  let delay: Double

  let colors: Colors

  /// The codecs of the sound tracks.
  let sounds: [String]

  /// The longest side that a frame may have, as pictures.
  static let longestSide = 16_384

  /// The size of frames whose longer side is `longerSide`: both even, since colors are stored for 2×2
  /// pixels.
  public func size(longerSide: Int) -> (width: Int, height: Int) {
    let size = Picture.size(width: width, height: height, longerSide: longerSide)
    func even(_ side: Int) -> Int { max(2, (side + 1) / 2 * 2) }
    return (even(size.width), even(size.height))
  }
}
