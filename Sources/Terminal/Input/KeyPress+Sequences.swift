/// The keys behind control sequences, as xterm, rxvt, kitty and the Linux console send them.
extension KeyPress {
  /// The key that sends a control sequence; nil for what no key sends, such as replies.
  init?(_ sequence: ControlSequence) {
    guard sequence.mark == nil else { return nil }
    // Kitty tells of keys that go up, too.
    if sequence[1, 1] == 3 { return nil }
    let modifiers = Modifiers(xterm: sequence[1] ?? 1)
    switch (sequence.final, sequence.intermediates.first) {
    case (UInt8(ascii: "~"), nil):
      if sequence[0] == 27, let code = sequence[2] {
        self.init(codepoint: code, shifted: nil, modifiers)
        return
      }
      guard let key = Key(tilde: sequence[0] ?? 0) else { return nil }
      self.init(key, modifiers)
    case (UInt8(ascii: "^"), nil), (UInt8(ascii: "$"), nil), (UInt8(ascii: "@"), nil):
      guard sequence.parameters.count == 1, let key = Key(tilde: sequence[0] ?? 0) else {
        return nil
      }
      switch sequence.final {
      case UInt8(ascii: "^"): self.init(key, .control)
      case UInt8(ascii: "$"): self.init(key, .shift)
      default: self.init(key, [.control, .shift])
      }
    case (UInt8(ascii: "u"), nil):
      guard let code = sequence[0] else { return nil }
      self.init(codepoint: code, shifted: sequence[0, 1], modifiers)
    case (UInt8(ascii: "Z"), nil): self.init(.tab, modifiers.union(.shift))
    case (UInt8(ascii: "a")...UInt8(ascii: "d"), nil) where sequence.parameters.isEmpty:
      guard let key = Key(arrow: sequence.final - 0x20) else { return nil }
      self.init(key, .shift)
    case (let final, nil):
      // A report of the cursor's place ends in R like F3.
      guard let key = Key(arrow: final) ?? Key(keypadFunction: final),
        sequence.parameters.count < 3, sequence.parameters.isEmpty || sequence[0] ?? 1 == 1,
        (1...16).contains(sequence[1] ?? 1)
      else { return nil }
      self.init(key, modifiers)
    default: return nil
    }
  }

  /// The key that sends `ESC O` and this byte.
  init?(single byte: UInt8) {
    if let key = Key(arrow: byte) ?? Key(keypadFunction: byte) {
      self.init(key)
      return
    }
    switch byte {
    case UInt8(ascii: "M"): self.init(.enter)
    case UInt8(ascii: "I"): self.init(.tab)
    case UInt8(ascii: " "): self.init(.character(" "))
    case UInt8(ascii: "X"): self.init(.character("="))
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      guard let key = Key(arrow: byte - 0x20) else { return nil }
      self.init(key, .control)
    case UInt8(ascii: "j")...UInt8(ascii: "y"):
      // The keypad in application mode.
      self.init(.character(Character(Unicode.Scalar(byte - 0x40))))
    default: return nil
    }
  }

  /// A key by its code in kitty's protocol, which for characters is the scalar without shift.
  private init?(codepoint: Int, shifted: Int?, _ modifiers: Modifiers) {
    if let key = Key(kitty: codepoint) {
      self.init(key, modifiers)
      return
    }
    let isPrivate = (0xE000...0xF8FF).contains(codepoint)
    var code = codepoint
    var modifiers = modifiers
    if modifiers.contains(.shift) {
      if let shifted {
        code = shifted
      } else if (0x61...0x7A).contains(code) {
        code -= 0x20
      }
      modifiers.remove(.shift)
    }
    guard !isPrivate, let value = UInt32(exactly: code), let scalar = Unicode.Scalar(value),
      scalar.properties.generalCategory != .control
    else { return nil }
    self.init(.character(Character(scalar)), modifiers)
  }
}

extension KeyPress.Modifiers {
  /// Modifiers as xterm counts them: 1 and a bit for each of shift, alt and control; Meta is Alt.
  init(xterm number: Int) {
    let bits = max(0, number - 1)
    self = []
    if bits & 1 != 0 { insert(.shift) }
    if bits & 2 != 0 || bits & 32 != 0 { insert(.alt) }
    if bits & 4 != 0 { insert(.control) }
  }
}

extension KeyPress.Key {
  fileprivate init?(arrow final: UInt8) {
    switch final {
    case UInt8(ascii: "A"): self = .up
    case UInt8(ascii: "B"): self = .down
    case UInt8(ascii: "C"): self = .right
    case UInt8(ascii: "D"): self = .left
    case UInt8(ascii: "F"): self = .end
    case UInt8(ascii: "H"): self = .home
    default: return nil
    }
  }

  fileprivate init?(keypadFunction final: UInt8) {
    guard (UInt8(ascii: "P")...UInt8(ascii: "S")).contains(final) else { return nil }
    self = .function(Int(final) - 0x4F)
  }

  /// The numbers before `~`, after the VT220.
  fileprivate init?(tilde number: Int) {
    switch number {
    case 1, 7: self = .home
    case 2: self = .insert
    case 3: self = .delete
    case 4, 8: self = .end
    case 5: self = .pageUp
    case 6: self = .pageDown
    case 11...15: self = .function(number - 10)
    case 17...21: self = .function(number - 11)
    case 23...26: self = .function(number - 12)
    case 28, 29: self = .function(number - 13)
    case 31...34: self = .function(number - 14)
    default: return nil
    }
  }

  /// The keys that kitty numbers; those of the keypad count as their namesakes.
  fileprivate init?(kitty code: Int) {
    switch code {
    case 8, 127: self = .backspace
    case 9: self = .tab
    case 10, 13, 57414: self = .enter
    case 27: self = .escape
    case 57364...57398: self = .function(code - 57363)
    case 57399...57408: self = .character(Character(Unicode.Scalar(UInt8(code - 57399 + 0x30))))
    case 57409: self = .character(".")
    case 57410: self = .character("/")
    case 57411: self = .character("*")
    case 57412: self = .character("-")
    case 57413: self = .character("+")
    case 57415: self = .character("=")
    case 57417: self = .left
    case 57418: self = .right
    case 57419: self = .up
    case 57420: self = .down
    case 57421: self = .pageUp
    case 57422: self = .pageDown
    case 57423: self = .home
    case 57424: self = .end
    case 57425: self = .insert
    case 57426: self = .delete
    default: return nil
    }
  }
}
