import ArgumentParser
import Files
import Foundation
import Recipes
import Studio
import Terminal

/// The themes that come with the program and the user's own.
struct ThemeLibrary {
  let collection: ThemeCollection

  init(_ folders: Folders = Folders()) {
    collection = ThemeCollection(
      folders: [Installation.folder("themes"), "\(folders.config)/themes"].compactMap(\.self))
  }

  var slugs: [String] { collection.themes.map(\.slug) }

  /// The slug of the theme that somebody names; nil when there is none.
  func slug(of name: String?) -> String? {
    name.flatMap(collection.index).map { collection.themes[$0].slug }
  }

  /// Why a theme of the configuration cannot be had; nil when it can.
  func problem(with name: String) -> Configuration.Problem? {
    guard collection.index(of: name) == nil else { return nil }
    return .init(
      place: "theme", reason: "there is no theme '\(name)'",
      hint: name.nearest(among: slugs).map { "did you mean \($0)?" }
        ?? "'impasto themes' lists them")
  }
}

/// `impasto themes`: what there is, and how readable it is.
struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "themes",
    abstract: "List the themes and how readable they are.",
    discussion: """
      A theme is a base16 or base24 scheme in YAML. Any scheme of the tinted-theming collection works:
      put the file into the folder 'themes' beside the configuration ('impasto config path').
      """)

  @Flag(help: "Print one JSON object for each theme.")
  var json = false

  private struct Row: Encodable {
    let slug: String
    let name: String
    let variant: String
    /// The contrast of text and its background, 1 to 21 (WCAG 2).
    let text: Double
    /// The contrast of a selected row's text and background.
    let selection: Double
  }

  func run() throws {
    let collection = ThemeLibrary().collection
    for problem in collection.problems { Warning.show("\(problem)") }
    let rows = collection.themes.map { theme in
      Row(
        slug: theme.slug, name: theme.name, variant: theme.isDark ? "dark" : "light",
        text: theme.contrast(of: .text) ?? 1, selection: theme.contrast(of: .selection) ?? 1)
    }
    if json { return try rows.forEach(JSONLine.print) }
    let width = 2 + (rows.map(\.slug.count).max() ?? 0)
    for row in rows {
      let contrast = "text \(Format.number(row.text, 1)):1".padded(to: 14)
      print(
        row.slug.printable.padded(to: width) + row.variant.padded(to: 7) + contrast
          + "selection \(Format.number(row.selection, 1)):1")
    }
  }
}
