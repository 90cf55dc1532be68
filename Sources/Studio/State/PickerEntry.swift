import Files
import Films
import Pictures

/// Something in a folder.
public struct PickerEntry: Equatable, Sendable {
  /// What it is, links followed; of files by their names alone.
  public enum Kind: Int, Sendable {
    /// The folder that this folder is in.
    case parent
    /// A folder.
    case folder
    /// A file that is called like a picture.
    case picture
    /// A file that is called like a film.
    case film
    /// Another file, which may be a picture nevertheless.
    case file
    /// A pipe, a socket, a device or a link that leads nowhere: never opened.
    case special
  }

  /// Its last path component; `..` of the parent.
  public let name: RawPath
  /// Its name to show people.
  public let title: String
  /// Its name to search in, as `PickerFilter` folds it.
  let key: [UInt8]
  /// What it is.
  public let kind: Kind
  /// Whether it is a symbolic link.
  public let isLink: Bool
  /// The size of a file.
  public let byteCount: Int
  /// When it was last changed, in nanoseconds of Unix time.
  public let modified: Int64
  /// The same in seconds, as clocks on the wall showed it here.
  public let localTime: Int64

  /// Something in a folder.
  public init(
    name: RawPath, kind: Kind, isLink: Bool = false, byteCount: Int = 0, modified: Int64 = 0,
    localTime: Int64? = nil
  ) {
    self.name = name
    self.kind = kind
    self.isLink = isLink
    self.byteCount = byteCount
    self.modified = modified
    self.localTime = localTime ?? modified / 1_000_000_000
    // Most names are plain, and there may be many.
    let isPlain = name.bytes.allSatisfy { (0x20...0x7E).contains($0) }
    title = isPlain ? String(decoding: name.bytes, as: UTF8.self) : name.printable
    key = PickerFilter.key(of: title)
  }

  /// Whether its name starts with a dot.
  public var isHidden: Bool { kind != .parent && name.bytes.first == UInt8(ascii: ".") }

  /// Whether it is a folder or leads to one.
  public var isFolder: Bool { kind == .parent || kind == .folder }

  /// Whether it could hold a picture.
  public var isFile: Bool { kind == .picture || kind == .film || kind == .file }

  /// Folders come first, whatever the order.
  var rank: Int { min(kind.rawValue, Kind.picture.rawValue) }
}

/// What looking into a file has shown.
public struct PickerFacts: Equatable, Sendable {
  /// What the file says of its picture.
  public struct Header: Equatable, Sendable {
    /// The format, by the first bytes.
    public var format: PictureFormat
    /// Columns of the upright picture.
    public var width: Int
    /// Rows of the upright picture.
    public var height: Int

    /// What the file says of its picture.
    public init(format: PictureFormat, width: Int, height: Int) {
      self.format = format
      self.width = width
      self.height = height
    }
  }

  /// What the file says of its picture; nil when it is none.
  public var header: Header?
  /// Why it cannot be shown, in one line.
  public var failure: String?
  /// Whether the pixels were looked at too.
  public var isDecoded: Bool

  /// What looking into a file has shown.
  public init(header: Header? = nil, failure: String? = nil, isDecoded: Bool = false) {
    self.header = header
    self.failure = failure
    self.isDecoded = isDecoded
  }
}

/// What is to be found out about a file.
public struct PickerWish: Equatable, Sendable {
  /// Which file.
  public var path: RawPath
  /// Its size when it was listed; with the time it tells one version of a file from the next.
  public var byteCount: Int
  /// When it was last changed, in nanoseconds of Unix time.
  public var modified: Int64
  /// Whether a small copy is wanted, not only the facts.
  public var isThumbnailWanted: Bool

  /// What is to be found out about a file.
  public init(path: RawPath, byteCount: Int, modified: Int64, isThumbnailWanted: Bool) {
    self.path = path
    self.byteCount = byteCount
    self.modified = modified
    self.isThumbnailWanted = isThumbnailWanted
  }
}

extension PickerEntry {
  /// Whether a file is called like a film.
  static func isFilm(_ name: RawPath) -> Bool { name.hasExtension(among: filmExtensions) }

  private static let filmExtensions = Set(
    FilmOutput.extensions + ["avi", "mpg", "mpeg", "ogv", "wmv", "ts"])
}

extension RawPath {
  /// Whether it ends in a dot and one of some lowercase words, whatever its own letters' case.
  func hasExtension(among words: Set<String>) -> Bool {
    guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")), dot > bytes.startIndex else {
      return false
    }
    let tail = bytes[(dot + 1)...].map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    return words.contains(String(decoding: tail, as: UTF8.self))
  }
}
