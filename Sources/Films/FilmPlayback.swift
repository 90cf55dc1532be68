import Pictures

/// The frames of a film one after the other, to be shown.
public struct FilmPlayback: ~Copyable {
  /// Frames a second.
  public let rate: Double

  /// How many frames there are, as far as can be told beforehand.
  public let frameCount: Int

  private var reader: FrameReader

  /// Opens a film.
  ///
  /// - Parameters:
  ///   - path: the film.
  ///   - longerSide: larger frames are made so large.
  ///   - ffmpeg: the programs.
  public init(_ path: String, longerSide: Int, with ffmpeg: FFmpeg) throws(FilmError) {
    let film = try FilmFormat(probing: path, with: ffmpeg)
    let size = film.size(longerSide: min(longerSide, max(film.width, film.height)))
    let reader = try FrameReader(
      of: film, frames: 0..<film.frameCount, width: size.width, height: size.height, with: ffmpeg)
    self.reader = reader
    rate = film.rate.perSecond
    frameCount = film.frameCount
  }

  /// The next frame; nil behind the last one.
  ///
  /// - Throws: `FilmError.unreadable` when ffmpeg gives up before the end.
  public mutating func next() throws(FilmError) -> Picture? { try reader.next() }
}
