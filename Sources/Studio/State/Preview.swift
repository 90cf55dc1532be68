/// How the preview shows pictures.
public struct Preview: Equatable, Sendable {
  /// Which picture, or which two.
  public enum Mode: String, CaseIterable, Hashable, Sendable {
    /// The latest iterate, or the one chosen in the filmstrip.
    case result
    /// What a network paints in one pass.
    case instant
    /// The photograph.
    case content
    /// The painting.
    case style
    /// The photograph on the left of a divider, the result on the right.
    case split
    /// Where the photograph and the result differ.
    case difference
    /// The photograph with a mask over it.
    case mask
  }

  /// How large.
  public enum Zoom: Equatable, Sendable {
    /// As large as the pane allows, all of it.
    case fit
    /// So many of the terminal's pixels for one of the picture's.
    case scale(Double)
  }

  /// Which picture.
  public var mode = Mode.result

  /// How large.
  public var zoom = Zoom.fit

  /// What lies in the middle of the pane, in fractions of the picture's sides; matters when zoomed.
  public var center = Center(x: 0.5, y: 0.5)

  /// Where the divider is, as a fraction of the picture's width.
  public var divider = 0.5

  /// Whether it has the whole window.
  public var isFullScreen = false

  /// The painting that `.style` shows.
  public var styleIndex = 0

  /// A place in a picture.
  public struct Center: Equatable, Sendable {
    /// From the left, 0…1.
    public var x: Double
    /// From the top, 0…1.
    public var y: Double
    /// A place.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// The result, fitted.
  public init() {}
}
