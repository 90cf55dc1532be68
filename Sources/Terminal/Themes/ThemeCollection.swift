import Files
import Foundation

/// All themes there are to choose from, and what was wrong with others.
public struct ThemeCollection: Equatable, Sendable {
  /// By name; never empty, since `Theme.standard` needs no file.
  public let themes: [Theme]

  /// The files that were left out.
  public let problems: [ThemeError]

  /// More files than anybody chooses from.
  private static let limit = 1000

  /// Reads every `.yaml` file of some folders.
  ///
  /// Of two themes with the same slug the later folder's wins. A folder that is not there is none.
  public init(folders: [String]) {
    var themes = [Theme.standard.slug: Theme.standard]
    var problems: [ThemeError] = []
    for folder in folders {
      for path in Self.files(in: folder, &problems) {
        do throws(ThemeError) {
          let theme = try Theme(path: path)
          themes[theme.slug] = theme
        } catch {
          problems.append(error)
        }
      }
    }
    self.themes = themes.values.sorted {
      ($0.name.lowercased(), $0.slug) < ($1.name.lowercased(), $1.slug)
    }
    self.problems = problems
  }

  /// The place in `themes` of the one that somebody names by slug or by name.
  public func index(of name: String) -> Int? {
    let slug = Theme.slug(name)
    return themes.firstIndex { $0.slug == slug }
      ?? themes.firstIndex { Theme.slug($0.name) == slug }
  }

  private static func files(in folder: String, _ problems: inout [ThemeError]) -> [String] {
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasPrefix(".") }
        .sorted().prefix(limit).map { "\(folder)/\($0)" }
    } catch {
      problems.append(.folder(path: folder, reason: error.localizedDescription))
      return []
    }
  }
}
