import Glibc
internal import CTerminal

/// The terminal as the studio uses it: events in, surfaces out.
///
/// It belongs to the main thread.
///
/// ncurses writes the cells; keys are read here, since ncurses would neither tell Escape from the beginning
/// of a late reply nor know of pastes.
public final class Console {
  /// What the terminal can do.
  public internal(set) var traits: TerminalTraits
  /// The window's extent.
  public internal(set) var size: Size
  /// How the traits were found out.
  public let report: TerminalReport
  /// Ends a wait in ``events(waitingAtMost:)`` from any thread.
  public let waker: ConsoleWaker

  let device: TerminalDevice
  let environment: [String: String]
  /// The traits before anybody asked for others.
  let detected: TerminalTraits
  /// Where signals arrive.
  let signals: Int32
  var parser = InputParser()
  /// When input was last read, or its absence last told to the parser.
  var lastInput = ContinuousClock.now
  /// Events to be told at once.
  var queued: [ConsoleEvent] = []
  /// The terminal does not answer any more.
  var isGone = false
  private var isOpen = true

  let stage: PictureStage
  var screen: ScreenPainter

  /// Takes the terminal that standard input and output are.
  ///
  /// ``close()`` gives it back, and so do the end of the process and a crash.
  public static func open(
    _ options: ConsoleOptions = ConsoleOptions(), environment: [String: String]
  ) throws(ConsoleError) -> Console {
    try Console(options, environment: environment)
  }

  private init(_ options: ConsoleOptions, environment: [String: String]) throws(ConsoleError) {
    device = try TerminalDevice(options.device)
    let type = try Self.terminalType(environment)
    waker = try ConsoleWaker()
    self.environment = environment
    let isUTF8 = terminal_use_locale(TerminalTraits.wantsUTF8(environment))
    let code = terminal_modes_save(device.descriptor)
    guard code == 0 else { throw .device(path: device.path, code: code) }
    signals = terminal_signals_open()
    guard signals >= 0 else { throw .device(path: device.path, code: errno) }

    var traits = TerminalTraits(environment: environment)
    if !isUTF8 { traits.glyphs = .ascii }
    (traits, report) = TerminalProbe.traits(
      startingFrom: traits, asked: options.graphics, tty: device.descriptor,
      environment: environment)
    if !isUTF8 { traits.restrictToASCII() }
    do {
      try Self.openScreen(type: type, device: device, traits: &traits, environment: environment)
    } catch {
      terminal_signals_close()
      throw error
    }
    self.traits = traits
    detected = traits
    let waker = waker
    stage = PictureStage { waker.wake() }
    let window = device.window
    size = Size(columns: Int(window.columns), rows: Int(window.rows))
    screen = ScreenPainter(size: size, traits: traits)
    enter()
  }

  /// Throws what ``open(_:environment:)`` would throw at once, and leaves the terminal alone.
  public static func requireTerminal(environment: [String: String]) throws(ConsoleError) {
    _ = try TerminalDevice(nil)
    _ = try terminalType(environment)
  }

  private static func terminalType(_ environment: [String: String]) throws(ConsoleError) -> String {
    let type = environment["TERM"] ?? ""
    guard !type.isEmpty, type != "dumb" else { throw .incapable(type: type) }
    return type
  }

  deinit { close() }

  /// Gives the terminal back as it was; once is enough.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    leave()
    terminal_screen_close()
    terminal_modes_restore(device.descriptor)
    terminal_signals_close()
  }

  /// Draws pictures in another way from now on; nil returns to how it was at first.
  public func useGraphics(_ graphics: TerminalTraits.Graphics?) {
    device.write(stage.farewell)
    traits.graphics = graphics ?? detected.graphics
    traits.graphicsReason = graphics == nil ? detected.graphicsReason : "asked for"
    if traits.glyphs == .ascii { traits.restrictToASCII() }
    redraw()
  }

  /// Has the next ``show(_:)`` draw everything, whatever is on the screen.
  public func redraw() {
    stage.forgetTransmissions()
    screen.forget()
  }

  /// Has ncurses take the screen, with all of sRGB if the terminal has it.
  private static func openScreen(
    type: String, device: TerminalDevice, traits: inout TerminalTraits,
    environment: [String: String]
  ) throws(ConsoleError) {
    var isOpen = false
    if traits.colors == .direct,
      let entry = TerminfoEntry.find(type, environment: environment)?.withDirectColor?
        .environmentValue
    {
      // ncurses reads the process's environment; programs we start shall not.
      setenv("TERMINFO", entry, 1)
      isOpen = terminal_screen_open(type, device.descriptor) == nil
      if let before = environment["TERMINFO"] {
        setenv("TERMINFO", before, 1)
      } else {
        unsetenv("TERMINFO")
      }
    }
    if !isOpen, terminal_screen_open(type, device.descriptor) != nil { throw .unknownType(type) }
    switch Int(terminal_screen_colors()) {
    case (Int(TerminfoEntry.firstIndexed) + 256)...: break
    case 256...: traits.colors = min(traits.colors, .indexed)
    case 8...: traits.colors = min(traits.colors, .sixteen)
    default: traits.colors = .none
    }
  }
}

extension TerminalTraits {
  /// Without UTF-8, ncurses must not be handed any other character.
  fileprivate mutating func restrictToASCII() {
    glyphs = .ascii
    if graphics == .symbols || graphics == .kitty {
      graphics = .ascii
      graphicsReason = "no UTF-8"
    }
  }
}
