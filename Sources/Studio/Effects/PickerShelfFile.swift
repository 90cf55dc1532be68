import Files
import Foundation

/// The user's folders as JSON: `{"bookmarks": ["file:///…"], "recents": ["file:///…"]}`.
///
/// URIs hold names that are not text, which JSON cannot.
enum PickerShelfFile {
  private struct Contents: Codable {
    var bookmarks: [String]?
    var recents: [String]?
  }

  private static let limit = 1 << 20

  /// The folders in a file; none where it is missing or broken, as nothing depends on them.
  static func read(_ path: String) -> PickerShelf {
    guard let bytes = try? FileBytes.read(path, limit: limit),
      let contents = try? JSONDecoder().decode(Contents.self, from: Data(bytes))
    else { return PickerShelf() }
    func paths(_ uris: [String]?) -> [RawPath] { (uris ?? []).compactMap { RawPath(uri: $0) } }
    return PickerShelf(bookmarks: paths(contents.bookmarks), recents: paths(contents.recents))
  }

  /// Replaces the file, and makes its folder where there is none.
  static func write(_ shelf: PickerShelf, to path: String) throws(FileError) {
    let contents = Contents(
      bookmarks: shelf.bookmarks.map(\.uri), recents: shelf.recents.map(\.uri))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(contents) else { return }
    let folder = path.parentFolder
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    try AtomicFile.write(data + Data("\n".utf8), to: path)
  }
}
