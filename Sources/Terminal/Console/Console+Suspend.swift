import Glibc
internal import CTerminal

/// Coming and going.
extension Console {
  /// What is switched on for as long as the screen is ours: button and drag reports in decimal, pastes in
  /// brackets.
  private static let modesOn = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h\u{1B}[?2004h"
  private static let modesOff =
    "\u{1B}[?2026l\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l\u{1B}[?2004l"
  /// What a crash writes, when ncurses cannot be asked.
  ///
  /// A string that was being written is ended first.
  private static let rescue =
    "\u{1B}\\" + modesOff + "\u{1B}[?1l\u{1B}>\u{1B}[0m\u{1B}[?25h\u{1B}[?1049l"

  /// Lets the shell have the terminal until it is told to go on; ``ConsoleEvent/resumed`` follows.
  public func suspend() {
    leave()
    terminal_stop()
    reenter()
    // The signal that woke us is no news any more.
    handleSignals(except: SIGCONT)
    queued.append(.resumed)
  }

  /// Takes the terminal again after somebody else had it, and perhaps set other modes.
  func reenter() {
    _ = terminal_modes_save(device.descriptor)
    enter()
  }

  /// Switches to our modes; the screen follows with the next update.
  func enter() {
    _ = terminal_modes_raw(device.descriptor)
    terminal_screen_keep_modes()
    let rescue = Array(Self.rescue.utf8)
    rescue.withUnsafeBytes {
      terminal_farewell_set($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
    }
    terminal_errors_hold()
    terminal_armed_set(true)
    device.write(Self.modesOn)
    parser = InputParser()
    redraw()
    checkSize()
  }

  /// Gives the screen back.
  func leave() {
    device.write(stage.farewell + Array(Self.modesOff.utf8))
    terminal_screen_pause()
    _ = terminal_modes_restore(device.descriptor)
    terminal_armed_set(false)
    terminal_errors_release()
  }

  /// Takes note of the window's extent and tells if it is new.
  func checkSize() {
    let window = device.window
    let now = Size(columns: Int(window.columns), rows: Int(window.rows))
    guard now != size else { return }
    size = now
    let pixels = Self.cellPixels(
      window, isMultiplexed: TerminalTraits.isMultiplexed(environment))
    if let pixels { traits.cell = pixels }
    terminal_screen_resize(Int32(now.columns), Int32(now.rows))
    screen.resize(now)
    stage.forgetTransmissions()
    queued.removeAll { if case .resized = $0 { true } else { false } }
    queued.append(.resized(now, pixels))
  }

  /// A cell's pixels; nil where they are unlikely to be true.
  static func cellPixels(
    _ window: terminal_window, isMultiplexed: Bool
  ) -> TerminalTraits.CellPixels? {
    guard !isMultiplexed, window.columns > 0, window.rows > 0 else { return nil }
    // xterm counts its border: rounding down takes it off again.
    let width = Int(window.width / window.columns)
    let height = Int(window.height / window.rows)
    guard (3...64).contains(width), (6...128).contains(height), height >= width,
      height <= 4 * width
    else { return nil }
    return TerminalTraits.CellPixels(width: width, height: height)
  }
}
