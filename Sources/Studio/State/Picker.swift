import Pictures
import Terminal

/// The file browser.
public struct Picker: Equatable, Sendable {
  /// What it chooses for.
  public var role = SourceRole.content

  /// A browser that has not looked anywhere.
  public init() {}
}
