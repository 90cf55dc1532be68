import Foundation
import TestSupport
import Testing

@testable import Terminal

@Suite struct ThemeTests {
  private static let folder = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in
    url.deletingLastPathComponent()
  }.appendingPathComponent("themes").path

  static let own = ThemeCollection(folders: [folder])

  private static func scheme(_ changes: [String: String] = [:]) -> String {
    (0..<16).map { index in
      let key = "base" + String(format: "%02X", index)
      return "\(key): " + (changes[key] ?? "\"\(String(format: "%02x", index * 16))8040\"")
    }.joined(separator: "\n") + "\n"
  }

  private func error(_ yaml: String) -> ThemeError? {
    do throws(ThemeError) {
      _ = try Theme(yaml: yaml, path: "t.yaml")
      return nil
    } catch { return error }
  }

  @Test func `our schemes are complete and the standard one is that of its file`() {
    #expect(Self.own.problems.isEmpty)
    #expect(Self.own.themes.count == 10 && Self.own.themes.count(where: \.isDark) == 6)
    for name in ["Impasto Dark", "Impasto Light", "Impasto Contrast", "Plein Air"] {
      #expect(Self.own.index(of: name) != nil)
    }
    #expect(Self.own.index(of: "impasto-dark").map { Self.own.themes[$0] } == .standard)
  }

  @Test(arguments: own.themes)
  func `every text of our schemes can be read`(theme: Theme) throws {
    let least = theme.slug == "impasto-contrast" ? 7.0 : 4.5
    let texts: [Theme.Role] = [
      .text, .dim, .title, .focus, .selection, .mark, .status, .key, .changed, .fill, .success,
      .warning, .error, .dialog, .total, .content, .style, .tv,
    ]
    let dialog = theme.style(.dialog).background
    for role in texts {
      let style = theme.style(role)
      let contrast = try #require(style.foreground.contrast(with: style.background))
      #expect(contrast >= least, "\(role)")
      if role != .selection {
        #expect(try #require(style.foreground.contrast(with: dialog)) >= least, "\(role)")
      }
    }
    for role in [Theme.Role.border, .groove] {
      let style = theme.style(role)
      #expect(try #require(style.foreground.contrast(with: style.background)) >= 1.5, "\(role)")
    }
    let selection = theme.style(.selection).background
    #expect(try #require(selection.contrast(with: theme.style(.text).background)) >= 1.3)
  }

  @Test(arguments: own.themes)
  func `our schemes are legible as they are written, before anything is moved`(theme: Theme) throws
  {
    #expect(try #require(theme.palette[5].contrast(with: theme.palette[0])) >= 4.5)
    #expect(try #require(theme.contrast(of: .selection)) >= 4.5)
  }

  @Test func `a scheme too faint to read is made legible`() throws {
    let faint = Theme(
      name: "Faint", slug: "faint", isDark: true,
      palette: Array(repeating: Color(hex: 0x777777), count: 16))
    for role in Theme.Role.allCases where role != .border && role != .groove {
      let style = faint.style(role)
      #expect(try #require(style.foreground.contrast(with: style.background)) >= 4.4, "\(role)")
    }
  }

  @Test func `contrast is that of WCAG`() throws {
    #expect(Color(hex: 0xFFFFFF).contrast(with: Color(hex: 0)) == 21)
    let gray = try #require(Color(hex: 0x767676).contrast(with: Color(hex: 0xFFFFFF)))
    #expect(abs(gray - 4.54) < 0.01)
  }

  @Test func `old files and new ones are read`() throws {
    let old = try Theme(yaml: "scheme: Öld Schéme!\nauthor: me\n" + Self.scheme(), path: "")
    #expect(old.name == "Öld Schéme!" && old.slug == "old-scheme" && old.isDark)
    let new = try Theme(
      yaml: "system: base16\nname: New\nslug: n-1\nvariant: light\npalette:\n"
        + Self.scheme().split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"), path: "")
    #expect(new.slug == "n-1" && !new.isDark && new.palette.count == 24)
    #expect(new.palette[0x12] == new.palette[0x08])
  }

  @Test func `unquoted colors stay as they are spelled`() throws {
    let theme = try Theme(
      yaml: "name: n\n"
        + Self.scheme(
          [
            "base00": "000000", "base01": "0x1", "base02": "1e1000", "base03": "'#ABCDEF' # note",
          ].filter { $0.key != "base01" }), path: "")
    #expect(theme.palette[0] == Color(hex: 0))
    #expect(theme.palette[2] == Color(hex: 0x1E1000))
    #expect(theme.palette[3] == Color(hex: 0xABCDEF))
  }

  @Test func `what is wrong is said in a line that names the file`() {
    #expect(error(Self.scheme()) == .nameless(path: "t.yaml"))
    #expect(
      error("name: n\n" + Self.scheme(["base0A": "12345"]))
        == .badColor(path: "t.yaml", key: "base0A", value: "12345"))
    #expect(
      error("name: n\n" + Self.scheme().replacingOccurrences(of: "base05", with: "other"))
        == .missingColor(path: "t.yaml", key: "base05"))
    for text in [
      "", "- a\n", "a: [", "\u{0}", String(repeating: "[", count: 60_000), "name: n\npalette: 3\n",
      "a: &a [1]\n" + String(repeating: "b: *a\n", count: 20), "name: n\nname: m\n",
    ] {
      let found = error(text)
      #expect(found != nil)
      #expect(found?.description.hasPrefix("t.yaml: ") == true)
      #expect(found?.description.contains("\n") == false)
    }
    let bad = ThemeError.badColor(path: "a\u{1B}b", key: "base00", value: "\u{7}\n")
    #expect(bad.description.unicodeScalars.allSatisfy { $0.value >= 0x20 })
  }

  @Test func `the user's theme replaces ours of the same slug and bad files are told`() throws {
    try withTemporaryFolder { folder in
      func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
      try write("name: Mine\nslug: impasto-dark\n" + Self.scheme(), "a.yaml")
      try write("nothing", "b.yaml")
      try write(String(repeating: "#", count: 70_000), "c.yaml")
      try write("no theme", "readme.txt")
      let all = ThemeCollection(folders: [Self.folder, folder, "\(folder)/none"])
      #expect(all.themes.count == 10 && all.index(of: "Mine") != nil)
      #expect(all.index(of: "impasto-dark") == all.index(of: "Mine"))
      #expect(all.problems.count == 2)
    }
    #expect(ThemeCollection(folders: []).themes == [.standard])
  }

  @Test func `without colors there are none`() {
    for role in Theme.Role.allCases {
      let style = Theme.monochrome.style(role)
      #expect(style.foreground == .standard && style.background == .standard)
    }
    #expect(Theme.monochrome.curve(7) == Style())
  }
}
