/// Bracketed paste: everything between `ESC [ 200 ~` and `ESC [ 201 ~` is one event.
extension InputParser {
  private static let end = Array("\u{1B}[201~".utf8)

  mutating func takePaste(_ byte: UInt8, _ events: inout [InputEvent]) {
    held.append(byte)
    if byte == Self.end.last, held.suffix(Self.end.count).elementsEqual(Self.end) {
      held.removeLast(Self.end.count)
      return endPaste(&events)
    }
    // What is beyond the bound passes by; its last bytes stay, since they may begin the end.
    if held.count > Self.longestPaste + 2 * Self.end.count {
      held.removeSubrange(Self.longestPaste..<held.count - Self.end.count)
    }
  }

  mutating func endPaste(_ events: inout [InputEvent]) {
    if held.count > Self.longestPaste { held.removeSubrange(Self.longestPaste...) }
    let text = String(decoding: held, as: UTF8.self)
    reset()
    var kept = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      // Terminals send a return at the end of each line.
      case "\n" where last == "\r": break
      case "\r", "\n": kept.append("\n")
      case "\t": kept.append(scalar)
      default:
        if scalar.properties.generalCategory != .control { kept.append(scalar) }
      }
      last = scalar
    }
    if !kept.isEmpty { events.append(.paste(String(kept))) }
  }
}
