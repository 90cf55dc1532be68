/// What a base16 or base24 scheme makes of each role.
///
/// Schemes are made for source code, and many have comments or selections too faint for an interface;
/// what is too faint is moved towards white or black until it can be read (WCAG 2.2: 4.5 for text,
/// 3 for curves and bars).
struct SchemePalette {
  let colors: [Color]

  /// base16 lacks base10…base17; these stand in (base24's styling guide).
  private static let substitutes = [0x00, 0x00, 0x08, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E]

  init(_ colors: [Color]) {
    self.colors = colors.count == 24 ? colors : colors + Self.substitutes.map { colors[$0] }
  }

  private var ground: Color { colors[0x00] }
  private var raised: Color { colors[0x01] }

  /// Legible on the window's ground and on dialogs.
  private func ink(_ index: Int, _ attributes: Attributes = [], contrast: Double = 4.5) -> Style {
    Style(
      foreground: colors[index].legible(on: [ground, raised], contrast: contrast),
      background: ground, attributes: attributes)
  }

  func style(_ role: Theme.Role) -> Style {
    switch role {
    case .text: ink(0x05)
    case .dim: ink(0x03)
    case .title: ink(0x06, .bold)
    case .border: line(towardsGround: 0.45, contrast: 2)
    case .focus: ink(0x0D, .bold)
    case .selection: selection
    case .mark: ink(0x07, .bold, contrast: 7)
    case .status: on(raised, 0x05)
    case .key: ink(0x0C, .bold)
    case .changed: ink(0x09)
    case .fill: ink(0x0D)
    case .groove: line(towardsGround: 0.65, contrast: 1.6)
    case .success: ink(0x0B)
    case .warning: ink(0x0A)
    case .error: ink(0x08, .bold)
    case .dialog: on(raised, 0x05)
    case .total: ink(0x06)
    case .content: ink(0x0D)
    case .style: ink(0x09)
    case .tv: ink(0x0B)
    }
  }

  var curves: [Style] {
    [0x0D, 0x09, 0x0B, 0x0E, 0x0A, 0x0C, 0x08, 0x0F].map { ink($0, contrast: 3) }
  }

  private func on(_ background: Color, _ index: Int) -> Style {
    Style(
      foreground: colors[index].legible(on: [background], contrast: 4.5), background: background)
  }

  /// Visible and quiet: comments' color, most of the way to the ground unless that is lost in it.
  private func line(towardsGround share: Double, contrast: Double) -> Style {
    let quiet = colors[0x03].mixed(with: ground, share)
    return Style(foreground: quiet.legible(on: [ground], contrast: contrast), background: ground)
  }

  /// The scheme's own selection if it stands out, else its blue; the text is what reads best on it.
  private var selection: Style {
    let own = colors[0x02]
    let background = (own.contrast(with: ground) ?? 0) >= 1.3 ? own : colors[0x0D]
    let inks = [0x05, 0x06, 0x07, 0x00].map { colors[$0] }
    func contrast(_ color: Color) -> Double { color.contrast(with: background) ?? 0 }
    let best = inks.first { contrast($0) >= 7 } ?? inks.max { contrast($0) < contrast($1) }
    return Style(
      foreground: (best ?? colors[0x05]).legible(on: [background], contrast: 4.5),
      background: background, attributes: .bold)
  }
}
