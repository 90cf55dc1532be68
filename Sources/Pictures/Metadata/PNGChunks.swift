/// The chunks of a PNG file: big-endian length, four letters, body, and a checksum of the latter two.
enum PNGChunks {
  /// Where a chunk is.
  private struct Chunk {
    let kind: ArraySlice<UInt8>
    let body: Range<Int>
    var whole: Range<Int> { body.lowerBound - 8..<body.upperBound + 4 }
  }

  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  private static let recipeKeyword = "Impasto recipe"
  private static let recordKeyword = "Impasto record"

  /// What the texts say; nil when this is no PNG file.
  static func metadata(of bytes: [UInt8]) -> PictureMetadata? {
    guard bytes.starts(with: signature) else { return nil }
    var metadata = PictureMetadata()
    for chunk in chunks(of: bytes) {
      guard let (keyword, start) = internationalText(chunk, in: bytes) else { continue }
      let body = chunk.body
      guard body.upperBound - start <= PictureMetadata.longestText,
        checksum(bytes[body.lowerBound - 4..<body.upperBound])
          == bytes.bigEndian(at: body.upperBound, count: 4).map(UInt32.init),
        let text = String(validating: bytes[start..<body.upperBound], as: UTF8.self)
      else { continue }
      if keyword == recipeKeyword { metadata.recipe = text }
      if keyword == recordKeyword { metadata.record = text }
    }
    return metadata
  }

  /// The file with other texts, right behind its header; nil when it has none.
  static func replace(in bytes: [UInt8], with metadata: PictureMetadata) -> [UInt8]? {
    let chunks = chunks(of: bytes)
    guard let header = chunks.first, header.kind.elementsEqual("IHDR".utf8) else { return nil }
    var result = Array(bytes[..<header.whole.upperBound])
    for (keyword, text) in [(recipeKeyword, metadata.recipe), (recordKeyword, metadata.record)] {
      guard let text else { continue }
      // Not compressed; neither language nor a translated keyword.
      append("iTXt", Array(keyword.utf8) + [0, 0, 0, 0, 0] + Array(text.utf8), to: &result)
    }
    var position = header.whole.upperBound
    for chunk in chunks.dropFirst() {
      let isOurs =
        internationalText(chunk, in: bytes).map {
          $0.keyword == recipeKeyword || $0.keyword == recordKeyword
        } ?? false
      if !isOurs { result += bytes[chunk.whole] }
      position = chunk.whole.upperBound
    }
    return result + bytes[position...]
  }

  private static func append(_ kind: String, _ body: [UInt8], to bytes: inout [UInt8]) {
    let start = bytes.count + 4
    withUnsafeBytes(of: UInt32(body.count).bigEndian) { bytes.append(contentsOf: $0) }
    bytes += Array(kind.utf8) + body
    withUnsafeBytes(of: checksum(bytes[start...]).bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// The chunks up to the end or to what makes no sense.
  private static func chunks(of bytes: [UInt8]) -> [Chunk] {
    var chunks: [Chunk] = []
    var position = signature.count
    while let length = bytes.bigEndian(at: position, count: 4),
      length <= bytes.count - position - 12
    {
      let body = position + 8..<position + 8 + length
      chunks.append(Chunk(kind: bytes[position + 4..<position + 8], body: body))
      position = body.upperBound + 4
    }
    return chunks
  }

  /// The keyword of an iTXt chunk that is not compressed, and where its text starts.
  ///
  /// Keyword, 0, compression flag, compression method, language, 0, translated keyword, 0, text.
  private static func internationalText(
    _ chunk: Chunk, in bytes: [UInt8]
  ) -> (keyword: String, start: Int)? {
    guard chunk.kind.elementsEqual("iTXt".utf8) else { return nil }
    let body = bytes[chunk.body]
    guard let keywordEnd = body.prefix(80).firstIndex(of: 0), keywordEnd + 2 < body.endIndex,
      bytes[keywordEnd + 1] == 0,
      let languageEnd = body[(keywordEnd + 3)...].firstIndex(of: 0),
      let translationEnd = body[(languageEnd + 1)...].firstIndex(of: 0)
    else { return nil }
    return (String(decoding: body[..<keywordEnd], as: UTF8.self), translationEnd + 1)
  }

  /// CRC-32 as in ISO 3309, which PNG uses.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in sum >> 8 ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { sum, _ in sum >> 1 ^ (sum & 1) * 0xEDB8_8320 }
  }
}

extension [UInt8] {
  /// The big-endian number of so many bytes at an offset; nil when it is not wholly inside.
  func bigEndian(at offset: Int, count: Int) -> Int? {
    guard offset >= 0, offset <= self.count - count else { return nil }
    return self[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
  }

  /// The little-endian number of so many bytes at an offset; nil when it is not wholly inside.
  func littleEndian(at offset: Int, count: Int) -> Int? {
    guard offset >= 0, offset <= self.count - count else { return nil }
    return self[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
