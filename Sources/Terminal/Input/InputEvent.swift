/// What a person did at the terminal.
public enum InputEvent: Hashable, Sendable {
  /// Pressed a key.
  case key(KeyPress)
  /// Moved or used the mouse.
  case mouse(MouseEvent)
  /// Pasted text, in one piece.
  case paste(String)
}

/// A key with what was held down with it.
public struct KeyPress: Hashable, Sendable {
  /// A key.
  public enum Key: Hashable, Sendable {
    /// A character, as typed: `A` and not shift and `a`.
    case character(Character)
    /// Return.
    case enter
    /// Tab; backwards with shift.
    case tab
    /// Escape.
    case escape
    /// The key that deletes to the left.
    case backspace
    /// The key that deletes to the right.
    case delete
    /// Insert.
    case insert
    /// An arrow.
    case up, down, left, right
    /// To an end.
    case home, end
    /// By a page.
    case pageUp, pageDown
    /// F1 and so on.
    case function(Int)
  }

  /// What was held down.
  public struct Modifiers: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// Modifiers of these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Shift; never told of characters, which are already what shift makes of them.
    public static let shift = Modifiers(rawValue: 1)
    /// Alt.
    public static let alt = Modifiers(rawValue: 2)
    /// Control.
    public static let control = Modifiers(rawValue: 4)
  }

  /// The key.
  public var key: Key

  /// What was held down.
  public var modifiers: Modifiers

  /// A key with what was held down with it.
  public init(_ key: Key, _ modifiers: Modifiers = []) {
    self.key = key
    self.modifiers = modifiers
  }
}

/// Something done with the mouse.
public struct MouseEvent: Hashable, Sendable {
  /// What was done.
  public enum Kind: Hashable, Sendable {
    /// The left button went down.
    case press
    /// The mouse moved with the left button down.
    case drag
    /// The left button went up.
    case release
    /// The wheel turned by one notch.
    case wheelUp, wheelDown
  }

  /// What was done.
  public var kind: Kind
  /// On which cell.
  public var point: Point
  /// What was held down.
  public var modifiers: KeyPress.Modifiers

  /// Something done with the mouse.
  public init(_ kind: Kind, at point: Point, _ modifiers: KeyPress.Modifiers = []) {
    self.kind = kind
    self.point = point
    self.modifiers = modifiers
  }
}
