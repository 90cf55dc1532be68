/// What a picture file says of itself before a pixel is decoded.
public struct PictureHeader: Sendable, Equatable {
  /// The format, by the first bytes, whatever the file is called.
  public let format: PictureFormat
  /// Columns of the upright picture.
  public let width: Int
  /// Rows of the upright picture.
  public let height: Int
  /// Whether the picture comes with opacity.
  public let hasAlpha: Bool
}

/// How large a picture file may be; checked before memory is set aside for its pixels.
public struct PictureLimit: Sendable, Equatable {
  /// The most pixels.
  public let pixels: Int
  /// The most rows or columns.
  public let side: Int
  /// The most bytes of a file.
  public let fileBytes: Int

  /// A limit; by default 100 megapixels, 65,535 pixels a side, 1 GiB.
  public init(pixels: Int = 100_000_000, side: Int = 65_535, fileBytes: Int = 1 << 30) {
    self.pixels = pixels
    self.side = side
    self.fileBytes = fileBytes
  }

  /// 100 megapixels, 65,535 pixels a side, 1 GiB.
  public static let standard = PictureLimit()

  func allows(width: Int, height: Int) -> Bool {
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    return !overflow && area <= pixels && width <= side && height <= side
  }
}
