import Foundation
import Recipes
import Studio
import TestSupport
import Testing

@testable import impasto

@Suite struct ConfigurationTests {
  /// What a file and an environment make.
  private func load(
    _ text: String, environment: [String: String] = [:]
  ) throws -> (configuration: Configuration, problems: [String]) {
    try withTemporaryFolder { folder in
      let folders = Folders(environment: ["IMPASTO_HOME": folder])
      try Data(text.utf8).write(to: URL(fileURLWithPath: folders.configuration))
      let (configuration, problems) = Configuration.load(folders, environment: environment)
      return (configuration, problems.map { $0.line.replacing("\(folder)/", with: "") })
    }
  }

  @Test func `what the file says applies, what the environment says comes before it`() throws {
    let text = "theme: nocturne\nsize: 256\nthreads: 3\ngraphics: sixel\npreset: balanced\n"
    let (file, problems) = try load(text)
    #expect(problems.isEmpty)
    #expect(file.theme == "nocturne" && file.threads == 3 && file.graphics == .sixel)
    #expect(file.recipe.size == 256)
    #expect(try file.recipe.tvWeight == Preset.named("balanced").recipe.tvWeight)
    let (both, _) = try load(
      text, environment: ["IMPASTO_SIZE": "128", "IMPASTO_CHECKPOINT_EVERY": "30"])
    #expect(both.size == 128 && both.checkpointEvery == 30 && both.theme == "nocturne")
  }

