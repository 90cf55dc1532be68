import Foundation
import Recipes

/// The sizes that a run goes through, coarse to fine, and when.
struct ScaleSchedule: Equatable {
  /// The longer sides, in rising order; the last one is the result's.
  let sizes: [Int]

  /// From `first` on, or as near above it as whole steps of √2 down from `size` come.
  init(size: Int, first: Int?) {
    var sizes = [size]
    while let first, first < size {
      let next = Int((Double(size) * pow(0.5, Double(sizes.count) / 2)).rounded())
      guard next >= first else { break }
      sizes.append(next)
    }
    self.init(sizes: sizes.reversed())
  }

  private init(sizes: [Int]) { self.sizes = sizes }

  /// Without the sizes at which there is no room for the network.
  func keeping(_ hasRoom: (_ size: Int) -> Bool) -> ScaleSchedule {
    ScaleSchedule(sizes: sizes.dropLast().filter(hasRoom) + sizes.suffix(1))
  }

  /// Which size the step after `iteration` steps of `total` is taken at, as an index of `sizes`.
  ///
  /// All take as many steps but the first, which takes twice as many: there the picture is composed, and
  /// steps cost least.
  func index(at iteration: Int, of total: Int) -> Int {
    let share = Double(total) / Double(sizes.count + 1)
    let place = Double(iteration) / max(share, 1e-9)
    return min(max(Int(min(place, 1e6)) - 1, 0), sizes.count - 1)
  }
}
