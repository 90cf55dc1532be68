import Foundation
import Recipes

/// The sizes that a run goes through, coarse to fine, and when.
struct ScaleSchedule: Equatable {
  /// The longer sides, in rising order; the last one is the result's.
  let sizes: [Int]

  /// How many times the steps of a size the next smaller one takes.
  private let taper: Double

  /// From `first` on, or as near above it as whole steps of √2 down from `size` come.
  ///
  /// - Parameters:
  ///   - size: the result's.
  ///   - first: the least; nil for `size`.
  ///   - taper: how many times the steps of a size the next smaller one takes.
  init(size: Int, first: Int?, taper: Double = 1) {
    var sizes = [size]
    while let first, first < size {
      let next = Int((Double(size) * pow(0.5, Double(sizes.count) / 2)).rounded())
      guard next >= first else { break }
      sizes.append(next)
    }
    self.init(sizes: sizes.reversed(), taper: taper)
  }

  private init(sizes: [Int], taper: Double) {
    self.sizes = sizes
    self.taper = taper
  }

  /// Without the sizes at which there is no room for the network.
  func keeping(_ hasRoom: (_ size: Int) -> Bool) -> ScaleSchedule {
    ScaleSchedule(sizes: sizes.dropLast().filter(hasRoom) + sizes.suffix(1), taper: taper)
  }

  /// Which size the step after `iteration` steps of `total` is taken at, as an index of `sizes`.
  ///
  /// The first size takes twice the steps that `taper` would give it: there the picture is composed, and
  /// steps cost least.
  ///
  /// - Parameters:
  ///   - iteration: how many steps were taken.
  ///   - total: how many there are.
  ///   - elapsed: how much of the time is over, if that is limited; each size gets as much of it as its
  ///     steps cost.
  func index(at iteration: Int, of total: Int, elapsed: Double = 0) -> Int {
    let steps = steps
    let costs = zip(steps, sizes).map { $0 * Double($1) * Double($1) }
    return max(
      Self.index(at: Double(iteration) / Double(max(total, 1)), of: steps),
      Self.index(at: elapsed, of: costs))
  }

  /// What each size gets of the steps, beside the others.
  private var steps: [Double] {
    sizes.indices.map { index in
      pow(taper, Double(sizes.count - 1 - index)) * (index == 0 && sizes.count > 1 ? 2 : 1)
    }
  }

  /// How many of `total` steps are taken at each size, not rounded.
  func steps(of total: Int) -> [Double] {
    let steps = steps
    let sum = steps.reduce(0, +)
    return steps.map { $0 / sum * Double(total) }
  }

  /// Which part a share of the whole lies in.
  private static func index(at share: Double, of parts: [Double]) -> Int {
    var place = share * parts.reduce(0, +)
    for (index, part) in parts.dropLast().enumerated() {
      // As if sums were exact: the step that ends a part begins the next one.
      if place < part * (1 - 1e-12) { return index }
      place -= part
    }
    return parts.count - 1
  }
}
