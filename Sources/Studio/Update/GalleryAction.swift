import Terminal

/// Everything that keys do among the favorites, in one table: the footer and the help are made from it.
public struct GalleryAction: Sendable {
  /// What it does, in a word or two.
  public let title: String
  /// What it does, in a line.
  public let explanation: String
  /// The keys that do it, the one to show first.
  public let keys: [KeyPress]
  /// Whether the footer shows it.
  public let isPrimary: Bool
  /// Whether it makes sense now.
  public let isOffered: @Sendable (Gallery) -> Bool
  /// Does it.
  let perform: @Sendable (inout StudioState, KeyPress) -> [StudioEffect]

  private init(
    _ title: String, _ explanation: String, _ keys: [KeyPress], isPrimary: Bool = false,
    when isOffered: @escaping @Sendable (Gallery) -> Bool,
    _ perform: @escaping @Sendable (inout StudioState, KeyPress) -> [StudioEffect]
  ) {
    self.title = title
    self.explanation = explanation
    self.keys = keys
    self.isPrimary = isPrimary
    self.isOffered = isOffered
    self.perform = perform
  }

  private init(
    _ title: String, _ explanation: String, _ keys: [KeyPress], isPrimary: Bool = false,
    when isOffered: @escaping @Sendable (Gallery) -> Bool,
    _ perform: @escaping @Sendable (inout StudioState) -> [StudioEffect]
  ) {
    self.init(title, explanation, keys, isPrimary: isPrimary, when: isOffered) { state, _ in
      perform(&state)
    }
  }

  /// All its keys, as they are written on the keyboard.
  func label(in state: StudioState) -> String {
    if keys.count > 4 { return "0-5" }
    let isASCII = state.traits.glyphs == .ascii
    return keys(in: state).map { $0.label(isASCII: isASCII) }.joined(separator: " ")
  }

  /// The first of its keys that does not do something else now.
  func footerKey(in state: StudioState, without taken: Set<KeyPress>) -> String? {
    if keys.count > 4 { return "0-5" }
    return keys(in: state).first { !taken.contains($0) }?
      .label(isASCII: state.traits.glyphs == .ascii)
  }

  /// All of them, the most useful first.
  public static let all: [GalleryAction] =
    failing + looking + comparing + changing + finding + moving

  private static let failing = [
    GalleryAction(
      "rebuild", "make the library anew from the pictures", [.key("b")], isPrimary: true,
      when: { $0.failure?.canRebuild == true }, confirmRebuilding),
    GalleryAction(
      "try again", "open the library again", [.key("R"), KeyPress(.function(5))],
      isPrimary: true, when: { $0.failure != nil }, lookAgain),
  ]

  private static let looking = [
    GalleryAction(
      "large", "the picture as large as the window", [KeyPress(.enter), .key("z")],
      isPrimary: true, when: { $0.isBrowsing && $0.selected != nil }, showLarge),
    GalleryAction(
      "all", "back to all favorites", [KeyPress(.escape), KeyPress(.enter), .key("z"), .key("q")],
      isPrimary: true, when: { $0.isOpen && $0.mode == .large }, showGrid),
    GalleryAction(
      "adopt", "take over its recipe and pictures", [.key("a")], isPrimary: true,
      when: \.hasOne, adoptSelected),
    GalleryAction(
      "go on", "take over its recipe and start from its picture", [.key("g")], isPrimary: true,
      when: \.hasOne, continueFromSelected),
    GalleryAction(
      "search", "words in titles, notes, tags and names of pictures", [.key("/")],
      isPrimary: true, when: \.canNarrow, startSearch),
    GalleryAction(
      "rate", "that many stars", "123450".map { .key($0) }, isPrimary: true, when: \.hasOne,
      rateSelected),
  ]

  private static let comparing = [
    GalleryAction(
      "mark", "mark one of two", [.key(" ")], isPrimary: true,
      when: { $0.isBrowsing && $0.selected != nil }, toggleGalleryMark),
    GalleryAction(
      "compare", "two pictures side by side", [.key("c")], isPrimary: true,
      when: { $0.isBrowsing && $0.selected != nil }, compareMarked),
    GalleryAction(
      "all", "back to all favorites", [KeyPress(.escape), .key("c"), .key("q"), KeyPress(.enter)],
      isPrimary: true, when: \.isComparing, showGrid),
    GalleryAction(
      "divider", "one over the other, or side by side", [.key("v")], isPrimary: true,
      when: \.isComparing, toggleDivider),
    GalleryAction(
      "left", "the divider to the left", [.key("["), KeyPress(.left), .key("h")],
      isPrimary: true, when: \.hasDivider
    ) { moveGalleryDivider(&$0, by: -0.05) },
    GalleryAction(
      "right", "the divider to the right", [.key("]"), KeyPress(.right), .key("l")],
      isPrimary: true, when: \.hasDivider
    ) { moveGalleryDivider(&$0, by: 0.05) },
  ]

