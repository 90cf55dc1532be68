import Foundation
internal import CImageCodecs

/// The picture file formats that are read and written.
public enum PictureFormat: String, CaseIterable, Sendable {
  /// Portable Network Graphics: lossless, with opacity.
  case png
  /// JPEG: lossy, without opacity.
  case jpeg
  /// WebP: lossy or lossless, with opacity.
  case webp

  /// The format in which a file of this name is written, by its extension in any case: `png`,
  /// `jpg`, `jpeg` or `webp`; `nil` for any other.
  public init?(path: String) {
    switch (path as NSString).pathExtension.lowercased() {
    case "png": self = .png
    case "jpg", "jpeg": self = .jpeg
    case "webp": self = .webp
    default: return nil
    }
  }

  /// The name that people use.
  public var name: String {
    switch self {
    case .png: "PNG"
    case .jpeg: "JPEG"
    case .webp: "WebP"
    }
  }

  init(_ code: codec_format) {
    switch code {
    case CODEC_JPEG: self = .jpeg
    case CODEC_WEBP: self = .webp
    default: self = .png
    }
  }

  var code: codec_format {
    switch self {
    case .png: CODEC_PNG
    case .jpeg: CODEC_JPEG
    case .webp: CODEC_WEBP
    }
  }
}
