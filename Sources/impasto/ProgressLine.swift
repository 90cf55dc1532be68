import Files
import Foundation

/// One line on stderr that is written over again and again; nothing when stderr is no terminal.
struct ProgressLine: Sendable {
  private let isVisible: Bool

  init(quiet: Bool = false) {
    isVisible = !quiet && isatty(STDERR_FILENO) == 1
  }

  /// Replaces the line, cut to the terminal's width.
  func show(_ text: String) {
    guard isVisible else { return }
    var window = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &window) == 0 && window.ws_col > 0
    let columns = isKnown ? Int(window.ws_col) : 80
    write("\r\u{1B}[K\(text.printable.prefix(columns - 1))")
  }

  /// Removes the line.
  func clear() {
    if isVisible { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
