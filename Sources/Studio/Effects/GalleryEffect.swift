import Favorites
import Foundation

/// What the gallery asks its helpers for.
public enum GalleryEffect: Equatable, Sendable {
  /// Look for favorites and read these pages of them; the latest request replaces those before.
  case find(FavoriteQuery, pages: [Int], request: Int)
  /// Read what is shown; the latest request replaces those before.
  case want(GalleryWishes, FavoriteQuery, request: Int)
  /// Tell which tags or paintings there are.
  case list(GalleryChooser.Kind)
  /// Change what is said of a favorite.
  case change(UUID, GalleryChange)
  /// Add what was measured of a favorite since it was kept.
  case measure(UUID, [String: Double])
  /// Move a favorite to the trash.
  case remove(UUID)
  /// Bring a favorite back from the trash.
  case restore(UUID)
  /// Copy favorites into a folder.
  case export([Favorite], folder: String)
  /// Make a new index from the pictures.
  case rebuild
}

/// A change to what is said of a favorite.
public enum GalleryChange: Equatable, Sendable {
  /// Stars, 0 to 5.
  case rating(Int)
  /// One line.
  case title(String)
  /// As long as it takes.
  case note(String)
  /// Words to find it by.
  case tags([String])
}
