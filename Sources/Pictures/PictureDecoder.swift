import Files
internal import CImageCodecs

/// Reads picture files that nobody vouches for, as upright 8-bit sRGB.
///
/// - **PNG**: gray, palette and RGB with 1 to 16 bits, with or without opacity, interlaced or not.
/// - **JPEG**: baseline and progressive; gray, YCbCr, RGB, CMYK and YCCK, the last two inverted as
///   Adobe does.
/// - **WebP**: lossy and lossless, with or without opacity; of an animation the first frame.
///
/// The EXIF orientation is applied. An ICC profile is applied by Little CMS with perceptual intent;
/// a profile that is broken or made for other samples is ignored, and so are PNG's gAMA and cHRM:
/// what has no profile is taken for sRGB (CMYK: each ink darkens by its share).
public enum PictureDecoder {
  /// The picture in a file.
  public static func decode(
    _ path: String, limit: PictureLimit = .standard
  ) throws(PictureError) -> Picture {
    try decode(bytes(of: path, limit: limit), named: path, limit: limit)
  }

  /// The picture in the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: a whole PNG, JPEG or WebP file.
  ///   - path: the name that errors bear.
  ///   - limit: how large the picture may be.
  public static func decode(
    _ bytes: [UInt8], named path: String, limit: PictureLimit = .standard
  ) throws(PictureError) -> Picture {
    let (header, code) = try inspect(bytes, named: path, limit: limit)
    let area = header.width * header.height
    var alpha: [UInt8]? = header.hasAlpha ? [] : nil
    var outcome = Outcome()
    let rgb = [UInt8](unsafeUninitializedCapacity: 3 * area) { rgb, rgbCount in
      if header.hasAlpha {
        alpha = [UInt8](unsafeUninitializedCapacity: area) { alpha, alphaCount in
          outcome = decode(bytes, code, into: rgb, alpha)
          alphaCount = outcome.isSuccess ? area : 0
        }
      } else {
        outcome = decode(bytes, code, into: rgb, nil)
      }
      rgbCount = outcome.isSuccess ? 3 * area : 0
    }
    if let error = outcome.error(reading: path, format: header.format) { throw error }
    return Picture(width: header.width, height: header.height, rgb: rgb, alpha: alpha)
  }

  /// What a file says of its picture; reads the file but decodes no pixel.
  public static func header(
    of path: String, limit: PictureLimit = .standard
  ) throws(PictureError) -> PictureHeader {
    try inspect(bytes(of: path, limit: limit), named: path, limit: limit).header
  }

  /// What the bytes of a file say of its picture; for a JPEG the first ones will often do.
  public static func header(
    _ bytes: [UInt8], named path: String, limit: PictureLimit = .standard
  ) throws(PictureError) -> PictureHeader {
    try inspect(bytes, named: path, limit: limit).header
  }

  private static func bytes(
    of path: String, limit: PictureLimit
  ) throws(PictureError) -> [UInt8] {
    do {
      return try FileBytes.read(path, limit: limit.fileBytes)
    } catch {
      throw .file(error)
    }
  }

  private static func inspect(
    _ bytes: [UInt8], named path: String, limit: PictureLimit
  ) throws(PictureError) -> (header: PictureHeader, code: codec_header) {
    if bytes.isEmpty { throw .empty(path: path) }
    var code = codec_header()
    let outcome = Outcome { message in
      codec_inspect(bytes, bytes.count, &code, message)
    }
    let format = PictureFormat(code.format)
    if let error = outcome.error(reading: path, format: format) { throw error }
    let width = Int(code.width)
    let height = Int(code.height)
    guard limit.allows(width: width, height: height) else {
      throw .tooLarge(path: path, width: width, height: height, limit: limit)
    }
    let header = PictureHeader(
      format: format, width: width, height: height, hasAlpha: code.has_alpha)
    return (header, code)
  }

  private static func decode(
    _ bytes: [UInt8], _ header: codec_header, into rgb: UnsafeMutableBufferPointer<UInt8>,
    _ alpha: UnsafeMutableBufferPointer<UInt8>?
  ) -> Outcome {
    Outcome { message in
      withUnsafePointer(to: header) { header in
        codec_decode(bytes, bytes.count, header, rgb.baseAddress, alpha?.baseAddress, message)
      }
    }
  }
}
