/// A part of a file that is a message in Protocol Buffers' wire format, read field by field.
///
/// From the bytes up: a field is a key and a value; the key is a varint, the field's number times 8
/// plus the wire type of the value:
///
///     0   a varint: 7 bits a byte, low ones first, the top bit set in all but the last
///     1   8 bytes       5   4 bytes
///     2   a varint, and so many bytes: a string, a message, or packed numbers
///
/// Groups (3, 4) are obsolete and refused. Nothing here recurses or allocates by what the file claims:
/// a length is compared with the bytes that are there.
struct ProtobufMessage {
  struct Field {
    let number: Int
    let value: Value
  }

  enum Value {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(Range<Int>)
  }

  private let bytes: [UInt8]
  private let end: Int
  private var place: Int

  /// Whether there are bytes left.
  var hasMore: Bool { place < end }

  /// Whether a field could not be read; the sequence ends there.
  private(set) var isBroken = false

  /// The message in a part of some bytes.
  init(_ bytes: [UInt8], in range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    self.bytes = bytes
    place = range.lowerBound
    end = range.upperBound
  }

  /// The next field; nil at the end, and where there is none that can be read.
  mutating func next() -> Field? {
    guard place < end, !isBroken else { return nil }
    guard let key = varint(), let number = Int(exactly: key >> 3), number > 0,
      let value = value(ofType: key & 7)
    else {
      isBroken = true
      return nil
    }
    return Field(number: number, value: value)
  }

  private mutating func value(ofType type: UInt64) -> Value? {
    switch type {
    case 0: varint().map(Value.varint)
    case 1: fixed(8).map(Value.fixed64)
    case 2: length().map { .bytes(take($0)) }
    case 5: fixed(4).map { .fixed32(UInt32(truncatingIfNeeded: $0)) }
    default: nil
    }
  }

  /// A varint; nil when it does not end here, or in 64 bits.
  mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard place < end else { return nil }
      let byte = bytes[place]
      place += 1
      if shift == 63, byte > 1 { return nil }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  /// A little-endian number of so many bytes.
  mutating func fixed(_ count: Int) -> UInt64? {
    guard count <= end - place else { return nil }
    return bytes[take(count)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func length() -> Int? {
    guard let length = varint(), let count = Int(exactly: length), count <= end - place else {
      return nil
    }
    return count
  }

  private mutating func take(_ count: Int) -> Range<Int> {
    defer { place += count }
    return place..<place + count
  }
}

extension ProtobufMessage.Value {
  /// An integer, as `int32`, `int64` and enumerations are encoded.
  var integer: Int? {
    if case .varint(let value) = self {
      Int(truncatingIfNeeded: Int64(bitPattern: value))
    } else {
      nil
    }
  }

  /// Where a string, a message or packed numbers are.
  var range: Range<Int>? {
    if case .bytes(let range) = self { range } else { nil }
  }
}
