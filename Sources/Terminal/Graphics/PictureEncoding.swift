/// What a picture becomes on its way to the screen.
enum PictureEncoding: Hashable, Sendable {
  /// Cells in colors.
  case symbols(SymbolSet, TerminalTraits.Colors)
  /// Cells without colors; `isInverted` where the background is light.
  case monochrome(SymbolSet, isInverted: Bool)
  /// Compressed pixels, and cells that show them.
  case kitty(isThroughTmux: Bool)
  /// A sequence of sixels.
  case sixel
  /// A PNG file in a sequence.
  case iterm

  /// How a terminal's pictures are encoded.
  init(_ traits: TerminalTraits) {
    switch traits.graphics {
    case .kitty: self = .kitty(isThroughTmux: traits.isInsideTmux)
    case .sixel: self = .sixel
    case .iterm: self = .iterm
    case .symbols, .ascii:
      let set = SymbolSet(traits)
      self =
        traits.colors == .none
        ? .monochrome(set, isInverted: traits.background?.isLight ?? false)
        : .symbols(set, traits.colors)
    }
  }
}

/// The characters a picture is made of, by how finely they divide a cell.
enum SymbolSet: Int, Hashable, Sendable {
  /// ASCII.
  case ascii
  /// Halves and eighths of a cell, and shades.
  case blocks
  /// Quarters too.
  case quadrants
  /// Sixths too.
  case sextants

  /// The finest that a terminal certainly shows.
  ///
  /// Most fonts lack sextants (Unicode 13): only terminals that draw them themselves get any.
  init(_ traits: TerminalTraits) {
    if traits.graphics == .ascii || traits.glyphs == .ascii {
      self = .ascii
    } else if traits.glyphs == .blocks {
      self = .blocks
    } else {
      let name = traits.name.map { TerminalVersion($0).name }
      self = Self.drawSextants.contains(name ?? "") ? .sextants : .quadrants
    }
  }

  private static let drawSextants: Set<String> = [
    "contour", "foot", "ghostty", "iterm2", "kitty", "konsole", "vte", "wezterm",
  ]
}

extension Color {
  /// Whether black reads better on it than white.
  var isLight: Bool {
    guard case .rgb(let red, let green, let blue) = self else { return false }
    return luma(red, green, blue) > 127
  }
}

/// The brightness with the weights of ITU-R BT.601, in 0…255.
func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
  (299 * Int(red) + 587 * Int(green) + 114 * Int(blue)) / 1000
}