  private static let changing = [
    GalleryAction(
      "title", "give it a title", [.key("N"), .key("r")], isPrimary: true, when: \.hasOne,
      promptForTitle),
    GalleryAction(
      "tags", "give it tags", [.key("T")], isPrimary: true, when: \.hasOne, promptForTags),
    GalleryAction(
      "note", "write a note", [.key("n")], isPrimary: true, when: \.hasOne, promptForNote),
    GalleryAction(
      "export", "copy it, or the marked ones, into a folder", [.key("x")], isPrimary: true,
      when: \.hasOne, promptForExport),
    GalleryAction(
      "remove", "remove it", [.key("d"), KeyPress(.delete)], isPrimary: true, when: \.hasOne,
      removeSelected),
    GalleryAction(
      "undo", "bring back what was removed last", [.key("u")], isPrimary: true,
      when: { $0.isOpen && !$0.removed.isEmpty }, restoreLast),
  ]

  private static let finding = [
    GalleryAction(
      "order", "by date, stars, title or loss", [.key("o")], isPrimary: true,
      when: \.canNarrow, changeGalleryOrder),
    GalleryAction(
      "stars", "only those with so many stars", [.key("*")], isPrimary: true,
      when: \.canNarrow, filterByRating),
    GalleryAction(
      "tag", "only those with a tag", [.key("t")], isPrimary: true, when: \.canNarrow
    ) { choose(.tag, in: &$0) },
    GalleryAction(
      "painting", "only those made with a painting", [.key("p")], isPrimary: true,
      when: \.canNarrow
    ) { choose(.style, in: &$0) },
    GalleryAction(
      "show all", "show all favorites again", [KeyPress(.escape)], isPrimary: true,
      when: { $0.isBrowsing && $0.isFiltered }, clearFilters),
    GalleryAction(
      "back", "back to the workspace", [KeyPress(.escape), .key("q"), .key("F")],
      isPrimary: true, when: { $0.mode == .grid || !$0.isOpen }, closeGallery),
    GalleryAction(
      "help", "all keys", [.key("?"), KeyPress(.function(1))], isPrimary: true,
      when: { _ in true }
    ) { state in
      state.overlays.append(.help(scroll: 0))
      return []
    },
    GalleryAction(
      "look again", "look for favorites again", [.key("R"), KeyPress(.function(5))],
      when: \.isBrowsing, lookAgain),
  ]

  private static let moving = [
    GalleryAction("move", "one up", [KeyPress(.up), .key("k")], when: \.canMove) {
      moveInGallery(&$0, lines: -1)
    },
    GalleryAction("move", "one down", [KeyPress(.down), .key("j")], when: \.canMove) {
      moveInGallery(&$0, lines: 1)
    },
    GalleryAction("move", "one to the left", [KeyPress(.left), .key("h")], when: \.canMove) {
      moveInGallery(&$0, by: -1)
    },
    GalleryAction("move", "one to the right", [KeyPress(.right), .key("l")], when: \.canMove) {
      moveInGallery(&$0, by: 1)
    },
    GalleryAction("page", "a page up", [KeyPress(.pageUp)], when: \.canMove) {
      moveInGallery(&$0, pages: -1)
    },
    GalleryAction("page", "a page down", [KeyPress(.pageDown)], when: \.canMove) {
      moveInGallery(&$0, pages: 1)
    },
    GalleryAction("start", "to the first", [KeyPress(.home)], when: \.canMove) {
      moveInGallery(&$0, by: -.max / 2)
    },
    GalleryAction("end", "to the last", [KeyPress(.end)], when: \.canMove) {
      moveInGallery(&$0, by: .max / 2)
    },
  ]
}

extension Gallery {
  /// Whether favorites can be shown.
  var isOpen: Bool { phase == .open }

  /// Whether many are shown, small.
  var isBrowsing: Bool { isOpen && mode == .grid }

  /// Whether there is something to search, order and filter.
  var canNarrow: Bool { isBrowsing && (total > 0 || isFiltered) }

  /// Whether keys can act on one favorite.
  var hasOne: Bool { canMove && selected != nil }

  /// Whether the cursor can move.
  var canMove: Bool { isOpen && (mode == .grid || mode == .large) }

  var isComparing: Bool {
    if isOpen, case .compare = mode { true } else { false }
  }

  var hasDivider: Bool {
    if isOpen, case .compare(divider: _?) = mode { true } else { false }
  }

  /// What is wrong with the library.
  var failure: GalleryFailure? {
    if case .failed(let failure) = phase { failure } else { nil }
  }
}

extension GalleryAction: Bindable {
  /// Keys that move or rate are the same everywhere.
  var bindingName: String? {
    ["move", "page", "start", "end", "rate"].contains(title)
      ? nil : "gallery-\(title.replacing(" ", with: "-"))"
  }
  var keyScope: KeyScope { KeyScope(screens: [.gallery]) }
}
