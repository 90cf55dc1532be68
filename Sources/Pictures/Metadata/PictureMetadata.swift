import Files

/// What a picture file says of itself beside its pixels: how it was made.
///
/// PNG holds each text in an iTXt chunk of its own (PNG 1.2, 4.2.3.3), JPEG and WebP hold an XMP packet
/// (ISO 16684-1) in an APP1 segment or an `XMP ` chunk. Nothing here decodes a pixel.
public struct PictureMetadata: Equatable, Sendable {
  /// The recipe, in YAML.
  public var recipe: String?

  /// What is known of the result besides, in JSON.
  public var record: String?

  /// Texts to carry along.
  public init(recipe: String? = nil, record: String? = nil) {
    self.recipe = recipe
    self.record = record
  }

  /// Whether there is nothing to say.
  public var isEmpty: Bool { recipe == nil && record == nil }

  /// The longest text that is read or written, in bytes of UTF-8; a JPEG segment holds less.
  static let longestText = 1 << 20

  /// The bytes of a picture file with this metadata in the place of what was there, pixels untouched.
  ///
  /// An XMP packet of other programs is replaced.
  ///
  /// - Parameters:
  ///   - bytes: a whole PNG, JPEG or WebP file.
  ///   - path: the name that errors bear.
  public func embedded(
    in bytes: [UInt8], named path: String = "picture"
  ) throws(PictureError) -> [UInt8] {
    let header = try PictureDecoder.header(bytes, named: path)
    for text in [recipe, record].compactMap(\.self) where text.utf8.count > Self.longestText {
      throw .unencodable(path: path, format: header.format, reason: "its recipe is too long")
    }
    let result =
      switch header.format {
      case .png: PNGChunks.replace(in: bytes, with: self)
      case .jpeg: JPEGSegments.replace(in: bytes, with: self)
      case .webp: WebPChunks.replace(in: bytes, with: self, header: header)
      }
    guard let result else {
      throw .unencodable(path: path, format: header.format, reason: "its recipe does not fit in")
    }
    return result
  }

  /// Throws when a file of this format could not hold the texts.
  public func requireRoom(in format: PictureFormat, named path: String) throws(PictureError) {
    let pixel = Picture(width: 1, height: 1, rgb: [0, 0, 0])
    _ = try embedded(in: PictureEncoder.encode(pixel, as: format, named: path), named: path)
  }
}

extension PictureDecoder {
  /// What a picture file says of how it was made; empty when it says nothing that is understood.
  public static func metadata(
    of path: String, limit: PictureLimit = .standard
  ) throws(PictureError) -> PictureMetadata {
    do {
      return metadata(try FileBytes.read(path, limit: limit.fileBytes))
    } catch {
      throw .file(error)
    }
  }

  /// What the bytes of a picture file say of how it was made; empty for anything else.
  public static func metadata(_ bytes: [UInt8]) -> PictureMetadata {
    PNGChunks.metadata(of: bytes) ?? JPEGSegments.metadata(of: bytes)
      ?? WebPChunks.metadata(of: bytes) ?? PictureMetadata()
  }
}
