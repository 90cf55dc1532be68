import Favorites
import Foundation
import Recipes
import Terminal

/// How the gallery words what it shows.
enum GalleryText {
  /// A favorite's title; without one, what it was made of.
  static func name(of favorite: Favorite) -> String {
    if !favorite.annotation.title.isEmpty { return favorite.annotation.title }
    let stems = favorite.origin.sources.map { ($0.name as NSString).deletingPathExtension }
    return stems.isEmpty ? shortName(of: favorite.id) : stems.joined(separator: " × ")
  }

  /// Enough of an id to tell it from others; `impasto favorites show` takes it.
  static func shortName(of id: UUID) -> String { String(id.uuidString.lowercased().prefix(8)) }

  /// A rating as five stars.
  static func stars(_ rating: Int) -> String {
    let rating = min(max(rating, 0), 5)
    return String(repeating: "★", count: rating) + String(repeating: "☆", count: 5 - rating)
  }

  /// A time as `2026-01-31 09:05`.
  static func time(_ date: Date, in zone: TimeZone) -> String {
    let seconds = date.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: date))
    return PickerText.date(
      Int64(exactly: min(max(seconds, -1e11), 1e11).rounded(.down)) ?? 0, withTime: true)
  }

  /// The weights of a recipe that count; none where nothing was optimized.
  static func weights(_ recipe: Recipe) -> [(name: String, value: String)] {
    guard recipe.method == .optimize else { return [] }
    var weights = [
      (name: "content", value: Format.significant(recipe.contentWeight, 3)),
      (name: "style", value: Format.significant(recipe.styleWeight, 3)),
    ]
    if recipe.tvWeight != 0 {
      weights.append((name: "smooth", value: Format.significant(recipe.tvWeight, 3)))
    }
    return weights
  }

  /// What the objective said at the end.
  static func losses(_ losses: Favorite.Losses) -> [(name: String, value: String)] {
    [
      ("loss", Readout.loss(losses.total)), ("content", Readout.loss(losses.content)),
      ("style", Readout.loss(losses.style)),
    ]
  }

  /// What a favorite was developed from.
  static func lineage(_ lineage: Favorite.Lineage) -> String {
    let parent = lineage.parent.map { "favorite \(shortName(of: $0))" }
    switch (lineage.iterate, parent) {
    case (let iterate?, let parent?): return "went on from iterate \(iterate) of \(parent)"
    case (let iterate?, nil): return "went on from iterate \(iterate)"
    case (nil, let parent?): return "a variation of \(parent)"
    case (nil, nil): return ""
    }
  }

  /// What a query leaves out; empty when nothing.
  static func filters(_ query: FavoriteQuery) -> [String] {
    var parts: [String] = []
    if !query.text.allSatisfy(\.isWhitespace) { parts.append("“\(query.text)”") }
    if query.rating > 0 {
      parts.append("\(String(repeating: "★", count: query.rating))\(query.rating < 5 ? "+" : "")")
    }
    parts += query.tags.map { "#\($0)" }
    if let style = query.style { parts.append(style) }
    return parts
  }

  /// What comes first.
  static func order(_ order: FavoriteQuery.Order) -> String {
    switch order {
    case .newest: "newest first"
    case .oldest: "oldest first"
    case .rating: "most stars first"
    case .title: "by title"
    case .loss: "lowest loss first"
    }
  }
}
