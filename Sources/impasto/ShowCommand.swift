import ArgumentParser
import Foundation
import Pictures
import Terminal

/// `impasto show`: pictures in the terminal.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print pictures in the terminal, in the best way it knows.")

  @Argument(help: "The pictures.", completion: .file())
  var pictures: [String]

  @Option(help: "How pictures are shown.")
  var graphics: StudioCommand.GraphicsOption?

  func run() throws {
    let printer = try TerminalPrinter(
      graphics ?? Configuration.load().configuration.graphics)
    for path in pictures {
      let picture = try PictureDecoder.decode(path)
      if pictures.count > 1 { print(path.printable) }
      try printer.print(picture)
    }
  }
}

/// Prints pictures where standard output is a terminal.
struct TerminalPrinter {
  private let traits: TerminalTraits
  private let window: Size

  /// Asks the terminal what it can do.
  ///
  /// - Throws: A `Failure` where standard output is no terminal.
  init(_ graphics: StudioCommand.GraphicsOption) throws {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1 else {
      throw Failure(
        "standard output is no terminal", hint: "run it in a terminal", code: .unavailable)
    }
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    window =
      isKnown
      ? Size(columns: Int(size.ws_col), rows: Int(size.ws_row)) : Size(columns: 80, rows: 24)
    let environment = ProcessInfo.processInfo.environment
    let asked = graphics.graphics
    let given = TerminalTraits(environment: environment)
    guard (try? Console.requireTerminal(environment: environment)) != nil else {
      // Nobody answers there; text is all that certainly works.
      var plain = given
      plain.graphics = asked ?? (given.glyphs == .ascii ? .ascii : .symbols)
      traits = plain
      return
    }
    traits =
      TerminalProbe.traits(
        startingFrom: given, asked: asked, tty: STDOUT_FILENO, environment: environment
      ).0
  }

  func print(_ picture: Picture) throws {
    try FileHandle.standardOutput.write(
      contentsOf: Data(PrintedPicture.bytes(of: picture, in: window, traits: traits)))
  }
}
