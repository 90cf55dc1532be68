/// The chunks of a WebP file (RFC 9649, 2.3): `RIFF`, a little-endian size, `WEBP`, then chunks of four
/// letters, a size and a body, padded to an even length.
enum WebPChunks {
  private struct Chunk {
    let kind: ArraySlice<UInt8>
    let body: Range<Int>

    func isNamed(_ name: String) -> Bool { kind.elementsEqual(name.utf8) }
  }

  private static let packetName = "XMP "
  private static let packetFlag: UInt8 = 0x04
  private static let opacityFlag: UInt8 = 0x10

  /// What the XMP packet says; nil when this is no WebP file.
  static func metadata(of bytes: [UInt8]) -> PictureMetadata? {
    guard isWebP(bytes) else { return nil }
    let packet = chunks(of: bytes).first { $0.isNamed(packetName) }
    return packet.map { XMPPacket.metadata(of: bytes[$0.body]) } ?? PictureMetadata()
  }

  /// The file with another XMP packet at its end; nil when it is no WebP file or becomes too large.
  ///
  /// Only the extended format holds metadata, so a simple file gets the header of that one.
  static func replace(
    in bytes: [UInt8], with metadata: PictureMetadata, header: PictureHeader
  ) -> [UInt8]? {
    guard isWebP(bytes) else { return nil }
    let chunks = chunks(of: bytes)
    var result = Array(bytes[..<12])
    if chunks.first?.isNamed("VP8X") != true {
      if metadata.isEmpty { return bytes }
      append("VP8X", extendedHeader(header), to: &result)
    }
    for (index, chunk) in chunks.enumerated() where !chunk.isNamed(packetName) {
      var body = Array(bytes[chunk.body])
      if index == 0, chunk.isNamed("VP8X"), !body.isEmpty {
        body[0] = metadata.isEmpty ? body[0] & ~packetFlag : body[0] | packetFlag
      }
      append(String(decoding: chunk.kind, as: UTF8.self), body, to: &result)
    }
    if !metadata.isEmpty { append(packetName, XMPPacket.bytes(of: metadata), to: &result) }
    guard let size = UInt32(exactly: result.count - 8) else { return nil }
    withUnsafeBytes(of: size.littleEndian) { result.replaceSubrange(4..<8, with: $0) }
    return result
  }

  /// Flags, three reserved bytes, width and height less one in three bytes each.
  private static func extendedHeader(_ header: PictureHeader) -> [UInt8] {
    let flags = packetFlag | (header.hasAlpha ? opacityFlag : 0)
    let sides = [header.width - 1, header.height - 1].flatMap { side in
      [0, 8, 16].map { UInt8(truncatingIfNeeded: side >> $0) }
    }
    return [flags, 0, 0, 0] + sides
  }

  private static func append(_ name: String, _ body: [UInt8], to bytes: inout [UInt8]) {
    bytes += Array(name.utf8)
    withUnsafeBytes(of: UInt32(body.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes += body
    if !body.count.isMultiple(of: 2) { bytes.append(0) }
  }

  private static func isWebP(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: Array("RIFF".utf8)) && bytes.count >= 12
      && bytes[8..<12].elementsEqual("WEBP".utf8)
  }

  /// The chunks up to the end or to what makes no sense.
  private static func chunks(of bytes: [UInt8]) -> [Chunk] {
    var chunks: [Chunk] = []
    var position = 12
    while let size = bytes.littleEndian(at: position + 4, count: 4),
      size <= bytes.count - position - 8
    {
      let body = position + 8..<position + 8 + size
      chunks.append(Chunk(kind: bytes[position..<position + 4], body: body))
      position = body.upperBound + size % 2
    }
    return chunks
  }
}
