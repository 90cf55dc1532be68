import Foundation
import TestSupport
import Testing

/// Charts of a render's losses, and its result in the terminal.
@Suite struct LossCurvesTests {
  private func render(_ program: Program, _ folder: String, _ arguments: String...) throws
    -> Program.Result
  {
    try program.start(
      [
        "render", "\(folder)/photo.png", "\(folder)/painting.jpg", "-o", "\(folder)/o.png",
        "--model", "thin", "--size", "48", "--first-size", "32", "--iterations", "9",
      ] + arguments
    ).wait()
  }

  @Test func `a table holds what --json tells`() throws {
    try withThinModel { program, folder in
      let path = "\(folder)/losses.csv"
      let result = try render(program, folder, "--chart", path, "--json")
      #expect(result.code == 0, "\(result.errors)")
      let told = try events(result.output).filter { $0["event"] as? String == "iteration" }
      let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        .map { $0.split(separator: ",").map(String.init) }
      #expect(rows.count == told.count + 1)
      #expect(rows[0].prefix(4) == ["iteration", "scale", "seconds", "total"])
      for (row, event) in zip(rows.dropFirst(), told) {
        #expect(row.count == rows[0].count)
        #expect(Int(row[0]) == event["iteration"] as? Int)
        let (written, total) = try (
          #require(Double(row[3])), #require(event["total"] as? Double)
        )
        #expect(abs(written - total) < 1e-12)
      }
    }
  }

  @Test func `a drawing is an SVG or a PNG file, as its name says`() throws {
    try withThinModel { program, folder in
      for (name, start) in [("losses.svg", "<?xml"), ("losses.png", "\u{89}PNG")] {
        let path = "\(folder)/\(name)"
        #expect(try render(program, folder, "--chart", path, "--quiet").code == 0)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(bytes.starts(with: start.unicodeScalars.map { UInt8($0.value) }), "\(name)")
      }
    }
  }

  @Test func `what cannot be charted or shown is said before the work`() throws {
    try withThinModel { program, folder in
      let badName = try render(program, folder, "--chart", "\(folder)/losses.gif")
      #expect(badName.code == 64 && badName.errorLines.count == 2)
      let noFolder = try render(program, folder, "--chart", "\(folder)/none/losses.svg")
      #expect(noFolder.code == 73)
      let noTerminal = try render(program, folder, "--show")
      #expect(noTerminal.code == 69)
      #expect(try render(program, folder, "--show", "--json").code == 64)
      #expect(try program.run("show", "\(folder)/photo.png").code == 69)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/o.png"))
    }
  }
}
