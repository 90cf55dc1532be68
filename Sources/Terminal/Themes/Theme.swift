/// The colors of everything: a base16 or base24 scheme.
public struct Theme: Hashable, Sendable {
  /// What people call it.
  public var name: String
  /// What the command line calls it.
  public var slug: String
  /// Whether its background is dark.
  public var isDark: Bool
  /// base00 … base0F, then base10 … base17.
  public var palette: [Color]

  /// A part of the interface.
  public enum Role: CaseIterable, Hashable, Sendable {
    /// Text.
    case text
    /// Text of less weight: hints, units, what is not there.
    case dim
    /// The title of a pane.
    case title
    /// A pane's frame.
    case border
    /// The frame of the pane that has the keys.
    case focus
    /// What is selected where the keys go.
    case selection
    /// What is selected elsewhere.
    case mark
    /// The status line.
    case status
    /// A key in the footer or the help.
    case key
    /// What differs from its preset.
    case changed
    /// The filled part of a slider or a bar.
    case fill
    /// The rest of it.
    case groove
    /// Good news.
    case success
    /// A hint to heed.
    case warning
    /// Bad news.
    case error
    /// A dialog's text and background.
    case dialog
    /// The total loss.
    case total
    /// The content loss.
    case content
    /// The style loss.
    case style
    /// The smoothness loss.
    case tv
  }
}
