/// Turns the bytes a terminal sends into what a person did, however they are split across reads.
///
/// What no person typed — replies to questions, focus reports, sequences unknown here — is swallowed
/// whole. A sequence that does not end is given up after a while of silence or beyond a bound, so that
/// keys always come through again.
public struct InputParser: Sendable {
  enum State: Equatable {
    case ground
    /// The first bytes of a scalar in UTF-8; how many are missing.
    case scalar(missing: Int)
    /// After ESC.
    case escape
    /// After `ESC [`: its bytes are in `held`.
    case control
    /// After `ESC [ [`, as the Linux console begins F1 to F5.
    case console
    /// After `ESC O`.
    case single
    /// After `ESC [ M`: three bytes tell what the mouse did.
    case mouse
    /// In a DCS, OSC, APC, PM or SOS; `introducer` is its second byte.
    case string(introducer: UInt8)
    /// In a paste.
    case paste
  }

  var state = State.ground
  /// The bytes of an unfinished sequence or paste.
  var held: [UInt8] = []
  /// How many bytes of a string have gone by.
  var swallowed = 0
  /// An ESC came before the sequence's own.
  var isAlt = false
  /// The string's last byte was ESC; `\` will end it.
  var endsString = false
  /// Silences since the last byte.
  var silences = 0
  /// The left button is down, as far as X10 reports tell.
  var isDragging = false

  static let escape: UInt8 = 0x1B

  /// A longer control sequence is nobody's key and no terminal's reply.
  static let longestSequence = 128
  /// A longer string is noise: replies take some hundred bytes.
  static let longestString = 16 << 10
  /// What is longer is cut.
  static let longestPaste = 1 << 20
  /// Silences after which the rest of a reply no longer counts as late.
  static let patience = 20
  /// The same for a paste, whose rest must not act as keys.
  static let patienceInPaste = 200

  /// A parser that waits for the first byte.
  public init() {}

  /// Whether bytes are held back that silence would resolve: call ``flush()`` some 25 ms later.
  public var isPending: Bool { state != .ground }

  /// What was done, as far as these bytes complete it.
  public mutating func parse(_ bytes: some Sequence<UInt8>) -> [InputEvent] {
    var events: [InputEvent] = []
    silences = 0
    for byte in bytes { take(byte, &events) }
    return events
  }

  /// Tells that nothing came for a while: a lone ESC was the key, and so on.
  public mutating func flush() -> [InputEvent] {
    silences += 1
    var events: [InputEvent] = []
    switch state {
    case .ground: break
    case .escape:
      if isAlt { events.append(.key(KeyPress(.escape))) }
      events.append(.key(KeyPress(.escape)))
      reset()
    case .control where held.isEmpty: resolve("[", &events)
    case .single where held.isEmpty: resolve("O", &events)
    case .string(let introducer) where swallowed == 0 && !endsString:
      resolve(Character(Unicode.Scalar(introducer)), &events)
    case .paste:
      if silences >= Self.patienceInPaste { endPaste(&events) }
    case .scalar, .control, .console, .single, .mouse, .string:
      if silences >= Self.patience { reset() }
    }
    return events
  }

  mutating func reset() {
    state = .ground
    held.removeAll(keepingCapacity: held.capacity <= 4096)
    swallowed = 0
    isAlt = false
    endsString = false
    silences = 0
  }

  /// What looked like a sequence's beginning was a character typed with Alt.
  private mutating func resolve(_ character: Character, _ events: inout [InputEvent]) {
    if isAlt { events.append(.key(KeyPress(.escape))) }
    events.append(.key(KeyPress(.character(character), .alt)))
    reset()
  }

  private mutating func take(_ byte: UInt8, _ events: inout [InputEvent]) {
    switch state {
    case .ground: takeGround(byte, &events)
    case .scalar(let missing): takeScalar(byte, missing: missing, &events)
    case .escape: takeEscape(byte, &events)
    case .control: takeControl(byte, &events)
    case .console: takeConsole(byte, &events)
    case .single: takeSingle(byte, &events)
    case .mouse: takeMouse(byte, &events)
    case .string(let introducer): takeString(byte, introducer: introducer, &events)
    case .paste: takePaste(byte, &events)
    }
  }

  // MARK: Characters

  private mutating func takeGround(_ byte: UInt8, _ events: inout [InputEvent]) {
    switch byte {
    case Self.escape:
      state = .escape
    case 0xC2...0xF4:
      held.append(byte)
      state = .scalar(missing: byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3)
    default:
      if let press = KeyPress(control: byte) ?? KeyPress(ascii: byte) { emit(press, &events) }
      isAlt = false
    }
  }

  private mutating func takeScalar(_ byte: UInt8, missing: Int, _ events: inout [InputEvent]) {
    guard byte & 0xC0 == 0x80 else {
      // Broken off: what follows stands for itself.
      reset()
      return take(byte, &events)
    }
    held.append(byte)
    guard missing == 1 else { return state = .scalar(missing: missing - 1) }
    if let text = String(validating: held, as: UTF8.self), let scalar = text.unicodeScalars.first,
      scalar.properties.generalCategory != .control
    {
      emit(KeyPress(.character(Character(scalar))), &events)
    }
    reset()
  }

  /// Alt comes as an ESC before the key's own bytes.
  func emit(_ press: KeyPress, _ events: inout [InputEvent]) {
    var press = press
    if isAlt { press.modifiers.insert(.alt) }
    events.append(.key(press))
  }

  private mutating func takeEscape(_ byte: UInt8, _ events: inout [InputEvent]) {
    switch byte {
    case Self.escape:
      // A third one makes the first a key of its own.
      if isAlt { events.append(.key(KeyPress(.escape))) }
      isAlt = true
    case UInt8(ascii: "["): state = .control
    case UInt8(ascii: "O"): state = .single
    case UInt8(ascii: "P"), UInt8(ascii: "]"), UInt8(ascii: "_"), UInt8(ascii: "^"),
      UInt8(ascii: "X"):
      state = .string(introducer: byte)
    default:
      if isAlt { events.append(.key(KeyPress(.escape))) }
      isAlt = true
      state = .ground
      takeGround(byte, &events)
    }
  }

  // MARK: Strings

  private mutating func takeString(
    _ byte: UInt8, introducer: UInt8, _ events: inout [InputEvent]
  ) {
    if endsString {
      endsString = false
      if byte == UInt8(ascii: "\\") { return reset() }
      // Any other sequence breaks the string off.
      reset()
      state = .escape
      return take(byte, &events)
    }
    switch byte {
    case Self.escape: endsString = true
    case 0x18, 0x1A: reset()
    case 0x07 where introducer == UInt8(ascii: "]"): reset()
    default:
      swallowed += 1
      if swallowed > Self.longestString { reset() }
    }
  }
}

extension KeyPress {
  /// The key that sends this control character.
  init?(control byte: UInt8) {
    switch byte {
    case 0: self.init(.character(" "), .control)
    case 0x08, 0x7F: self.init(.backspace)
    case 0x09: self.init(.tab)
    case 0x0A, 0x0D: self.init(.enter)
    case 0x1B: self.init(.escape)
    case 0x01...0x1A: self.init(.character(Character(Unicode.Scalar(byte + 0x60))), .control)
    case 0x1C...0x1F: self.init(.character(Character(Unicode.Scalar(byte + 0x40))), .control)
    default: return nil
    }
  }

  /// The key of a printable ASCII character.
  init?(ascii byte: UInt8) {
    guard (0x20..<0x7F).contains(byte) else { return nil }
    self.init(.character(Character(Unicode.Scalar(byte))))
  }
}
