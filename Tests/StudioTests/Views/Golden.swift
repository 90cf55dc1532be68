import Foundation
import Testing

/// Texts recorded in `Fixtures/Views`; `UPDATE_GOLDENS=1 swift test` records them anew.
enum Golden {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/Views")

  /// Compares a text with the recorded one.
  static func expect(
    _ text: String, matches name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appendingPathComponent("\(name).txt")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return
    }
    let recorded = try String(contentsOf: file, encoding: .utf8)
    guard recorded != text else { return }
    let lines = recorded.split(separator: "\n", omittingEmptySubsequences: false)
    let found = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(lines, found).prefix { $0 == $1 }.count
    Issue.record(
      """
      \(name) differs from line \(line + 1) on:
      recorded: \(line < lines.count ? lines[line] : "(nothing)")
      drawn:    \(line < found.count ? found[line] : "(nothing)")
      """, sourceLocation: sourceLocation)
  }
}
