import Files

/// What a terminal answered to the probe, out of the bytes that it sent.
///
/// Replies are control sequences (ECMA-48): `ESC [ parameters final`, and strings `ESC P`, `ESC ]` and
/// `ESC _` that end in `ESC \` or BEL. Whatever else comes between, such as keys, is passed over.
struct ProbeReplies: Equatable, Sendable {
  /// XTVERSION: what it calls itself, such as `kitty(0.35.2)`.
  var name: String?
  /// Whether it understands Kitty's graphics.
  var hasKittyGraphics = false
  /// The extent of a cell (`CSI 16 t`).
  var cell: TerminalTraits.CellPixels?
  /// The extent of all cells (`CSI 14 t`).
  var textArea: TerminalTraits.CellPixels?
  /// Whether it knows synchronized output, mode 2026.
  var isSynchronized = false
  /// How many colors a sixel picture may have.
  var sixelColors: Int?
  /// The largest sixel picture.
  var sixelLimit: TerminalTraits.CellPixels?
  /// The background (OSC 11).
  var background: Color?
  /// Primary device attributes, which end the replies; 4 stands for sixels.
  var attributes: [Int]?

  /// No reply.
  init() {}

  /// What these bytes say.
  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while let escape = rest.firstIndex(of: 0x1B) {
      rest = rest[(escape + 1)...]
      switch rest.popFirst() {
      case UInt8(ascii: "["): readSequence(&rest)
      case UInt8(ascii: "P"): readString(&rest) { $0.readDeviceString($1) }
      case UInt8(ascii: "]"): readString(&rest) { $0.readCommand($1) }
      case UInt8(ascii: "_"): readString(&rest) { $0.readApplicationString($1) }
      case 0x1B: rest = bytes[(escape + 1)...]
      default: break
      }
    }
  }

  private mutating func readSequence(_ rest: inout ArraySlice<UInt8>) {
    let parameters = rest.prefix { (0x30...0x3F).contains($0) }
    rest = rest.dropFirst(parameters.count)
    let intermediates = rest.prefix { (0x20...0x2F).contains($0) }
    rest = rest.dropFirst(intermediates.count)
    guard let final = rest.first, (0x40...0x7E).contains(final) else { return }
    rest.removeFirst()
    let isPrivate = parameters.first == UInt8(ascii: "?")
    let numbers = Self.numbers(isPrivate ? parameters.dropFirst() : parameters)
    let suffix = String(decoding: intermediates + [final], as: UTF8.self)
    switch (isPrivate, suffix, numbers.first) {
    case (true, "c", _): attributes = numbers
    case (true, "$y", 2026) where numbers.count == 2: isSynchronized = (1...3).contains(numbers[1])
    case (true, "S", 1) where numbers.count == 3 && numbers[1] == 0: sixelColors = numbers[2]
    case (true, "S", 2) where numbers.count == 4 && numbers[1] == 0:
      sixelLimit = TerminalTraits.CellPixels(width: numbers[2], height: numbers[3])
    case (false, "t", 6) where numbers.count == 3:
      cell = TerminalTraits.CellPixels(width: numbers[2], height: numbers[1])
    case (false, "t", 4) where numbers.count == 3:
      textArea = TerminalTraits.CellPixels(width: numbers[2], height: numbers[1])
    default: break
    }
  }

  /// Reads up to `ESC \` or BEL; an unfinished string says nothing.
  private mutating func readString(
    _ rest: inout ArraySlice<UInt8>, _ read: (inout ProbeReplies, ArraySlice<UInt8>) -> Void
  ) {
    guard let end = rest.firstIndex(where: { $0 == 0x1B || $0 == 0x07 }) else {
      rest = []
      return
    }
    let string = rest[..<end]
    rest = rest[end...]
    if rest.first == 0x07 {
      rest.removeFirst()
    } else {
      // Another sequence has cut it off.
      guard rest.dropFirst().first == UInt8(ascii: "\\") else { return }
      rest.removeFirst(2)
    }
    read(&self, string)
  }

  private mutating func readDeviceString(_ string: ArraySlice<UInt8>) {
    guard string.starts(with: ">|".utf8) else { return }
    let longest = 64
    name = String(decoding: string.dropFirst(2).prefix(longest), as: UTF8.self).printable
  }

  private mutating func readApplicationString(_ string: ArraySlice<UInt8>) {
    if string.starts(with: "Gi=31;OK".utf8) { hasKittyGraphics = true }
  }

  /// `11;rgb:RRRR/GGGG/BBBB`, each of one to four hexadecimal digits.
  private mutating func readCommand(_ string: ArraySlice<UInt8>) {
    let text = String(decoding: string, as: UTF8.self)
    guard let start = ["11;rgb:", "11;rgba:"].first(where: text.hasPrefix) else { return }
    let parts = text.dropFirst(start.count).split(separator: "/", omittingEmptySubsequences: false)
    let values = parts.prefix(3).compactMap { part -> UInt8? in
      guard (1...4).contains(part.count), let value = Int(part, radix: 16), value >= 0 else {
        return nil
      }
      return UInt8(value * 255 / (1 << (4 * part.count) - 1))
    }
    guard values.count == 3 else { return }
    background = .rgb(red: values[0], green: values[1], blue: values[2])
  }

  /// Numbers between semicolons; a missing one is 0, as is one that no terminal means.
  private static func numbers(_ parameters: ArraySlice<UInt8>) -> [Int] {
    let (most, digits) = (32, 6)
    return parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .prefix(most)
      .map { $0.count <= digits ? Int(String(decoding: $0, as: UTF8.self)) ?? 0 : 0 }
  }
}
