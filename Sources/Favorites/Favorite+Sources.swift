import Files
import Foundation
import Recipes

extension Favorite.Source {
  /// The name of the file.
  public var name: String { (path as NSString).lastPathComponent }

  /// The pictures that a recipe names, with the hashes of those that can be read; reads them whole.
  public static func all(of recipe: Recipe) -> [Favorite.Source] {
    var sources = recipe.styles.map { Self(hashing: $0.picture, role: .style) }
    if let content = recipe.content {
      sources.insert(Self(hashing: content, role: .content), at: 0)
    }
    return sources
  }

  private init(hashing path: String, role: Role) {
    let bytes = try? FileBytes.read(path, limit: Self.largestFile)
    self.init(role: role, path: path, sha256: bytes.map(SHA256.hexadecimal))
  }

  /// Whether the file is there and no longer the one that was used.
  public var hasChanged: Bool {
    guard let sha256, let bytes = try? FileBytes.read(path, limit: Self.largestFile) else {
      return false
    }
    return SHA256.hexadecimal(of: bytes) != sha256
  }

  /// As large as a picture file may be.
  private static let largestFile = 1 << 30
}

extension Favorite.Annotation {
  /// This annotation within bounds: a title of one line, 0 to 5 stars, each tag once.
  var normalized: Favorite.Annotation {
    var seen: Set<String> = []
    let words = tags.map { Self.line($0, limit: 100) }
      .filter { !$0.isEmpty && seen.insert($0.lowercased()).inserted }
    return Favorite.Annotation(
      title: Self.line(title, limit: 500), note: String(note.prefix(20_000)),
      rating: min(max(rating, 0), 5),
      tags: words.prefix(100).sorted { $0.lowercased() < $1.lowercased() })
  }

  private static func line(_ text: String, limit: Int) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return String(line.trimmingCharacters(in: .whitespaces).prefix(limit))
  }
}
