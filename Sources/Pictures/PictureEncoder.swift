import Files
import Foundation
internal import CImageCodecs

/// Writes pictures as sRGB.
///
/// - **PNG**: 8-bit RGB or RGBA, marked as sRGB.
/// - **JPEG**: quality 95 unless told otherwise, with colors at full resolution (4:4:4); what is
///   transparent shows white.
/// - **WebP**: lossy with quality 95; opacity is exact, and what it hides is kept.
///
/// JPEG and WebP files without a profile are sRGB by convention.
public enum PictureEncoder {
  /// Writes a file, whole or not at all, in the format of its extension.
  ///
  /// - Parameters:
  ///   - picture: what to write.
  ///   - path: where.
  ///   - metadata: what the file says of how the picture was made.
  ///   - jpegQuality: 1...100, for JPEG alone.
  public static func write(
    _ picture: Picture, to path: String, metadata: PictureMetadata = PictureMetadata(),
    jpegQuality: Int = 95
  ) throws(PictureError) {
    guard let format = PictureFormat(path: path) else { throw .unknownExtension(path: path) }
    var bytes = try encode(picture, as: format, named: path, jpegQuality: jpegQuality)
    if !metadata.isEmpty { bytes = try metadata.embedded(in: bytes, named: path) }
    do {
      try AtomicFile.write(bytes, to: path)
    } catch {
      throw .file(error)
    }
  }

  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - picture: what to encode.
  ///   - format: how.
  ///   - path: the name that errors bear.
  ///   - jpegQuality: 1...100, for JPEG alone.
  public static func encode(
    _ picture: Picture, as format: PictureFormat, named path: String = "picture",
    jpegQuality: Int = 95
  ) throws(PictureError) -> [UInt8] {
    let picture = format == .jpeg ? picture.onWhite : picture
    var encoded: UnsafeMutablePointer<UInt8>?
    var count = 0
    defer { free(encoded) }
    let outcome = Outcome { message in
      withOptionalPointer(to: picture.alpha) { alpha in
        codec_encode(
          format.code, picture.rgb, alpha, UInt32(picture.width), UInt32(picture.height),
          Int32(jpegQuality), &encoded, &count, message)
      }
    }
    if let error = outcome.error(writing: path, format: format) { throw error }
    return Array(UnsafeBufferPointer(start: encoded, count: count))
  }

  private static func withOptionalPointer<R>(
    to bytes: [UInt8]?, _ body: (UnsafePointer<UInt8>?) -> R
  ) -> R {
    guard let bytes else { return body(nil) }
    return bytes.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
