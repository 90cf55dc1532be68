import Favorites
import Foundation

/// The favorites that were read, in pages; the farthest from the cursor make room for others.
public struct GalleryPages: Equatable, Sendable {
  /// How many favorites a page has.
  static let length = 48

  private static let capacity = 12

  private var pages: [Int: [Favorite]] = [:]

  /// The favorite at a place; nil where none was read.
  public subscript(place: Int) -> Favorite? {
    guard place >= 0, let page = pages[place / Self.length] else { return nil }
    let offset = place % Self.length
    return page.indices.contains(offset) ? page[offset] : nil
  }

  /// Whether a page was read.
  func contains(page: Int) -> Bool { pages[page] != nil }

  /// The pages that some places are on.
  static func numbers(of places: Range<Int>) -> [Int] {
    places.isEmpty ? [] : Array(places.lowerBound / length...(places.upperBound - 1) / length)
  }

  /// Adds pages; those farthest from `page` go when there are too many.
  mutating func add(_ added: [Int: [Favorite]], around page: Int) {
    pages.merge(added) { $1 }
    while pages.count > Self.capacity,
      let farthest = pages.keys.max(by: { (abs($0 - page), $0) < (abs($1 - page), $1) })
    {
      pages[farthest] = nil
    }
  }

  /// Replaces a favorite that was changed, wherever it is.
  mutating func replace(_ favorite: Favorite) {
    for (number, page) in pages {
      for (offset, other) in page.enumerated() where other.id == favorite.id {
        pages[number]?[offset] = favorite
      }
    }
  }
}

/// What the gallery shows and has not got, the most urgent first.
public struct GalleryWishes: Equatable, Sendable {
  /// A favorite's picture file.
  public struct File: Equatable, Sendable {
    /// Which favorite.
    public var id: UUID
    /// Where its picture is.
    public var path: String
  }

  /// A favorite whose sources are to be looked at.
  public struct Inspection: Equatable, Sendable {
    /// Which favorite.
    public var id: UUID
    /// Its sources.
    public var sources: [Favorite.Source]
  }

  /// Pages of favorites.
  public var pages: [Int] = []
  /// Pictures at their own size.
  public var pictures: [File] = []
  /// Small copies.
  public var thumbnails: [File] = []
  /// What became of the files a favorite was made of.
  public var inspection: Inspection?

  /// Nothing.
  public init() {}
}