  @Test func `what makes no sense is told with its line, and the rest applies`() throws {
    let (configuration, problems) = try load(
      """
      # a comment
      size: huge
      graphisc: sixel
      threads: 2
      preset: balancd
      keys:
        save: [s, Ctrl-S]
        quti: x
        open: Banana
        explore: [[a]]
      """, environment: ["IMPASTO_GRAPHICS": "tektronix"])
    #expect(configuration.threads == 2)
    #expect(configuration.keymap.labels(of: "save") == ["s", "Ctrl-S"])
    #expect(
      problems == [
        "config.yaml:2: size: it must be a whole number from 16 to 16384",
        "config.yaml:3: unknown key 'graphisc'; did you mean graphics?",
        "config.yaml:5: preset: 'balancd' is none of "
          + "\(Preset.all.map(\.name).joined(separator: ", ")); did you mean balanced?",
        "config.yaml:8: quti: there is no action 'quti'; did you mean quit?",
        "config.yaml:9: open: 'Banana' is no key; keys are like x, Ctrl-S, F5, Space or PgUp",
        "config.yaml:10: explore: it must be a key or a list of keys",
        "IMPASTO_GRAPHICS: 'tektronix' is none of auto, kitty, sixel, iterm, symbols, ascii",
      ])
  }

  @Test(arguments: [
    "", "# nothing\n", "theme:\n", "[]", "- a\n- b\n", "{", "a: [\n b: c: d", "\u{0}",
    "size: &a [*a]",
    "keys: 3", "keys:\n  save: {a: b}\n", "? [a]\n: b\n", "size: 99999999999999999999999",
  ])
  func `no file keeps the studio from opening`(text: String) throws {
    let (configuration, _) = try load(text)
    #expect(configuration == Configuration())
  }

  @Test func `bytes that are no text, a folder, and truncated files are told`() throws {
    try withTemporaryFolder { folder in
      let folders = Folders(environment: ["IMPASTO_HOME": folder])
      func problems() -> Int { Configuration.load(folders, environment: [:]).problems.count }
      #expect(problems() == 0, "no file")
      try FileManager.default.createDirectory(
        atPath: folders.configuration, withIntermediateDirectories: true)
      #expect(problems() == 1)
      try FileManager.default.removeItem(atPath: folders.configuration)
      try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: folders.configuration))
      #expect(problems() == 1)
    }
    let whole = ConfigurationFile.commentedDefault.replacing("\n# ", with: "\n")
    for length in stride(from: 0, to: whole.count, by: 7) {
      _ = try load(String(whole.prefix(length)))
    }
  }

  @Test func `the commented default says nothing, and everything when its comments are lifted`()
    throws
  {
    let text = ConfigurationFile.commentedDefault
    #expect(try load(text).configuration == Configuration())
    let lines = text.split(separator: "\n").filter { line in
      Configuration.Entry.all.contains { line.hasPrefix("# \($0.name): ") }
    }
    #expect(lines.count == Configuration.Entry.all.count)
    let lifted = lines.map { $0.dropFirst(2) }.joined(separator: "\n")
    let (configuration, problems) = try load(lifted)
    #expect(problems.isEmpty)
    #expect(configuration.size == 512 && configuration.keymap.labels(of: "quit") == ["Q"])
    #expect(configuration.pictures?.hasSuffix("/Pictures") == true)
  }

  @Test func `config writes, shows and checks`() throws {
    try withTemporaryFolder { folder in
      let program = Program(home: folder)
      #expect(try program.run("config", "check").code == 0)
      let made = try program.run("config", "init")
      #expect(made.code == 0 && made.output == "\(folder)/config.yaml\n")
      let again = try program.run("config", "init")
      #expect(again.code == 73 && again.errorLines.count == 2)
      #expect(try program.run("config", "path").output == made.output)

      let shown = try program.run(
        "config", environment: ["IMPASTO_SIZE": "333", "IMPASTO_THEME": "nocturne"])
      #expect(shown.output.contains("size: 333\n") && shown.output.contains("theme: nocturne\n"))
      let checked = try program.run("config", "check", environment: ["IMPASTO_THEME": "noctrune"])
      #expect(checked.code == 65)
      #expect(checked.output.contains("there is no theme 'noctrune'; did you mean nocturne?"))

      let edited = try program.run(
        "config", "edit",
        environment: ["VISUAL": "", "EDITOR": "sh -c 'echo \"threads: 1\" > \"$1\"' sh"])
      #expect(edited.code == 0, "\(edited.errors)")
      #expect(try program.run("config", "show").output.contains("threads: 1\n"))
      #expect(try program.run("config", "edit", environment: ["VISUAL": "false"]).code == 69)
      #expect(try program.run("config", "keys").output.contains("save"))
    }
  }

  @Test func `a configured size and preset are where a render starts from`() throws {
    try withThinModel { program, folder in
      try Data("size: 40\npreset: balanced\n".utf8).write(
        to: URL(fileURLWithPath: "\(program.home)/config.yaml"))
      let result = try program.run(
        "render", "\(folder)/photo.png", "\(folder)/painting.jpg", "-o", "\(folder)/o.png",
        "--model", "thin", "--iterations", "0", "--json")
      #expect(result.code == 0, "\(result.errors)")
      #expect(try events(result.output).last?["width"] as? Int == 40)
      let given = try program.run(
        "render", "\(folder)/photo.png", "\(folder)/painting.jpg", "-o", "\(folder)/o.png",
        "--model", "thin", "--iterations", "0", "--size", "48", "--json")
      #expect(try events(given.output).last?["width"] as? Int == 48)
    }
  }

  @Test func `themes are listed with their contrast`() throws {
    try withTemporaryFolder { folder in
      let program = Program(home: folder)
      let themes = try events(program.run("themes", "--json").output)
      #expect(themes.count == 10)
      for theme in themes { #expect(try #require(theme["text"] as? Double) >= 4.5) }
      try FileManager.default.createDirectory(
        atPath: "\(folder)/themes", withIntermediateDirectories: true)
      try Data("name: broken\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/themes/b.yaml"))
      let listed = try program.run("themes")
      #expect(listed.code == 0 && listed.errorLines.count == 1)
      #expect(listed.errors.contains("b.yaml: base00 is missing"))
    }
  }

  @Test func `the nearest word is found, and none when nothing is near`() {
    let words = ["graphics", "theme", "threads"]
    #expect("grafics".nearest(among: words) == "graphics")
    #expect("Theme".nearest(among: words) == "theme")
    #expect("thread".nearest(among: words) == "threads")
    #expect("zebra".nearest(among: words) == nil)
    #expect("".nearest(among: []) == nil)
  }
}
