import Favorites
import Files
import Foundation
import Recipes
import Studio

/// A favorite as the command line tells of it.
struct FavoriteReport: Encodable {
  private struct Source: Encodable {
    let role: String
    let path: String
    let sha256: String?
  }

  private let id: String
  private let created: String
  private let removed: String?
  private let title: String
  private let note: String
  private let rating: Int
  private let tags: [String]
  private let picture: String
  private let width: Int
  private let height: Int
  private let iterations: Int?
  private let seconds: Double?
  private let total: Double?
  private let content: Double?
  private let style: Double?
  private let tv: Double?
  private let metrics: [String: Double]
  private let sources: [Source]
  private let parent: String?
  private let parentIterate: Int?
  private let recipe: Recipe?

  /// A report; its recipe takes most of the room.
  init(_ favorite: Favorite, complete: Bool = false) {
    let origin = favorite.origin
    id = favorite.id.uuidString.lowercased()
    created = Self.time(favorite.created)
    removed = favorite.removed.map(Self.time)
    title = favorite.annotation.title
    note = favorite.annotation.note
    rating = favorite.annotation.rating
    tags = favorite.annotation.tags
    picture = favorite.picturePath
    width = favorite.width
    height = favorite.height
    iterations = origin.iterations
    seconds = origin.seconds
    total = origin.losses?.total
    content = origin.losses?.content
    style = origin.losses?.style
    tv = origin.losses?.tv
    metrics = origin.metrics
    sources = origin.sources.map {
      Source(role: $0.role.rawValue, path: $0.path, sha256: $0.sha256)
    }
    parent = origin.lineage?.parent?.uuidString.lowercased()
    parentIterate = origin.lineage?.iterate
    recipe = complete ? origin.recipe : nil
  }

  /// Prints it for people.
  func show() throws {
    func row(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { print(name.padded(to: 12) + value.printable) }
    }
    row("id", id)
    row("title", title)
    row("rating", rating > 0 ? Format.stars(rating) : nil)
    row("tags", tags.joined(separator: ", "))
    row("kept", created)
    row("removed", removed)
    row("picture", "\(picture), \(width)×\(height)")
    for source in sources { row(source.role, source.path) }
    row("iterations", iterations.map { "\($0)" })
    row("took", seconds.map(Format.duration))
    row("loss", total.map { Format.significant($0) })
    for (name, value) in metrics.sorted(by: { $0.key < $1.key }) {
      row(name, Format.significant(value))
    }
    row("from", parent.map { id in parentIterate.map { "\(id), iterate \($0)" } ?? id })
    if !note.isEmpty { Self.printLines("\n\(note)") }
    if let recipe { Self.printLines("\n\(try RecipeFile.text(of: recipe))") }
  }

  private static func printLines(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      print(String(line).printable)
    }
  }

  /// Tells on stderr which pictures were not taken in.
  static func showRefused(_ refused: [(path: String, error: FavoriteError)]) {
    for (path, error) in refused { Warning.show("\(path): \(error)") }
  }

  private static func time(_ date: Date) -> String {
    date.formatted(.iso8601)
  }
}

extension Format {
  /// Stars of five, such as `★★★··`.
  static func stars(_ rating: Int) -> String {
    String(repeating: "★", count: rating) + String(repeating: "·", count: 5 - rating)
  }

  /// A time to the minute, as the clock here shows it.
  static func minute(_ date: Date) -> String {
    var seconds = time_t(date.timeIntervalSince1970)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return String(
      format: "%04d-%02d-%02d %02d:%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
      parts.tm_hour, parts.tm_min)
  }
}
