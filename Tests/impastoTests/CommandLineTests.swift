import Foundation
import TestSupport
import Testing

@testable import impasto

/// Exit codes and messages, which scripts rely on.
@Suite struct CommandLineTests {
  private func withProgram(_ body: (Program, String) throws -> Void) throws {
    try withTemporaryFolder { try body(Program(home: "\($0)/home"), $0) }
  }

  @Test func `version and help succeed`() throws {
    try withProgram { program, _ in
      let version = try program.run("--version")
      #expect(version.code == 0 && version.output == "\(Impasto.version)\n")
      let help = try program.run("render", "--help")
      #expect(help.code == 0 && help.output.contains("EXAMPLES"))
    }
  }

  @Test(arguments: [
    ["frobnicate"], ["render"], ["render", "a", "b"], ["render", "-o", "x.png"],
    ["render", "a", "-o", "x.png"], ["render", "a", "b", "-o", "x.gif"],
    ["render", "a", "b", "-o", "x.png", "--size", "many"],
    ["render", "a", "b", "-o", "x.png", "--preset", "none"],
    ["render", "a", "b", "-o", "x.png", "--threads", "0"],
    ["bench", "--iterations", "0"], ["models", "install", "../x"],
  ])
  func `usage errors are one line, a hint and 64`(arguments: [String]) throws {
    try withProgram { program, _ in
      let result = try program.start(arguments).wait()
      #expect(result.code == 64, "\(result.errors)")
      #expect(result.errorLines.first?.hasPrefix("impasto: error: ") == true)
      #expect(result.errorLines.count <= 2)
      #expect(result.output.isEmpty)
    }
  }

  @Test func `a missing picture is 66 and names the file`() throws {
    try withProgram { program, folder in
      let result = try program.run(
        "render", "\(folder)/none.png", "\(folder)/none.jpg", "-o", "\(folder)/out.png")
      #expect(result.code == 66)
      #expect(result.errors == "impasto: error: \(folder)/none.png: no such file\n")
    }
  }

  @Test func `what is no picture is 65 and control characters do not reach the terminal`() throws {
    try withProgram { program, folder in
      let evil = "\(folder)/a\u{1B}[31m.png"
      try Data("no picture".utf8).write(to: URL(fileURLWithPath: evil))
      for path in [evil, folder, "/dev/null"] {
        let result = try program.run("render", path, path, "-o", "\(folder)/out.png")
        #expect(result.code == 65, "\(result.errors)")
        #expect(result.errorLines.count == 1 && !result.errors.contains("\u{1B}"))
      }
    }
  }

  @Test func `an output that cannot be is 73 before any work is done`() throws {
    try withProgram { program, folder in
      let result = try program.run("render", "a.png", "b.png", "-o", "\(folder)/none/out.png")
      #expect(result.code == 73)
      #expect(result.errors.contains("\(folder)/none/out.png: cannot be created"))
    }
  }

  @Test func `a model that can only be imported is 69 and says how`() throws {
    try withProgram { program, _ in
      let result = try program.run("models", "install", "vgg19")
      #expect(result.code == 69)
      #expect(result.errorLines.count == 2 && result.errors.contains("hint: "))
    }
  }

  @Test func `models and folders are listed without creating anything`() throws {
    try withProgram { program, folder in
      #expect(try program.run("models", "list").output.contains("vgg16"))
      #expect(try program.run("models", "path").output == "\(folder)/home/models\n")
      let report = try program.run("doctor", "--json")
      let object = try JSONSerialization.jsonObject(with: Data(report.output.utf8))
      #expect((object as? [String: Any])?["blasCore"] is String)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/home"))
    }
  }

  @Test func `a recipe with an unknown key is 65`() throws {
    try withProgram { program, folder in
      try Data("sizes: 3".utf8).write(to: URL(fileURLWithPath: "\(folder)/r.yaml"))
      let result = try program.run(
        "render", "--recipe", "\(folder)/r.yaml", "-o", "\(folder)/o.png")
      #expect(result.code == 65)
      #expect(
        result.errors == "impasto: error: \(folder)/r.yaml: not a recipe: unknown key 'sizes'\n")
    }
  }
}
