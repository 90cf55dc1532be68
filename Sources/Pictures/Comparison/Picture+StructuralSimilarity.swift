import Foundation
import Tensors

extension Picture {
  /// How much of another picture's structure this one has: the structural similarity of their
  /// luminances (Wang and others 2004).
  ///
  /// Windows are Gaussians of σ = 1.5 cut off at 11×11 pixels, moments are those of the population,
  /// luminance is `0.2125 R + 0.7154 G + 0.0721 B` of the gamma-encoded colors, and pixels nearer than 5
  /// to an edge do not count: the same as scikit-image's `structural_similarity` of two `rgb2gray`s with
  /// `gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1`. In pictures narrower
  /// than a window, which scikit-image refuses, only the middle counts, and the picture is mirrored.
  ///
  /// - Parameters:
  ///   - other: a picture of the same size.
  ///   - workers: the threads; their number does not change the result.
  /// - Returns: 1 for equal pictures; near 0 for unrelated ones, and below for opposed ones.
  public func structuralSimilarity(to other: Picture, on workers: Workers) -> Double {
    precondition(width == other.width && height == other.height)
    let window = SimilarityWindow(self, other)
    let rows = window.countedRows
    let grain = 64
    var sums = [Double](repeating: 0, count: rows.count.dividedUp(by: grain))
    sums.withUnsafeMutableBufferPointer { sums in
      workers.forEachRange(of: rows.count, grain: grain) { range, number in
        sums[number] = window.sum(
          over: rows.lowerBound + range.lowerBound..<rows.lowerBound + range.upperBound)
      }
    }
    return sums.reduce(0, +) / Double(rows.count * window.countedColumns.count)
  }
}

/// Two pictures under a sliding window.
private struct SimilarityWindow {
  private static let radius = 5

  private let first: Picture
  private let second: Picture

  /// The weights from the middle of the window outwards.
  private let weights: [Double]

  let countedRows: Range<Int>
  let countedColumns: Range<Int>

  init(_ first: Picture, _ second: Picture) {
    self.first = first
    self.second = second
    let bells = (0...Self.radius).map { exp(-Double($0 * $0) / (2 * 1.5 * 1.5)) }
    let sum = 2 * bells.reduce(0, +) - bells[0]
    weights = bells.map { $0 / sum }
    countedRows = Self.counted(of: first.height)
    countedColumns = Self.counted(of: first.width)
  }

  private static func counted(of side: Int) -> Range<Int> {
    let margin = min(radius, (side - 1) / 2)
    return margin..<side - margin
  }

  /// The sum of the similarities of all windows in the middle of these rows.
  func sum(over rows: Range<Int>) -> Double {
    let height = first.height
    let needed = rows.lowerBound - Self.radius..<rows.upperBound + Self.radius
    let across = needed.map { moments(ofRow: mirrored($0, in: height)) }
    var sum = 0.0
    for row in rows {
      let top = row - needed.lowerBound
      for column in 0..<countedColumns.count {
        var moments = weights[0] * across[top][column]
        for distance in 1...Self.radius {
          moments.addProduct(
            SIMD8(repeating: weights[distance]),
            across[top - distance][column] + across[top + distance][column])
        }
        sum += Self.similarity(moments)
      }
    }
    return sum
  }

  /// `(2 μν + c₁)(2 σ + c₂) / (μ² + ν² + c₁)(σ² + τ² + c₂)`.
  private static func similarity(_ moments: SIMD8<Double>) -> Double {
    let (c1, c2) = (0.01 * 0.01, 0.03 * 0.03)
    let (x, y, xx, yy, xy) = (moments[0], moments[1], moments[2], moments[3], moments[4])
    return (2 * x * y + c1) * (2 * (xy - x * y) + c2)
      / ((x * x + y * y + c1) * (xx - x * x + yy - y * y + c2))
  }

  /// The means of x, y, x², y² and xy over the window's width, for the columns that count.
  private func moments(ofRow row: Int) -> [SIMD8<Double>] {
    let width = first.width
    let products = (0..<width).map { column in
      let x = Self.luminance(of: first, at: row * width + column)
      let y = Self.luminance(of: second, at: row * width + column)
      return SIMD8(x, y, x * x, y * y, x * y, 0, 0, 0)
    }
    return countedColumns.map { column in
      var sum = weights[0] * products[column]
      for distance in 1...Self.radius {
        sum.addProduct(
          SIMD8(repeating: weights[distance]),
          products[mirrored(column - distance, in: width)]
            + products[mirrored(column + distance, in: width)])
      }
      return sum
    }
  }

  private static func luminance(of picture: Picture, at pixel: Int) -> Double {
    (0.2125 * Double(picture.rgb[3 * pixel]) + 0.7154 * Double(picture.rgb[3 * pixel + 1])
      + 0.0721 * Double(picture.rgb[3 * pixel + 2])) / 255
  }

  /// A place inside, however far outside: the picture is mirrored at its edges, again and again.
  private func mirrored(_ index: Int, in count: Int) -> Int {
    let place = ((index % (2 * count)) + 2 * count) % (2 * count)
    return place < count ? place : 2 * count - 1 - place
  }
}
