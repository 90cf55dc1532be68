import Tensors

/// The mean and the covariance of a picture's colors in OkLab; what is transparent does not count.
struct ColorMoments: Sendable {
  let mean: SIMD3<Double>
  let covariance: Matrix3

  /// - Parameter colors: of a picture, with its opacity or nil where it has none.
  init(of colors: [OkLab], opacity: [UInt8]?, on workers: Workers) {
    let grain = 1 << 14
    var sums = [Sums](repeating: Sums(), count: colors.count.dividedUp(by: grain))
    sums.withUnsafeMutableBufferPointer { sums in
      workers.forEachRange(of: colors.count, grain: grain) { range, number in
        var sum = Sums()
        for index in range {
          sum.add(SIMD3<Double>(colors[index].components), opacity.map { Double($0[index]) } ?? 1)
        }
        sums[number] = sum
      }
    }
    var total = sums.reduce(Sums()) { $0 + $1 }
    if total.weight == 0 {  // invisible everywhere: then all of it counts
      for color in colors { total.add(SIMD3<Double>(color.components), 1) }
    }
    mean = total.first / total.weight
    covariance = (1 / total.weight) * total.second + (-1) * Matrix3(mean, times: mean)
  }

  private struct Sums {
    var weight = 0.0
    var first = SIMD3<Double>.zero
    var second = Matrix3(diagonal: .zero)

    mutating func add(_ x: SIMD3<Double>, _ weight: Double) {
      self.weight += weight
      first += weight * x
      second = second + Matrix3(weight * x, times: x)
    }

    static func + (a: Sums, b: Sums) -> Sums {
      var sum = a
      sum.weight += b.weight
      sum.first += b.first
      sum.second = sum.second + b.second
      return sum
    }
  }
}
