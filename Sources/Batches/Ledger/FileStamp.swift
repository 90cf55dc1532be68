import Foundation

/// By what a file is taken for the same as before without reading it: nobody changes it and keeps all of
/// these.
struct FileStamp: Hashable, Codable {
  let size: Int
  /// Nanoseconds since 1970 of the last change to its bytes.
  let modified: Int
  /// Nanoseconds since 1970 of the last change to anything of it; no program sets it back.
  let changed: Int

  /// The stamp of the regular file at a path; nil when there is none.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    size = Int(status.st_size)
    modified = Self.nanoseconds(status.st_mtim)
    changed = Self.nanoseconds(status.st_ctim)
  }

  private static func nanoseconds(_ time: timespec) -> Int {
    Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
  }
}
