import Favorites
import Foundation
import Terminal

/// What the gallery's helpers report.
public enum GalleryEvent: Sendable {
  /// Favorites were looked for.
  case found(GalleryFinding, request: Int)
  /// More of them were read.
  case read([Int: [Favorite]], request: Int)
  /// The library cannot be used.
  case failed(GalleryFailure)
  /// A small copy came; nil when there is none to be had.
  case thumbnail(UUID, IdentifiedPicture?)
  /// A picture was read, or why not.
  case picture(UUID, GalleryPicture)
  /// The files that a favorite was made of were looked at, in their order.
  case inspected(UUID, [GallerySourceCondition])
  /// What there is to choose from.
  case listed(GalleryChooser.Kind, [GalleryChooser.Choice])
  /// What is said or was measured of a favorite was changed.
  case changed(Favorite)
  /// A favorite went to the trash.
  case removed(UUID)
  /// A favorite came back.
  case restored(UUID)
  /// Something that was asked for did not happen, for this reason.
  case refused(String)
  /// Pictures that lay in the folder without being in the library are in it now.
  case adopted(count: Int)
  /// A new index was made.
  case rebuilt(count: Int, refused: Int)
  /// Favorites were copied into a folder.
  case exported(count: Int, folder: String)
}

/// What looking for favorites has found.
public struct GalleryFinding: Equatable, Sendable {
  /// How many match.
  public var count: Int
  /// How many there are.
  public var total: Int
  /// The pages that were asked for, by their numbers.
  public var pages: [Int: [Favorite]]

  /// What was found.
  public init(count: Int, total: Int, pages: [Int: [Favorite]]) {
    self.count = count
    self.total = total
    self.pages = pages
  }
}

/// What came of keeping a picture.
public enum Keeping: Equatable, Sendable {
  /// It is in the library, on the disk.
  case inLibrary(Favorite)
  /// It was in the library before.
  case already
  /// The library could not take it, for this reason; it lies in this file, with its recipe beside it.
  case beside(path: String, because: String)
  /// It was not kept, for this reason.
  case failed(String)
}
