/// What happened at the terminal, or to the process.
public enum ConsoleEvent: Equatable, Sendable {
  /// A person did something.
  case input(InputEvent)
  /// The window has a new extent; of a cell's pixels only what is plausible is told.
  case resized(Size, TerminalTraits.CellPixels?)
  /// The process was asked to end, or the terminal is gone (`SIGHUP`). It comes once for each signal.
  case terminationRequested(signal: Int32)
  /// The process goes on after it was stopped; the next frame is drawn anew.
  case resumed
  /// Somebody called ``ConsoleWaker/wake()``.
  case woken
}
