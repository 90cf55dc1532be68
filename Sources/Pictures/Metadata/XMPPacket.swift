/// An XMP packet (ISO 16684-1) with our two properties: XML between two processing instructions.
///
/// Packets that other programs rewrote are read too, as long as they keep the properties as elements
/// or attributes under our prefix, which all do. No XML parser sees the bytes of strangers.
enum XMPPacket {
  private static let recipe = "impasto:recipe"
  private static let record = "impasto:record"

  /// The packet.
  static func bytes(of metadata: PictureMetadata) -> [UInt8] {
    let properties = [(recipe, metadata.recipe), (record, metadata.record)]
      .compactMap { name, text in text.map { "<\(name)>\(escaped($0))</\(name)>\n" } }.joined()
    let packet = """
      <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:impasto="urn:impasto:1.0:">
      \(properties)</rdf:Description>
      </rdf:RDF>
      </x:xmpmeta>
      <?xpacket end="r"?>
      """
    return Array(packet.utf8)
  }

  /// What a packet says of our properties.
  static func metadata(of packet: ArraySlice<UInt8>) -> PictureMetadata {
    guard packet.count <= 2 * PictureMetadata.longestText else { return PictureMetadata() }
    return PictureMetadata(
      recipe: value(of: recipe, in: packet), record: value(of: record, in: packet))
  }

  private static func value(of name: String, in packet: ArraySlice<UInt8>) -> String? {
    let quote = UInt8(ascii: "\"")
    let apostrophe = UInt8(ascii: "'")
    if let start = packet.firstEnd(of: "<\(name)>") {
      let rest = packet[start...]
      return rest.firstIndex(of: UInt8(ascii: "<")).flatMap { unescaped(rest[..<$0]) }
    }
    guard let start = packet.firstEnd(of: " \(name)="), start < packet.endIndex,
      [quote, apostrophe].contains(packet[start])
    else { return nil }
    let rest = packet[(start + 1)...]
    return rest.firstIndex(of: packet[start]).flatMap { unescaped(rest[..<$0]) }
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      // XML has no other control characters, and reads a carriage return as a line feed.
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\r": result += "&#13;"
      case "\0"..<" ": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static let entities: [Substring: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'",
  ]

  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    var pieces = text.split(separator: "&", omittingEmptySubsequences: false)[...]
    var result = String(pieces.popFirst() ?? "")
    for piece in pieces {
      guard let end = piece.firstIndex(of: ";"),
        let scalar = entities[piece[..<end]] ?? character(piece[..<end])
      else { return nil }
      result.unicodeScalars.append(scalar)
      result += piece[piece.index(after: end)...]
    }
    return result
  }

  /// The character that `#10` or `#xA` stands for.
  private static func character(_ reference: Substring) -> Unicode.Scalar? {
    guard reference.hasPrefix("#") else { return nil }
    let digits = reference.dropFirst()
    let number =
      digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
    return number.flatMap(Unicode.Scalar.init)
  }
}

extension ArraySlice<UInt8> {
  /// Where the first occurrence of a text ends.
  fileprivate func firstEnd(of text: String) -> Int? {
    let wanted = Array(text.utf8)
    guard let first = wanted.first else { return startIndex }
    var rest = self[...]
    while let index = rest.firstIndex(of: first) {
      rest = rest[index...]
      if rest.starts(with: wanted) { return index + wanted.count }
      rest = rest.dropFirst()
    }
    return nil
  }
}
