/// The colors of everything: a base16 or base24 scheme.
///
/// Each role's look is worked out once from the palette, and made legible where the palette is not.
public struct Theme: Hashable, Sendable {
  /// What people call it.
  public let name: String
  /// What the command line calls it.
  public let slug: String
  /// Whether its background is dark.
  public let isDark: Bool
  /// base00 … base0F, then base10 … base17; empty for `monochrome`.
  public let palette: [Color]

  /// By the place of a role in `Role.allCases`.
  private let looks: [Style]
  private let curves: [Style]

  /// A theme of these colors.
  ///
  /// - Parameters:
  ///   - name: what people call it.
  ///   - slug: what the command line calls it.
  ///   - isDark: whether its background is dark.
  ///   - palette: base00 … base0F, and base10 … base17 if it is a base24 scheme; sRGB all of them.
  public init(name: String, slug: String, isDark: Bool, palette: [Color]) {
    precondition(palette.count == 16 || palette.count == 24, "a palette of \(palette.count)")
    let palette = SchemePalette(palette)
    self.name = name
    self.slug = slug
    self.isDark = isDark
    self.palette = palette.colors
    looks = Role.allCases.map(palette.style)
    curves = palette.curves
  }

  /// No colors: bold, dim, underlined and reversed text, for `NO_COLOR` and terminals without any.
  public static let monochrome = Theme()

  private init() {
    name = "Monochrome"
    slug = "monochrome"
    isDark = true
    palette = []
    looks = Role.allCases.map { Style(attributes: $0.monochromeAttributes) }
    curves = [Style()]
  }

  /// How a part of the interface looks.
  public func style(_ role: Role) -> Style { looks[role.rawValue] }

  /// How well a role's text can be told from its background, 1…21 (WCAG 2.2); nil where the terminal
  /// chooses the colors.
  public func contrast(of role: Role) -> Double? {
    let style = style(role)
    return style.foreground.contrast(with: style.background)
  }

  /// The look of one of many curves; numbers beyond the palette's begin anew.
  public func curve(_ number: Int) -> Style { curves[abs(number % curves.count)] }

  /// A part of the interface.
  public enum Role: Int, CaseIterable, Hashable, Sendable {
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

extension Theme.Role {
  fileprivate var monochromeAttributes: Attributes {
    switch self {
    case .text, .border, .dialog, .success, .content, .style, .tv: []
    case .dim, .groove: .dim
    case .title, .focus, .key, .changed, .fill, .warning, .total: .bold
    case .mark: .underline
    case .selection, .status: .reverse
    case .error: [.bold, .reverse]
    }
  }
}
