/// The segments of a JPEG file up to its first scan: 0xFF, a marker, a big-endian length that counts
/// itself, the body.
enum JPEGSegments {
  private static let application0: UInt8 = 0xE0
  private static let application1: UInt8 = 0xE1
  /// What an APP1 segment with an XMP packet starts with (XMP specification, part 3, 1.1.3).
  private static let namespace = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
  private static let longestBody = 0xFFFF - 2

  private struct Segment {
    let marker: UInt8
    /// From the 0xFF on.
    let start: Int
    let body: Range<Int>
  }

  /// What the XMP packet says; nil when this is no JPEG file.
  static func metadata(of bytes: [UInt8]) -> PictureMetadata? {
    guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
    for segment in segments(of: bytes) where isPacket(segment, in: bytes) {
      return XMPPacket.metadata(of: bytes[segment.body].dropFirst(namespace.count))
    }
    return PictureMetadata()
  }

  /// The file with another XMP packet, behind JFIF's segment; nil when the packet is too long for one.
  static func replace(in bytes: [UInt8], with metadata: PictureMetadata) -> [UInt8]? {
    guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
    var result = Array(bytes[..<2])
    var position = 2
    var segments = segments(of: bytes)[...]
    while let segment = segments.first, segment.marker == application0 {
      result += bytes[position..<segment.body.upperBound]
      position = segment.body.upperBound
      segments.removeFirst()
    }
    if !metadata.isEmpty {
      let body = namespace + XMPPacket.bytes(of: metadata)
      guard body.count <= longestBody else { return nil }
      result += [0xFF, application1]
      withUnsafeBytes(of: UInt16(body.count + 2).bigEndian) { result.append(contentsOf: $0) }
      result += body
    }
    for segment in segments {
      if !isPacket(segment, in: bytes) { result += bytes[position..<segment.body.upperBound] }
      position = segment.body.upperBound
    }
    return result + bytes[position...]
  }

  private static func isPacket(_ segment: Segment, in bytes: [UInt8]) -> Bool {
    segment.marker == application1 && bytes[segment.body].starts(with: namespace)
  }

  /// The segments before the first scan, or up to what makes no sense.
  private static func segments(of bytes: [UInt8]) -> [Segment] {
    var segments: [Segment] = []
    var position = 2
    while position < bytes.count, bytes[position] == 0xFF {
      let start = position
      while position < bytes.count, bytes[position] == 0xFF { position += 1 }  // fill bytes
      guard position < bytes.count else { break }
      let marker = bytes[position]
      position += 1
      // Start of scan, end of image, and markers that stand alone end what is of interest here.
      guard marker >= 0xC0, marker != 0xDA, !(0xD0...0xD9).contains(marker),
        let length = bytes.bigEndian(at: position, count: 2), length >= 2,
        length <= bytes.count - position
      else { break }
      let body = position + 2..<position + length
      segments.append(Segment(marker: marker, start: start, body: body))
      position = body.upperBound
    }
    return segments
  }
}
