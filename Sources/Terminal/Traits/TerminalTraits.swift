/// What a terminal can do, as far as it concerns what is drawn.
public struct TerminalTraits: Equatable, Sendable {
  /// How many colors there are.
  public enum Colors: Int, Comparable, Sendable {
    /// None, or none wanted (`NO_COLOR`).
    case none
    /// The 16 that every color terminal has.
    case sixteen
    /// The palette of xterm.
    case indexed
    /// All of sRGB.
    case direct

    /// By number of colors.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// Which characters can be shown.
  public enum Glyphs: Int, Comparable, Sendable {
    /// ASCII, where the locale knows no more.
    case ascii
    /// Lines, half blocks and shades, as on the Linux console.
    case blocks
    /// Braille, quadrants and sextants too.
    case full

    /// By number of characters.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// How pictures reach the screen.
  public enum Graphics: String, CaseIterable, Sendable {
    /// Kitty's protocol with Unicode placeholders.
    case kitty
    /// DEC's sixels.
    case sixel
    /// iTerm2's inline images.
    case iterm
    /// Block characters.
    case symbols
    /// ASCII characters.
    case ascii
  }

  /// The extent of a cell in pixels.
  public struct CellPixels: Hashable, Sendable {
    /// Across.
    public var width: Int
    /// Down.
    public var height: Int
    /// An extent.
    public init(width: Int, height: Int) {
      self.width = width
      self.height = height
    }
  }

  /// How many colors there are.
  public var colors: Colors
  /// Which characters can be shown.
  public var glyphs: Glyphs
  /// How pictures reach the screen.
  public var graphics: Graphics
  /// Why they do so, in a few words, such as `tmux` or `asked for`.
  public var graphicsReason: String
  /// The extent of a cell; a guess where the terminal does not tell.
  public var cell: CellPixels
  /// Whether the terminal holds back drawing between two marks (mode 2026).
  public var isSynchronized: Bool
  /// What the terminal calls itself.
  public var name: String?
  /// The background behind all text, where the terminal tells.
  public var background: Color?
  /// The largest picture in pixels that the terminal draws, where there is a limit.
  public var pictureLimit: CellPixels?
  /// Whether tmux stands between, so that what only the terminal understands must be passed through.
  public var isInsideTmux: Bool

  /// Traits; by default those of a terminal of which nothing is known.
  public init(
    colors: Colors = .indexed, glyphs: Glyphs = .blocks, graphics: Graphics = .symbols,
    graphicsReason: String = "", cell: CellPixels = CellPixels(width: 8, height: 16),
    isSynchronized: Bool = false, name: String? = nil, background: Color? = nil,
    pictureLimit: CellPixels? = nil, isInsideTmux: Bool = false
  ) {
    self.colors = colors
    self.glyphs = glyphs
    self.graphics = graphics
    self.graphicsReason = graphicsReason
    self.cell = cell
    self.isSynchronized = isSynchronized
    self.name = name
    self.background = background
    self.pictureLimit = pictureLimit
    self.isInsideTmux = isInsideTmux
  }
}
