import Files
import Foundation
import Pictures

/// The folder that holds the favorites' pictures.
struct PictureFolder: Sendable {
  let path: String

  func path(of file: String) -> String { "\(path)/\(file)" }

  /// Whether this names a picture in the folder, and nothing elsewhere.
  static func isName(_ file: String) -> Bool {
    !file.isEmpty && !file.contains("/") && !file.hasPrefix(".")
  }

  /// A name that sorts by time and is nobody else's.
  func name(for id: UUID, created: Date, format: PictureFormat) -> String {
    let ending = format == .jpeg ? "jpg" : format.rawValue
    return "\(created.nameStamp)-\(id.uuidString.lowercased().prefix(13)).\(ending)"
  }

  /// The names of the pictures, sorted.
  func names() throws(FavoriteError) -> [String] { try Self.pictureNames(in: path) }

  /// The names of the pictures in any folder, sorted; hidden ones are somebody's unfinished files.
  static func pictureNames(in folder: String) throws(FavoriteError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { !$0.hasPrefix(".") && PictureFormat(path: $0) != nil }.sorted()
    } catch {
      throw .file(.unreadable(path: folder, errno: access(folder, R_OK) == 0 ? EIO : errno))
    }
  }

  /// Removes what writers left half way that were killed; each would have taken a moment.
  func removeLeftovers() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names where name.hasPrefix(".impasto-") {
      var status = stat()
      guard stat(path(of: name), &status) == 0, time(nil) - status.st_mtim.tv_sec > 3600 else {
        continue
      }
      unlink(path(of: name))
    }
  }

  /// The recipe file beside a picture.
  static func sidecar(of picture: String) -> String {
    "\((picture as NSString).deletingPathExtension).yaml"
  }
}
