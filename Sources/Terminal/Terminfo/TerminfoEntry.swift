import Files

/// A compiled entry of the terminal database, as `tic` writes it; see term(5).
///
/// Six little-endian 16-bit numbers (magic, then the extents of what follows), the names, a byte per
/// boolean, the numbers, the offsets of the strings, the strings. An extended part after that holds
/// capabilities that bring their own names, in the same order. Magic `0432` has 16-bit numbers, `01036`
/// 32-bit ones.
struct TerminfoEntry: Equatable {
  /// What is wrong with bytes that are no entry.
  struct Malformed: Error {}

  /// A capability with a name of its own.
  struct Extended<Value: Equatable>: Equatable {
    var name: [UInt8]
    var value: Value
  }

  /// The terminal's names, between `|`; the last one is a description.
  var names: [UInt8]
  var booleans: [Int8]
  /// -1 where a number is absent, -2 where it was canceled.
  var numbers: [Int32]
  /// nil where a string is absent.
  var strings: [[UInt8]?]
  var extendedBooleans: [Extended<Int8>] = []
  var extendedNumbers: [Extended<Int32>] = []
  var extendedStrings: [Extended<[UInt8]?>] = []

  static let largest = 32 << 10
  private static let narrow = 0o432
  private static let wide = 0o1036

  /// Reads compiled bytes.
  init(_ bytes: [UInt8]) throws(Malformed) {
    guard bytes.count <= Self.largest else { throw Malformed() }
    var reader = Reader(bytes: bytes)
    let magic = try reader.short()
    guard magic == Self.narrow || magic == Self.wide else { throw Malformed() }
    let isWide = magic == Self.wide
    let counts = try reader.counts(5)
    var nameBytes = try reader.take(counts[0])
    guard nameBytes.popLast() == 0 else { throw Malformed() }
    names = Array(nameBytes)
    booleans = try reader.take(counts[1]).map { Int8(bitPattern: $0) }
    try reader.align()
    numbers = try reader.numbers(counts[2], isWide: isWide)
    let offsets = try reader.numbers(counts[3], isWide: false)
    let table = try reader.take(counts[4])
    strings = try Self.strings(at: offsets, in: table)
    try reader.align(atEndToo: true)
    guard !reader.isAtEnd else { return }

    let extents = try reader.counts(5)
    let extendedBooleans = try reader.take(extents[0]).map { Int8(bitPattern: $0) }
    try reader.align()
    let extendedNumbers = try reader.numbers(extents[1], isWide: isWide)
    let valueOffsets = try reader.numbers(extents[2], isWide: false)
    let nameOffsets = try reader.numbers(extents[0] + extents[1] + extents[2], isWide: false)
    let extendedTable = try reader.take(extents[4])
    let values = try Self.strings(at: valueOffsets, in: extendedTable)
    // The names follow the values, and their offsets start there.
    var start = extendedTable.startIndex
    for case let (value?, offset) in zip(values, valueOffsets) {
      start = max(start, extendedTable.startIndex + Int(offset) + value.count + 1)
    }
    let extendedNames = try Self.strings(at: nameOffsets, in: extendedTable[start...]).map {
      (name) throws(Malformed) -> [UInt8] in
      guard let name, !name.isEmpty else { throw Malformed() }
      return name
    }
    var rest = extendedNames[...]
    for value in extendedBooleans {
      self.extendedBooleans.append(Extended(name: rest.removeFirst(), value: value))
    }
    for value in extendedNumbers {
      self.extendedNumbers.append(Extended(name: rest.removeFirst(), value: value))
    }
    for value in values {
      self.extendedStrings.append(Extended(name: rest.removeFirst(), value: value))
    }
  }

  private static func strings(
    at offsets: [Int32], in table: ArraySlice<UInt8>
  ) throws(Malformed) -> [[UInt8]?] {
    var strings: [[UInt8]?] = []
    for offset in offsets {
      guard offset >= 0 else {
        strings.append(nil)
        continue
      }
      guard Int(offset) < table.count,
        let end = table[(table.startIndex + Int(offset))...].firstIndex(of: 0)
      else { throw Malformed() }
      strings.append(Array(table[(table.startIndex + Int(offset))..<end]))
    }
    return strings
  }

  /// Reads forward, never beyond the end.
  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position >= bytes.count }

    mutating func take(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
      guard count >= 0, count <= bytes.count - position else { throw Malformed() }
      defer { position += count }
      return bytes[position..<position + count]
    }

    mutating func short() throws(Malformed) -> Int {
      let pair = Array(try take(2))
      return Int(Int16(bitPattern: UInt16(pair[0]) | UInt16(pair[1]) << 8))
    }

    mutating func counts(_ count: Int) throws(Malformed) -> [Int] {
      var counts: [Int] = []
      for _ in 0..<count {
        let next = try short()
        guard next >= 0 else { throw Malformed() }
        counts.append(next)
      }
      return counts
    }

    mutating func numbers(_ count: Int, isWide: Bool) throws(Malformed) -> [Int32] {
      let size = isWide ? 4 : 2
      let raw = Array(try take(count * size))
      return (0..<count).map { index in
        let start = index * size
        if !isWide {
          return Int32(Int16(bitPattern: UInt16(raw[start]) | UInt16(raw[start + 1]) << 8))
        }
        return (0..<4).reduce(0) { $0 | Int32(bitPattern: UInt32(raw[start + $1]) << (8 * $1)) }
      }
    }

    /// Numbers start at even places.
    mutating func align(atEndToo: Bool = false) throws(Malformed) {
      guard position % 2 == 1, !(atEndToo && isAtEnd) else { return }
      _ = try take(1)
    }
  }
}
