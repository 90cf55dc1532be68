import Files
import Foundation

/// Why a folder cannot be read.
enum PickerFolderError: Error, Equatable {
  /// The operating system refused.
  case refused(errno: Int32)
  /// Nobody waits for it any more.
  case cancelled
}

extension PickerFolderError: CustomStringConvertible {
  /// What is wrong, without the path.
  var description: String {
    switch self {
    case .refused(ENOENT): "no such folder"
    case .refused(EACCES), .refused(EPERM): "permission denied"
    case .refused(ELOOP): "its links lead in a circle"
    case .refused(let code): String(cString: strerror(code)).lowercased()
    case .cancelled: "not needed any more"
    }
  }
}

/// Reads folders by the names that the file system gives, which need not be text.
enum PickerFolder {
  /// A folder with more entries is cut short.
  static let limit = 100_000

  /// What is in a folder, or in the folder of a file, which is selected then.
  ///
  /// - Parameters:
  ///   - path: a folder or a file.
  ///   - isCancelled: asked now and then; true ends it.
  static func listing(
    of path: RawPath, isCancelled: () -> Bool = { false }
  ) throws(PickerFolderError) -> PickerListing {
    do {
      return try contents(of: path, isCancelled: isCancelled)
    } catch .refused(ENOTDIR) {
      guard let parent = path.parent, status(of: path) != nil else {
        throw .refused(errno: ENOENT)
      }
      var listing = try contents(of: parent, isCancelled: isCancelled)
      listing.selecting = path.name
      return listing
    }
  }

  private static func contents(
    of folder: RawPath, isCancelled: () -> Bool
  ) throws(PickerFolderError) -> PickerListing {
    var entries: [PickerEntry] = []
    if folder.parent != nil { entries.append(PickerEntry(name: RawPath(".."), kind: .parent)) }
    var isCutShort = false
    try forEachName(in: folder) { descriptor, name, bytes throws(PickerFolderError) in
      if entries.count.isMultiple(of: 128), isCancelled() { throw .cancelled }
      isCutShort = entries.count > limit
      if !isCutShort { entries.append(entry(name, bytes, in: descriptor)) }
      return !isCutShort
    }
    entries.sort { left, right in
      if left.rank != right.rank { return left.rank < right.rank }
      if left.key != right.key { return NaturalOrder.precedes(left.key, right.key) }
      return left.name.bytes.lexicographicallyPrecedes(right.name.bytes)
    }
    return PickerListing(folder: folder, entries: entries, isCutShort: isCutShort)
  }

  /// Calls `body` with the folder's descriptor and each name but `.` and `..`, which also comes as
  /// C has it, until it returns false.
  static func forEachName(
    in folder: RawPath,
    _ body: (
      _ descriptor: Int32, _ name: RawPath, _ bytes: UnsafePointer<CChar>
    ) throws(PickerFolderError) -> Bool
  ) throws(PickerFolderError) {
    let descriptor = folder.withCString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw .refused(errno: errno) }
    guard let stream = fdopendir(descriptor) else {
      let code = errno
      close(descriptor)
      throw .refused(errno: code)
    }
    defer { closedir(stream) }
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else {
      preconditionFailure("a directory entry without a name")
    }
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw .refused(errno: errno) }
        return
      }
      // The entry is as long as its name, which may be less than what `dirent` declares.
      let start = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
      let name = RawPath(bytes: UnsafeRawBufferPointer(start: start, count: strlen(start)))
      if name.bytes == [dot] || name.bytes == [dot, dot] { continue }
      if try !body(descriptor, name, start) { return }
    }
  }

  private static let dot = UInt8(ascii: ".")

  private static func entry(
    _ name: RawPath, _ bytes: UnsafePointer<CChar>, in descriptor: Int32
  ) -> PickerEntry {
    var status = stat()
    guard fstatat(descriptor, bytes, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      return PickerEntry(name: name, kind: .special)
    }
    let isLink = status.st_mode & S_IFMT == S_IFLNK
    if isLink, fstatat(descriptor, bytes, &status, 0) != 0 {
      return PickerEntry(name: name, kind: .special, isLink: true)
    }
    let kind: PickerEntry.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFDIR: .folder
      case S_IFREG:
        isCalledLikePicture(name) ? .picture : PickerEntry.isFilm(name) ? .film : .file
      default: .special
      }
    return PickerEntry(
      name: name, kind: kind, isLink: isLink, byteCount: Int(status.st_size),
      modified: modified(status), localTime: localTime(status.st_mtim.tv_sec))
  }

  static func modified(_ status: stat) -> Int64 {
    let (nanoseconds, overflow) = Int64(status.st_mtim.tv_sec)
      .multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? 0 : nanoseconds &+ Int64(status.st_mtim.tv_nsec)
  }

  private static func localTime(_ seconds: time_t) -> Int64 {
    var (seconds, parts) = (seconds, tm())
    let isKnown = localtime_r(&seconds, &parts) != nil
    return Int64(seconds) &+ (isKnown ? Int64(parts.tm_gmtoff) : 0)
  }

  /// What is at a path, links followed; nil when there is nothing.
  static func status(of path: RawPath) -> stat? {
    var status = stat()
    return path.withCString({ stat($0, &status) }) == 0 ? status : nil
  }

  private static let pictureExtensions: Set = ["png", "jpg", "jpeg", "jpe", "jfif", "webp"]

  private static func isCalledLikePicture(_ name: RawPath) -> Bool {
    name.hasExtension(among: pictureExtensions)
  }
}
