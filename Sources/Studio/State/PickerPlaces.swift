import Files

/// The folders that the browser knows from the start.
public struct PickerPlaces: Equatable, Sendable {
  /// The photographs that come with the program; nil where they are not installed.
  public var contentSamples: RawPath?
  /// The paintings that come with the program.
  public var styleSamples: RawPath?
  /// Photographs that the user had installed.
  public var photographs: RawPath?
  /// The user's home.
  public var home: RawPath?
  /// Where the program was started.
  public var workingFolder: RawPath?
  /// The user's pictures.
  public var pictures: RawPath?

  /// Folders, of which some may not be there.
  public init(
    contentSamples: RawPath? = nil, styleSamples: RawPath? = nil,
    photographs: RawPath? = nil, home: RawPath? = nil,
    workingFolder: RawPath? = nil, pictures: RawPath? = nil
  ) {
    self.contentSamples = contentSamples
    self.styleSamples = styleSamples
    self.photographs = photographs
    self.home = home
    self.workingFolder = workingFolder
    self.pictures = pictures
  }

  /// Where the browser opens at first.
  func start(for role: SourceRole) -> RawPath {
    let samples =
      switch role {
      case .content: contentSamples
      case .style: styleSamples
      case .mask, .protection, .batch: RawPath?.none
      }
    return samples ?? pictures ?? workingFolder ?? home ?? RawPath("/")
  }

  /// The path that a user typed: `~` is the home, and what is relative starts at `folder`.
  func path(typed text: String, in folder: RawPath) -> RawPath {
    if text.hasPrefix("/") { return RawPath(text).normalized }
    if text == "~" || text.hasPrefix("~/"), let home {
      return home.appending(RawPath(String(text.dropFirst(2)))).normalized
    }
    return folder.appending(RawPath(text)).normalized
  }

  /// A path as it is shown: `~` for the home.
  func title(of path: RawPath) -> String {
    guard let home, home.bytes.count > 1, path.bytes.starts(with: home.bytes) else {
      return path.printable
    }
    let rest = path.bytes.dropFirst(home.bytes.count)
    guard rest.isEmpty || rest.first == UInt8(ascii: "/") else { return path.printable }
    return "~" + RawPath(bytes: rest).printable
  }
}

extension RawPath {
  /// This path without `.`, `..` and empty parts; a `..` takes away what is written before it,
  /// as shells do, wherever a link may lead.
  var normalized: RawPath {
    var parts: [ArraySlice<UInt8>] = []
    for part in bytes.split(separator: UInt8(ascii: "/")) where !part.elementsEqual(".".utf8) {
      if part.elementsEqual("..".utf8) { _ = parts.popLast() } else { parts.append(part) }
    }
    return RawPath(bytes: [UInt8(ascii: "/")] + parts.joined(separator: [UInt8(ascii: "/")]))
  }
}

/// The folders that the user marked or chose from, kept from one start to the next.
public struct PickerShelf: Equatable, Sendable {
  /// Marked by the user, in the order in which they were.
  public private(set) var bookmarks: [RawPath]
  /// Chosen from, the latest first.
  public private(set) var recents: [RawPath]

  private static let recentLimit = 8
  private static let bookmarkLimit = 64

  /// Folders; of too many the last are left out.
  public init(bookmarks: [RawPath] = [], recents: [RawPath] = []) {
    self.bookmarks = Array(bookmarks.prefix(Self.bookmarkLimit))
    self.recents = Array(recents.prefix(Self.recentLimit))
  }

  /// Puts a folder at the head of those that were chosen from.
  mutating func visit(_ folder: RawPath) {
    self = PickerShelf(bookmarks: bookmarks, recents: [folder] + recents.filter { $0 != folder })
  }

  /// Marks a folder, or takes the mark away.
  mutating func toggleBookmark(_ folder: RawPath) {
    let others = bookmarks.filter { $0 != folder }
    self = PickerShelf(
      bookmarks: others.count == bookmarks.count ? bookmarks + [folder] : others, recents: recents)
  }
}
