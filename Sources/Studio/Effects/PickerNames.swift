import Files
import Foundation

/// Gives files whose names are not UTF-8 names that are, by links to them.
///
/// Recipes, the engine and the command line name pictures by text; a link lets them all reach such a file
/// and stays, so that a recipe that names it works the next time.
enum PickerNames {
  /// A path that is text and leads to the file: its own, or that of a link in `folder`.
  static func text(for path: RawPath, linksIn folder: String) throws(FileError) -> String {
    if let text = path.text { return text }
    let digits = String(ThumbnailCache.hash(path.bytes), radix: 16)
    let place = "\(folder)/\(digits)"
    // A byte that is not UTF-8 becomes three, and 255 are the most that a name may have.
    let name = String(path.name.printable.unicodeScalars.suffix(60))
    let link = "\(place)/\(name)"
    try? FileManager.default.createDirectory(
      atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    unlink(link)
    guard path.withCString({ symlink($0, link) }) == 0 || errno == EEXIST else {
      throw .cannotCreate(path: link, errno: errno)
    }
    return link
  }
}
