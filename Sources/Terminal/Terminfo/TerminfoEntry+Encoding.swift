/// Writing entries: always with 32-bit numbers.
extension TerminfoEntry {
  /// The compiled bytes; nil where they would exceed what ncurses reads.
  var compiled: [UInt8]? {
    var table: [UInt8] = []
    let offsets = strings.map { Self.append($0, to: &table) }
    var bytes: [UInt8] = []
    for count in [
      0o1036, names.count + 1, booleans.count, numbers.count, strings.count, table.count,
    ] {
      Self.append(short: count, to: &bytes)
    }
    bytes += names + [0]
    bytes += booleans.map { UInt8(bitPattern: $0) }
    Self.align(&bytes)
    for number in numbers { Self.append(number, to: &bytes) }
    for offset in offsets { Self.append(short: offset, to: &bytes) }
    bytes += table
    var largestTable = table.count

    let extendedNames =
      extendedBooleans.map(\.name) + extendedNumbers.map(\.name) + extendedStrings.map(\.name)
    if !extendedNames.isEmpty {
      var values: [UInt8] = []
      let valueOffsets = extendedStrings.map { Self.append($0.value, to: &values) }
      var nameTable: [UInt8] = []
      let nameOffsets = extendedNames.map { Self.append($0, to: &nameTable) }
      Self.align(&bytes)
      let items = valueOffsets.count { $0 >= 0 } + extendedNames.count
      for count in [
        extendedBooleans.count, extendedNumbers.count, extendedStrings.count, items,
        values.count + nameTable.count,
      ] {
        Self.append(short: count, to: &bytes)
      }
      bytes += extendedBooleans.map { UInt8(bitPattern: $0.value) }
      Self.align(&bytes)
      for number in extendedNumbers { Self.append(number.value, to: &bytes) }
      for offset in valueOffsets + nameOffsets { Self.append(short: offset, to: &bytes) }
      bytes += values + nameTable
      largestTable = max(largestTable, values.count + nameTable.count)
    }
    guard bytes.count <= Self.largest, largestTable <= Int16.max else { return nil }
    return bytes
  }

  /// The entry as the value of `TERMINFO`, where ncurses takes it from instead of from a file.
  var environmentValue: String? {
    compiled.map { bytes in
      let digits = Array("0123456789ABCDEF".utf8)
      let hex = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
      return "hex:" + String(decoding: hex, as: UTF8.self)
    }
  }

  /// Appends a string and returns its offset, -1 for none.
  private static func append(_ string: [UInt8]?, to table: inout [UInt8]) -> Int {
    guard let string else { return -1 }
    defer { table += string + [0] }
    return table.count
  }

  private static func append(short: Int, to bytes: inout [UInt8]) {
    let bits = UInt16(truncatingIfNeeded: short)
    bytes += [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)]
  }

  private static func append(_ number: Int32, to bytes: inout [UInt8]) {
    bytes += (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private static func align(_ bytes: inout [UInt8]) {
    if bytes.count % 2 == 1 { bytes.append(0) }
  }
}
