import Foundation

/// How one axis is resampled: for each new sample the old ones it is mixed from, and their shares.
///
/// Lanczos' windowed sinc with three lobes, stretched by the scale where there are to be fewer
/// samples, so that what they cannot show is averaged away instead of aliased; cut off at the edges
/// and normalized. The convention (centers, cut, rounding) is that of Pillow's `LANCZOS`.
struct LanczosFilter {
  /// The first old sample that counts, by new sample.
  let starts: [Int]
  /// How many old samples count, by new sample.
  let counts: [Int]
  /// The shares, `(new sample, stride)`; beyond `counts` they are 0.
  let weights: [Float]
  /// The shares times 2^`fixedPointBits`, for samples of 8 bits.
  let fixedPointWeights: [Int32]
  /// The row length of `weights`.
  let stride: Int

  /// Pillow's: the sum of products with 8-bit samples then fits 32 bits.
  static let fixedPointBits: Int32 = 22

  /// A filter from `old` samples to `new` ones, both at least 1.
  ///
  /// - Parameters:
  ///   - old: how many samples there are.
  ///   - part: which of them the new ones cover, by default all; its ends may lie between samples. Near
  ///     its ends samples beyond them count too, as in Pillow's `box`.
  ///   - new: how many there are to be.
  init(from old: Int, part: Range<Double>? = nil, to new: Int) {
    let part = part ?? 0..<Double(old)
    let scale = (part.upperBound - part.lowerBound) / Double(new)
    let stretch = max(1, scale)
    let support = Self.lobes * stretch
    let stride = 2 * Int(support.rounded(.up)) + 1
    var starts: [Int] = []
    var counts: [Int] = []
    var weights = [Double](repeating: 0, count: new * stride)
    for index in 0..<new {
      let center = part.lowerBound + (Double(index) + 0.5) * scale
      let start = max(0, Int(center - support + 0.5))
      let end = min(old, Int(center + support + 0.5))
      let shares = (start..<end).map { Self.kernel((Double($0) + 0.5 - center) / stretch) }
      let sum = shares.reduce(0, +)
      for (tap, share) in shares.enumerated() {
        weights[index * stride + tap] = share / sum
      }
      starts.append(start)
      counts.append(end - start)
    }
    self.starts = starts
    self.counts = counts
    self.weights = weights.map(Float.init)
    fixedPointWeights = weights.map {
      Int32(($0 * Double(1 << Self.fixedPointBits)).rounded(.toNearestOrAwayFromZero))
    }
    self.stride = stride
  }

  /// Resamples columns of 16 rows at once, clamped to 0...1.
  ///
  /// - Parameters:
  ///   - columns: `(old sample, channels)`.
  ///   - channels: how many columns make up a sample.
  ///   - result: `(new sample, channels)`.
  func mixColumns(
    _ columns: UnsafePointer<SIMD16<Float>>, channels: Int,
    into result: UnsafeMutablePointer<SIMD16<Float>>
  ) {
    weights.withUnsafeBufferPointer { weights in
      guard var shares = weights.baseAddress else { return }
      var target = result
      for index in 0..<starts.count {
        for channel in 0..<channels {
          var column = columns + (starts[index] * channels + channel)
          var sum = SIMD16<Float>.zero
          for tap in 0..<counts[index] {
            sum += column.pointee * shares[tap]
            column += channels
          }
          target.pointee = sum.clampedToUnit
          target += 1
        }
        shares += stride
      }
    }
  }

  /// Resamples rows into one new row, clamped to 0...1.
  ///
  /// - Parameters:
  ///   - rows: `(old sample, row)`.
  ///   - row: how many floats a row has.
  ///   - index: the new sample.
  ///   - result: `(row)`.
  func mixRows(
    _ rows: UnsafePointer<Float>, row: Int, at index: Int, into result: UnsafeMutablePointer<Float>
  ) {
    weights.withUnsafeBufferPointer { weights in
      guard let shares = weights.baseAddress.map({ $0 + index * stride }) else { return }
      let lanes = SIMD16<Float>.scalarCount
      let first = rows + starts[index] * row
      for start in Swift.stride(from: 0, through: row - lanes, by: lanes) {
        var source = UnsafeRawPointer(first + start)
        var sum = SIMD16<Float>.zero
        for tap in 0..<counts[index] {
          sum += source.loadUnaligned(as: SIMD16<Float>.self) * shares[tap]
          source += row * MemoryLayout<Float>.stride
        }
        UnsafeMutableRawPointer(result + start).storeBytes(
          of: sum.clampedToUnit, as: SIMD16<Float>.self)
      }
      for column in row / lanes * lanes..<row {
        let sum = (0..<counts[index]).reduce(Float(0)) {
          $0 + first[$1 * row + column] * shares[$1]
        }
        result[column] = min(max(sum, 0), 1)
      }
    }
  }

  private static let lobes = 3.0

  private static func kernel(_ x: Double) -> Double {
    abs(x) < lobes ? sinc(x) * sinc(x / lobes) : 0
  }

  private static func sinc(_ x: Double) -> Double {
    x == 0 ? 1 : sin(x * .pi) / (x * .pi)
  }
}

extension SIMD16<Float> {
  /// Each lane clamped to 0...1; by comparisons, which become vector instructions, as the standard
  /// library's `clamped` does not.
  var clampedToUnit: Self {
    let positive = replacing(with: 0, where: self .< 0)
    return positive.replacing(with: 1, where: positive .> 1)
  }
}
