/// What the user asks of the terminal.
public struct ConsoleOptions: Equatable, Sendable {
  /// How pictures are to reach the screen; nil leaves it to what the terminal can do.
  public var graphics: TerminalTraits.Graphics?

  /// The device; nil for the terminal that standard input and output are.
  public var device: String?

  /// Options; by default everything is left to the terminal.
  public init(graphics: TerminalTraits.Graphics? = nil, device: String? = nil) {
    self.graphics = graphics
    self.device = device
  }
}
