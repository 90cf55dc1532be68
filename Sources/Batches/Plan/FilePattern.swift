import Files
import Foundation
import Pictures

/// Files that a user names by a path, a folder of pictures or a pattern.
enum FilePattern {
  /// The files, sorted by name where there may be several.
  ///
  /// A path is itself, whether it is there or not, so that what is missing is told with the picture; a
  /// folder is the pictures in it, a pattern with `*`, `?` or `[…]` what it matches, as in a shell.
  ///
  /// - Throws: `BatchError.noPictures` when a folder or pattern names none.
  static func files(_ pattern: String) throws(BatchError) -> [String] {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: pattern, isDirectory: &isFolder) {
      return isFolder.boolValue ? try pictures(in: pattern) : [pattern]
    }
    guard pattern.contains(where: "*?[".contains) else { return [pattern] }
    let matches = matches(of: pattern).filter { PictureFormat(path: $0) != nil }
    if matches.isEmpty { throw .noPictures(pattern) }
    return matches
  }

  private static func pictures(in folder: String) throws(BatchError) -> [String] {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
      throw .file(.unreadable(path: folder, errno: access(folder, R_OK) == 0 ? EIO : errno))
    }
    let pictures = names.filter { !$0.hasPrefix(".") && PictureFormat(path: $0) != nil }
    if pictures.isEmpty { throw .noPictures(folder) }
    let start = folder.hasSuffix("/") ? folder : "\(folder)/"
    return pictures.sorted().map { start + $0 }
  }

  private static func matches(of pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { String(cString: $0) }
    }
  }
}
