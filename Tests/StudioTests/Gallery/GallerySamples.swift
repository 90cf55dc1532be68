import Foundation
import Pictures
import Recipes
import Terminal

@testable import Favorites
@testable import Studio

extension Favorite {
  /// The favorite of this number; nothing is on a disk.
  static func sample(
    _ number: Int, title: String = "", note: String = "", rating: Int = 0, tags: [String] = [],
    content: String = "/p/harbor.jpg", styles: [String] = ["/p/knife.jpg"],
    lineage: Lineage? = nil, iterations: Int? = 200
  ) -> Favorite {
    var recipe = Recipe()
    recipe.content = content
    recipe.styles = styles.map { Recipe.Style(picture: $0) }
    recipe.styleWeight = Double(number % 7 + 1)
    let sources =
      [Source(role: .content, path: content, sha256: nil)]
      + styles.map { Source(role: .style, path: $0, sha256: nil) }
    return Favorite(
      id: id(number), created: Date(timeIntervalSince1970: 1_769_850_300 + Double(number) * 3600),
      origin: Origin(
        recipe: recipe, sources: sources,
        losses: Losses(total: 12.5 + Double(number), content: 0.61, style: 0.0234, tv: 0.04),
        seconds: 83, iterations: iterations, lineage: lineage),
      annotation: Annotation(title: title, note: note, rating: rating, tags: tags),
      picturePath: "/data/pictures/\(number).png", width: 512, height: 384,
      pixelHash: "\(number)", removed: nil)
  }

  static func id(_ number: Int) -> UUID {
    UUID(uuidString: String(format: "00000000-0000-4000-8000-%012d", number)) ?? UUID()
  }

  /// The same favorite with other words.
  func saying(_ change: (inout Annotation) -> Void) -> Favorite {
    var annotation = annotation
    change(&annotation)
    return with(annotation: annotation, removed: removed)
  }
}

/// Answers what the gallery asks, as its helpers would, from memory.
struct PretendLibrary {
  var favorites: [Favorite]
  private(set) var finds = 0
  private(set) var thumbnailCount = 0

  init(_ favorites: [Favorite]) { self.favorites = favorites }

  /// A studio with the gallery open, all that is visible read.
  mutating func studio(
    _ columns: Int, _ rows: Int,
    traits: TerminalTraits = TerminalTraits(
      colors: .direct, glyphs: .full, graphics: .symbols, graphicsReason: "tmux")
  ) -> StudioState {
    var state = StudioState(
      size: Size(columns: columns, rows: rows), traits: traits, themes: [.standard])
    state.gallery.timeZone = TimeZone(secondsFromGMT: 0) ?? .current
    let effects = openGallery(&state)
    answer(effects, &state)
    return state
  }

  /// Presses keys one after the other, answers what they ask for, and returns it.
  @discardableResult
  mutating func press(_ state: inout StudioState, _ keys: KeyPress...) -> [StudioEffect] {
    keys.flatMap { key in
      let effects = update(&state, with: .input(.key(key)))
      answer(effects, &state)
      return effects
    }
  }

  @discardableResult
  mutating func type(_ state: inout StudioState, _ text: String) -> [StudioEffect] {
    text.flatMap { press(&state, KeyPress(.character($0))) }
  }

  mutating func answer(_ effects: [StudioEffect], _ state: inout StudioState) {
    for effect in effects {
      guard case .gallery(let effect) = effect else { continue }
      for report in reports(effect) {
        answer(update(&state, with: .gallery(report)), &state)
      }
    }
  }

  private mutating func reports(_ effect: GalleryEffect) -> [GalleryEvent] {
    switch effect {
    case .find(let query, let pages, let request):
      finds += 1
      let found = matching(query)
      return [
        .found(
          GalleryFinding(
            count: found.count, total: favorites.count, pages: slices(found, pages)),
          request: request)
      ]
    case .want(let wishes, let query, let request):
      let found = matching(query)
      thumbnailCount += wishes.thumbnails.count
      return wishes.pages.map { .read(slices(found, [$0]), request: request) }
        + wishes.pictures.map { .picture($0.id, .loaded(Self.picture)) }
        + wishes.thumbnails.map { .thumbnail($0.id, Self.picture) }
        + (wishes.inspection.map { inspection in
          [
            .inspected(
              inspection.id, inspection.sources.map { $0.role == .style ? .missing : .present })
          ]
        } ?? [])
    case .list(let kind):
      return [
        .listed(kind, [.init(name: "night", count: 3), .init(name: "sea\u{1B}[31m", count: 1)])
      ]
    case .change, .measure, .remove, .restore, .export, .rebuild: return []
    }
  }

  private func matching(_ query: FavoriteQuery) -> [Favorite] {
    if query == FavoriteQuery() { return favorites }
    return favorites.filter {
      $0.annotation.rating >= query.rating
        && (query.text.isEmpty || $0.annotation.title.lowercased().hasPrefix(query.text))
    }
  }

  private func slices(_ found: [Favorite], _ pages: [Int]) -> [Int: [Favorite]] {
    let length = GalleryPages.length
    return pages.reduce(into: [:]) {
      $0[$1] = Array(found.dropFirst($1 * length).prefix(length))
    }
  }

  static let picture = IdentifiedPicture(samplePicture(width: 64, height: 48))
}

extension PretendLibrary {
  /// A dozen favorites with all that can be said of them.
  static let dozen = PretendLibrary(
    [
      .sample(
        12, title: "Harbor at night", note: "The water came out well.\nTry it larger.", rating: 4,
        tags: ["night", "sea"], lineage: .init(parent: Favorite.id(7), iterate: 120)),
      .sample(11, rating: 5, styles: ["/p/knife.jpg", "/p/ink.jpg"]),
    ] + (1...10).reversed().map { .sample($0, title: "Harbor \($0)", rating: $0 % 4) })

  /// Names that are up to no good.
  static let strange = PretendLibrary([
    .sample(
      1, title: "\u{1B}[31mred\u{7}\u{202E}gpj", note: "a\tb\n\u{1B}]0;title\u{7}", rating: 3,
      tags: ["\u{1B}[2J", "🖼️"], content: "/p/\u{1B}[2J\n.jpg"),
    .sample(2, title: "絵画の写真コレクション、とても長い名前のファイル", styles: ["/p/絵画.png", "/p/👩‍🎨.webp"]),
    .sample(
      3, title: String(repeating: "very long ", count: 40), note: String(repeating: "x", count: 900)
    ),
    .sample(
      4, title: "e\u{301}\u{301}\u{301}\u{301}\u{301}tude 👩‍👩‍👧",
      content: "/p/" + String(repeating: "long-", count: 30)),
  ])
}
