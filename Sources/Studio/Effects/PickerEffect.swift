import Files

/// What the browser asks its helpers for; of each kind the latest request replaces those before.
public enum PickerEffect: Equatable, Sendable {
  /// Read a folder, or the folder that a file is in.
  case list(RawPath, request: Int)
  /// Look into files, the most urgent first; no file means that nothing more is wanted.
  case inspect([PickerWish], request: Int)
  /// Find out how a path could go on: what lies in `folder` and starts with `prefix`.
  case complete(folder: RawPath, prefix: String, request: Int)
  /// Read the folders that the user marked or chose from.
  case readShelf
  /// Keep them.
  case keepShelf(PickerShelf)
  /// Find names for paths that are not text.
  case name([RawPath])
}
