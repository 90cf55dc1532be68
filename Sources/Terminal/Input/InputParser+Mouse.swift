/// What the mouse did: reports of mode 1006, and of the older form where a terminal knows no better.
extension InputParser {
  /// An event of `ESC [ < buttons ; column ; row M`, or `m` when a button goes up.
  mutating func mouseEvent(_ sequence: ControlSequence) -> MouseEvent? {
    guard sequence.parameters.count == 3, let bits = sequence[0], let column = sequence[1],
      let row = sequence[2]
    else { return nil }
    switch sequence.final {
    case UInt8(ascii: "M"):
      return mouseEvent(bits: bits, isRelease: false, column: column, row: row)
    case UInt8(ascii: "m"):
      return mouseEvent(bits: bits, isRelease: true, column: column, row: row)
    default: return nil
    }
  }

  /// Collects the three bytes of an X10 report, each 32 and a number.
  mutating func takeMouse(_ byte: UInt8, _ events: inout [InputEvent]) {
    held.append(byte)
    guard held.count == 3 else { return }
    let numbers = held.map { Int($0) - 32 }
    // It does not tell which button went up.
    let isRelease = numbers[0] & 0b1110_0011 == 3
    if numbers.allSatisfy({ $0 >= 0 }), !isRelease || isDragging,
      let event = mouseEvent(
        bits: isRelease ? numbers[0] & ~3 : numbers[0], isRelease: isRelease, column: numbers[1],
        row: numbers[2])
    {
      isDragging = event.kind == .press || event.kind == .drag
      events.append(.mouse(event))
    }
    reset()
  }

  /// Only the left button and the wheel are told of.
  private func mouseEvent(bits: Int, isRelease: Bool, column: Int, row: Int) -> MouseEvent? {
    let kind: MouseEvent.Kind
    switch (bits & 0b1100_0011, bits & 32 != 0) {
    case (0, false): kind = isRelease ? .release : .press
    case (0, true): kind = isRelease ? .release : .drag
    case (64, _) where !isRelease: kind = .wheelUp
    case (65, _) where !isRelease: kind = .wheelDown
    default: return nil
    }
    var modifiers: KeyPress.Modifiers = []
    if bits & 4 != 0 { modifiers.insert(.shift) }
    if bits & 8 != 0 { modifiers.insert(.alt) }
    if bits & 16 != 0 { modifiers.insert(.control) }
    // Terminals count from 1; no window is wider than the kernel can tell.
    let limit = Int(UInt16.max)
    return MouseEvent(
      kind, at: Point(column: min(max(0, column - 1), limit), row: min(max(0, row - 1), limit)),
      modifiers)
  }
}
