import Foundation
import Terminal

/// What the chart shows, before it is known how: curves relative to their highest point, on a
/// logarithmic axis.
///
/// Relative, because losses differ by orders of magnitude: on one absolute axis all of them would be flat.
struct LossChart {
  /// A curve.
  struct Curve {
    let name: String
    /// What marks it where there are no colors.
    let symbol: Character
    let style: Style
    /// Iteration and common logarithm of the share of the highest value; not where that is nothing.
    let points: [Point]
    /// The loss itself where the chart is read; nil before there is one.
    let value: Double?
  }

  struct Point {
    let iteration: Int
    let level: Double
  }

  let curves: [Curve]

  /// The last iteration that has room, at least 1.
  let lastIteration: Int

  /// The logarithm at the lower edge; the upper edge is 0, the highest value.
  let floor: Double

  /// - Parameters:
  ///   - history: the losses.
  ///   - iterations: how many the run takes in all.
  ///   - reading: the iteration whose values are told; nil for the latest.
  ///   - showsLayers: whether to show the style loss layer by layer.
  ///   - theme: colors the curves.
  init(
    _ history: LossHistory, iterations: Int, reading: Int?, showsLayers: Bool, theme: Theme
  ) {
    let samples = history.samples
    let read =
      reading.flatMap { reading in samples.last { $0.iteration <= reading } } ?? samples.last
    func curve(
      _ name: String, _ symbol: Character, _ style: Style,
      _ value: (LossHistory.Sample) -> Double?
    ) -> Curve {
      let peak = samples.reduce(0.0) { max($0, value($1).flatMap { $0.isFinite ? $0 : nil } ?? 0) }
      let points = samples.compactMap { sample -> Point? in
        guard peak > 0, let value = value(sample), value.isFinite, value > 0 else { return nil }
        return Point(iteration: sample.iteration, level: log10(value / peak))
      }
      return Curve(
        name: name, symbol: symbol, style: style, points: points, value: read.flatMap(value))
    }
    if showsLayers, !history.layers.isEmpty {
      curves = history.layers.enumerated().map { index, layer in
        curve(layer, Character("\((index + 1) % 10)"), theme.curve(index)) {
          $0.styleByLayer.indices.contains(index) ? $0.styleByLayer[index] : nil
        }
      }
    } else {
      curves = [
        curve("total", "T", theme.style(.total)) { $0.total },
        curve("content", "C", theme.style(.content)) { $0.content },
        curve("style", "S", theme.style(.style)) { $0.style },
        curve("tv", "V", theme.style(.tv)) { $0.tv },
      ]
    }
    let last = max(1, samples.last?.iteration ?? 1)
    let rounded = Self.roundedUp(last)
    lastIteration = iterations >= last ? min(rounded, max(1, iterations)) : rounded
    floor = Self.floor(of: curves)
  }

  /// Low enough for all but a few outliers and for where the curves are now; four decades at most.
  private static func floor(of curves: [Curve]) -> Double {
    let levels = curves.flatMap { $0.points.map(\.level) }.sorted()
    guard !levels.isEmpty else { return -1 }
    let usual = levels[levels.count / 30]
    let now = curves.compactMap(\.points.last?.level).min() ?? usual
    return max(-4, min(usual, now, -0.2) - 0.05)
  }

  /// The next of 10, 20, 50, 100, …: the curves move to the right, and the axis only now and then.
  private static func roundedUp(_ iteration: Int) -> Int {
    var step = 10
    while step < iteration, step < .max / 10 {
      for factor in [2, 5] where step * factor >= iteration { return step * factor }
      step *= 10
    }
    return step
  }
}
