/// The parts of a control sequence, after ECMA-48: `ESC [`, a private mark, numbers, a final byte.
struct ControlSequence: Equatable {
  /// One of `<=>?`, which set terminals' own sequences apart.
  var mark: UInt8?
  /// Numbers between `;`, each with those that follow it after `:`; nil where there is none.
  var parameters: [[Int?]] = []
  /// Bytes between the numbers and the final one.
  var intermediates: [UInt8] = []
  /// What it is about.
  var final: UInt8

  /// Takes `body`, what came between `ESC [` and `final`, apart.
  init(body: [UInt8], final: UInt8) {
    self.final = final
    var body = body[...]
    if let first = body.first, (0x3C...0x3F).contains(first) {
      mark = first
      body.removeFirst()
    }
    let end = body.firstIndex { (0x20...0x2F).contains($0) } ?? body.endIndex
    intermediates = Array(body[end...])
    guard end > body.startIndex else { return }
    parameters = body[..<end].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { field in
        field.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map(Self.number)
      }
  }

  /// The number at a position, or nil where none is given.
  subscript(_ index: Int, _ part: Int = 0) -> Int? {
    guard parameters.indices.contains(index), parameters[index].indices.contains(part) else {
      return nil
    }
    return parameters[index][part]
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty else { return nil }
    var value = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = min(value * 10 + Int(digit - 0x30), 0x7FFF_FFFF)
    }
    return value
  }
}

extension InputParser {
  mutating func takeControl(_ byte: UInt8, _ events: inout [InputEvent]) {
    switch byte {
    case UInt8(ascii: "[") where held.isEmpty:
      state = .console
    case UInt8(ascii: "M") where held.isEmpty:
      state = .mouse
    case UInt8(ascii: "$") where isRxvtShift:
      finish(byte, &events)
    case 0x20...0x3F:
      // Overlong: swallowed to its end, but not kept.
      if held.count < Self.longestSequence { held.append(byte) } else { swallowed += 1 }
      if swallowed > Self.longestString { reset() }
    case 0x40...0x7E:
      if swallowed > 0 { reset() } else { finish(byte, &events) }
    case Self.escape:
      reset()
      state = .escape
    default:
      reset()
      take(control: byte, &events)
    }
  }

  /// rxvt ends its shifted keys in `$`, elsewhere an intermediate: `ESC [ 7 $`.
  private var isRxvtShift: Bool {
    (1...2).contains(held.count) && held.allSatisfy { (0x30...0x39).contains($0) }
  }

  private mutating func take(control byte: UInt8, _ events: inout [InputEvent]) {
    if let press = KeyPress(control: byte) { events.append(.key(press)) }
  }

  private mutating func finish(_ final: UInt8, _ events: inout [InputEvent]) {
    let sequence = ControlSequence(body: held, final: final)
    if sequence.mark == nil, sequence.intermediates.isEmpty, final == UInt8(ascii: "~"),
      sequence[0] == 200
    {
      reset()
      state = .paste
      return
    }
    if sequence.mark == UInt8(ascii: "<"), let event = mouseEvent(sequence) {
      events.append(.mouse(event))
    } else if let press = KeyPress(sequence) {
      emit(press, &events)
    }
    reset()
  }

  mutating func takeConsole(_ byte: UInt8, _ events: inout [InputEvent]) {
    if (0x41...0x45).contains(byte) { emit(KeyPress(.function(Int(byte) - 0x40)), &events) }
    reset()
    if byte < 0x20 { _ = byte == Self.escape ? (state = .escape) : take(control: byte, &events) }
  }

  mutating func takeSingle(_ byte: UInt8, _ events: inout [InputEvent]) {
    switch byte {
    case 0x30...0x39 where held.count < 2:
      // `ESC O 5 P`, an old way to tell modifiers.
      held.append(byte)
    case Self.escape:
      reset()
      state = .escape
    default:
      if var press = KeyPress(single: byte) {
        if let digit = held.last { press.modifiers.formUnion(.init(xterm: Int(digit) - 0x30)) }
        emit(press, &events)
      } else if byte < 0x20 {
        take(control: byte, &events)
      }
      reset()
    }
  }
}
