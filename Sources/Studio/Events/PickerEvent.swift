import Files
import Terminal

/// What the browser's helpers report.
public enum PickerEvent: Sendable {
  /// A folder was read.
  case listed(PickerListing, request: Int)
  /// A folder could not be read, for this reason.
  case listingFailed(String, request: Int)
  /// A file of the folder was looked into.
  case inspected(name: RawPath, PickerFacts, thumbnail: IdentifiedPicture?, request: Int)
  /// The names that a path could go on with, folders with a slash at their ends.
  case completed([String], request: Int)
  /// The folders that the user marked or chose from were read.
  case shelfRead(PickerShelf)
  /// They could not be kept, for this reason.
  case shelfNotKept(String)
  /// Paths that lead to the files asked for, in their order.
  case named([RawPath], as: [String])
  /// No such path could be made, for this reason.
  case namingFailed([RawPath], String)
}

/// What is in a folder.
public struct PickerListing: Equatable, Sendable {
  /// The folder.
  public var folder: RawPath
  /// What is in it, folders first, in the order of names.
  public var entries: [PickerEntry]
  /// Whether there is more.
  public var isCutShort: Bool
  /// The file that was asked for instead of the folder.
  public var selecting: RawPath?

  /// What is in a folder.
  public init(
    folder: RawPath, entries: [PickerEntry], isCutShort: Bool = false, selecting: RawPath? = nil
  ) {
    self.folder = folder
    self.entries = entries
    self.isCutShort = isCutShort
    self.selecting = selecting
  }
}
