import Files
import Foundation
import Recipes

extension Favorite.Source {
  /// The name of the file.
  public var name: String { (path as NSString).lastPathComponent }

  /// The pictures that a recipe names, with the hashes of those that can be read; reads them whole.
  public static func all(of recipe: Recipe) -> [Favorite.Source] {
    all(of: recipe) { path in
      (try? FileBytes.read(path, limit: largestFile)).map(SHA256.hexadecimal)
    }
  }

  /// The pictures that a recipe names, with the hashes that `hash` has for their paths.
  public static func all<E: Error>(
    of recipe: Recipe, hash: (_ path: String) throws(E) -> String?
  ) throws(E) -> [Favorite.Source] {
    var sources: [Favorite.Source] = []
    func add(_ role: Role, _ path: String?) throws(E) {
      guard let path else { return }
      sources.append(Self(role: role, path: path, sha256: try hash(path)))
    }
    try add(.content, recipe.content)
    for style in recipe.styles {
      try add(.style, style.picture)
      try add(.mask, style.mask)
    }
    try add(.mask, recipe.protect)
    return sources
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
