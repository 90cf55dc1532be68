import Files
import Foundation

/// Asks the terminal what it is, before anything is drawn.
public enum TerminalProbe {
  /// How long an answer may take; a terminal that says nothing costs no more.
  static let patience = Duration.milliseconds(220)

  /// Asks, and decides how pictures reach the screen.
  ///
  /// The terminal is in raw mode meanwhile, and then as before. Replies that come later are left for the
  /// parser of input to drop; keys pressed meanwhile are lost.
  ///
  /// - Parameters:
  ///   - traits: what the environment says.
  ///   - asked: the graphics that the user wants; nil for the best.
  ///   - tty: the terminal, open for reading and writing; anything else is not asked.
  ///   - environment: the variables.
  public static func traits(
    startingFrom traits: TerminalTraits, asked: TerminalTraits.Graphics?, tty: Int32,
    environment: [String: String]
  ) -> (TerminalTraits, TerminalReport) {
    let start = ContinuousClock.now
    var evidence = GraphicsChoice.Evidence(environment: environment)
    evidence.replies = ProbeReplies(
      exchange(ProbeQueries.bytes(environment: environment), over: tty))
    evidence.window = window(tty)
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    if ProbeQueries.isInsideTmux(environment) {
      evidence.tmux = TmuxState.current(environment: environment, within: .milliseconds(60))
    }
    return decide(evidence, traits, asked: asked, milliseconds: milliseconds)
  }

  /// What follows from what is known.
  static func decide(
    _ evidence: GraphicsChoice.Evidence, _ given: TerminalTraits,
    asked: TerminalTraits.Graphics?, milliseconds: Double = 0
  ) -> (TerminalTraits, TerminalReport) {
    var traits = given
    let replies = evidence.replies
    traits.name = replies.name
    traits.isInsideTmux = ProbeQueries.isInsideTmux(evidence.environment)
    traits.isSynchronized = replies.isSynchronized
    traits.background = replies.background
    traits.pictureLimit = replies.sixelLimit.flatMap { $0.width > 0 && $0.height > 0 ? $0 : nil }
    // What tmux says of pixels is made up.
    let cell = traits.isInsideTmux ? nil : evidence.window.cell(replies)
    traits.cell = cell ?? TerminalTraits().cell
    // COLORTERM does not travel over ssh, but the name does.
    if traits.colors != .none, let name = replies.name, TerminalVersion(name).hasDirectColors {
      traits.colors = .direct
    }
    let choice = GraphicsChoice(evidence, traits: traits, asked: asked)
    traits.graphics = choice.graphics
    traits.graphicsReason = choice.reason
    let report = TerminalReport(
      term: evidence.environment["TERM"]?.printable, name: replies.name,
      deviceAttributes: replies.attributes, understandsKittyGraphics: replies.hasKittyGraphics,
      sixelColors: replies.sixelColors, sixelLimit: traits.pictureLimit.map { .init($0) },
      isSynchronized: traits.isSynchronized, background: replies.background?.hex,
      window: .init(width: evidence.window.columns, height: evidence.window.rows),
      cell: .init(traits.cell), isCellGuessed: cell == nil, colors: "\(traits.colors)",
      glyphs: "\(traits.glyphs)", graphics: choice.graphics.rawValue, reason: choice.reason,
      hint: choice.hint, milliseconds: milliseconds)
    return (traits, report)
  }

  /// Writes queries and reads until the last one is answered or time is up.
  private static func exchange(_ queries: [UInt8], over tty: Int32) -> [UInt8] {
    var saved = termios()
    guard tcgetattr(tty, &saved) == 0 else { return [] }
    var raw = saved
    cfmakeraw(&raw)
    guard tcsetattr(tty, TCSANOW, &raw) == 0 else { return [] }
    defer {
      while tcsetattr(tty, TCSANOW, &saved) != 0 && errno == EINTR {}
    }
    guard send(queries, to: tty) else { return [] }
    return TerminalInput.read(tty, within: patience) { ProbeReplies($0).attributes != nil }
  }

  /// Writes all bytes, unless the terminal has been stopped.
  private static func send(_ bytes: [UInt8], to tty: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      var waiting = pollfd(fd: tty, events: Int16(POLLOUT), revents: 0)
      guard poll(&waiting, 1, 50) > 0, waiting.revents & Int16(POLLOUT) != 0 else { return false }
      let count = rest.withUnsafeBytes { write(tty, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR && errno != EAGAIN { return false }
      rest = rest.dropFirst(max(0, count))
    }
    return true
  }

  private static func window(_ tty: Int32) -> WindowExtent {
    var size = winsize()
    guard ioctl(tty, UInt(TIOCGWINSZ), &size) == 0 else { return WindowExtent() }
    return WindowExtent(
      columns: Int(size.ws_col), rows: Int(size.ws_row), width: Int(size.ws_xpixel),
      height: Int(size.ws_ypixel))
  }
}

extension Color {
  /// `#RRGGBB`; nil for what is not sRGB.
  fileprivate var hex: String? {
    guard case .rgb(let red, let green, let blue) = self else { return nil }
    return "#"
      + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
