/// What is known of a terminal and what follows for pictures; for `impasto doctor`.
public struct TerminalReport: Equatable, Encodable, Sendable {
  /// A width and a height.
  public struct Extent: Equatable, Encodable, Sendable {
    /// Across.
    public var width: Int
    /// Down.
    public var height: Int
  }

  /// `TERM`.
  public var term: String?
  /// What the terminal calls itself.
  public var name: String?
  /// How it announces itself to the rest (`DA1`), if it has answered at all.
  public var deviceAttributes: [Int]?
  /// Whether it understands Kitty's graphics, as far as it could be asked.
  public var understandsKittyGraphics: Bool
  /// How many colors a sixel picture may have, where it tells.
  public var sixelColors: Int?
  /// The largest sixel picture in pixels, where it tells.
  public var sixelLimit: Extent?
  /// Whether it holds back drawing between two marks (mode 2026).
  public var isSynchronized: Bool
  /// The background as `#RRGGBB`, where it tells.
  public var background: String?
  /// Cells across and down.
  public var window: Extent
  /// A cell in pixels.
  public var cell: Extent
  /// Whether that is a guess.
  public var isCellGuessed: Bool
  /// `none`, `sixteen`, `indexed` or `direct`.
  public var colors: String
  /// `ascii`, `blocks` or `full`.
  public var glyphs: String
  /// How pictures reach the screen.
  public var graphics: String
  /// Why they do so.
  public var reason: String
  /// What would show better pictures, if there is something.
  public var hint: String?
  /// How long the terminal took to answer, in milliseconds.
  public var milliseconds: Double
}

extension TerminalReport.Extent {
  init(_ pixels: TerminalTraits.CellPixels) {
    self.init(width: pixels.width, height: pixels.height)
  }
}
