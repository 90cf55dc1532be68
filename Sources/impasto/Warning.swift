import Favorites
import Files
import Foundation

/// What the user should know of and need not act on, on stderr.
enum Warning {
  static func show(_ text: String) {
    FileHandle.standardError.write(Data("impasto: warning: \(text.printable)\n".utf8))
  }

  /// Tells which pictures are no longer what they were, since the result will not be what it was.
  static func ofChanges(to sources: [Favorite.Source], since event: String) {
    for source in sources where source.hasChanged {
      show("\(source.path) has changed since \(event)")
    }
  }
}
