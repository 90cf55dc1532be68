import Foundation

/// A path as the file system knows it: bytes, which need not be UTF-8.
///
/// A Swift `String` cannot hold other bytes, so a name such as `caf\xE9.jpg` (Latin-1) survives only here.
public struct RawPath: Hashable, Sendable {
  /// Any bytes but NUL.
  public let bytes: [UInt8]

  /// A path of bytes up to the first NUL, which no path contains.
  public init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes.prefix { $0 != 0 }) }

  /// A path that is text.
  public init(_ text: String) { self.init(bytes: text.utf8) }

  /// The path as text; nil where its bytes are not UTF-8, and no text would lead to the file.
  public var text: String? { String(validating: bytes, as: UTF8.self) }

  /// The path to show people: control characters and what is not UTF-8 appear as `�`.
  public var printable: String { String(decoding: bytes, as: UTF8.self).printable }

  /// The last part; `/` for the root.
  public var name: RawPath {
    let parts = bytes.split(separator: UInt8(ascii: "/"))
    return RawPath(bytes: parts.last.map(Array.init) ?? Array("/".utf8))
  }

  /// The path without its last part; nil for the root and for a single relative name.
  public var parent: RawPath? {
    let slash = UInt8(ascii: "/")
    let trimmed = bytes.count - bytes.reversed().prefix { $0 == slash }.count
    guard trimmed > 0, let end = bytes[..<trimmed].lastIndex(of: slash) else { return nil }
    let rest = end - bytes[..<end].reversed().prefix { $0 == slash }.count
    return RawPath(bytes: rest == 0 ? [slash] : Array(bytes[..<rest]))
  }

  /// The path of something in this folder.
  public func appending(_ name: RawPath) -> RawPath {
    let slash = UInt8(ascii: "/")
    return RawPath(bytes: bytes.last == slash ? bytes + name.bytes : bytes + [slash] + name.bytes)
  }

  /// Calls `body` with the bytes and a NUL.
  public func withCString<R, E: Error>(
    _ body: (UnsafePointer<CChar>) throws(E) -> R
  ) throws(E) -> R {
    let terminated = bytes.map { CChar(bitPattern: $0) } + [0]
    return try terminated.withUnsafeBufferPointer { buffer throws(E) in
      guard let start = buffer.baseAddress else { preconditionFailure("an array with a NUL") }
      return try body(start)
    }
  }
}

extension RawPath: CustomStringConvertible {
  /// The path to show people.
  public var description: String { printable }
}

extension RawPath {
  /// The path as a `file:` URI (RFC 8089), which is ASCII whatever the bytes are.
  public var uri: String {
    var uri = "file://"
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        uri += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return uri
  }

  /// The path that a `file:` URI names on this machine; nil for anything else.
  public init?(uri: String) {
    let prefixes = ["file:///", "file://localhost/"]
    guard let prefix = prefixes.first(where: { uri.hasPrefix($0) }) else { return nil }
    var bytes = [UInt8(ascii: "/")]
    var rest = uri.utf8.dropFirst(prefix.utf8.count)
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
      guard digits.count == 2, digits != [0, 0] else { return nil }
      bytes.append(UInt8(16 * digits[0] + digits[1]))
      rest = rest.dropFirst(2)
    }
    self.init(bytes: bytes)
  }
}
