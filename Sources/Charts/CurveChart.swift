import Foundation

/// Curves over iterations, each as a share of its own peak on one logarithmic axis.
///
/// Losses differ by orders of magnitude; shares show how each falls, and the legend has its value.
public struct CurveChart: Sendable {
  /// One curve.
  public struct Curve: Sendable {
    /// What the legend calls it.
    public let name: String

    /// Red, green and blue, 0 to 1, sRGB.
    public let color: Color

    /// A value at each iteration; what is not finite or not positive is not drawn.
    public let values: [Double]

    /// A curve.
    public init(_ name: String, _ color: Color, _ values: [Double]) {
      self.name = name
      self.color = color
      self.values = values
    }
  }

  /// A color, each part 0 to 1, sRGB.
  public struct Color: Equatable, Sendable {
    let red, green, blue: Double

    /// The color that is written `#RRGGBB` on the web.
    public init(_ rgb: Int) {
      (red, green, blue) = (
        Double(rgb >> 16 & 255) / 255, Double(rgb >> 8 & 255) / 255, Double(rgb & 255) / 255
      )
    }
  }

  /// A line across, where something changed.
  public struct Mark: Sendable {
    let iteration: Int
    let text: String

    /// A mark at an iteration.
    public init(at iteration: Int, _ text: String) {
      self.iteration = iteration
      self.text = text
    }
  }

  /// Where the curves have values, ascending.
  public let iterations: [Int]

  /// The curves, each with as many values as there are iterations.
  public let curves: [Curve]

  /// Where something changed.
  public let marks: [Mark]

  /// A chart.
  public init(iterations: [Int], curves: [Curve], marks: [Mark] = []) {
    precondition(curves.allSatisfy { $0.values.count == iterations.count })
    self.iterations = iterations
    self.curves = curves
    self.marks = marks
  }

  /// A curve as shares of its peak; nil where there is nothing to draw.
  func shares(of curve: Curve) -> [Double?] {
    let peak = curve.values.filter(\.isFinite).max() ?? 0
    return curve.values.map { peak > 0 && $0 > 0 && $0.isFinite ? $0 / peak : nil }
  }

  /// How many powers of ten the axis goes down from 1.
  var decades: Int {
    let least = curves.flatMap(shares).compactMap(\.self).min() ?? 0.1
    return min(8, max(1, Int((-log10(least)).rounded(.up))))
  }
}
