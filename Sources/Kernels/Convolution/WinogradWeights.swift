import Tensors

/// How transformed weights are stored; the arithmetic is in single precision either way.
public enum WinogradPrecision: Sendable {
  /// 144 bytes for each pair of channels.
  case single
  /// 72 bytes, at a relative error of about 1e-3.
  case half
}

/// A 3×3 filter transformed for Winograd's F(4×4, 3×3): `U = G g Gᵀ`, 36 numbers for each pair of
/// channels. One set serves a convolution and its adjoint.
///
/// Laid out as the inner loops read it: `(36, outputs / 16, inputs / 16, 16, 16)`, outputs last.
struct WinogradWeights: Sendable {
  enum Storage: Sendable {
    case single(Tensor)
    /// IEEE binary16, to be multiplied by `scale`, a power of two.
    case half([UInt16], scale: Float)
  }

  let storage: Storage

  /// `G` for the points 0, 1, -1, 1/2, -2 and infinity, which the inner loops' transforms belong to.
  private static let rows: [SIMD3<Double>] = [
    [1, 0, 0], [1, 1, 1] / 3, [1, -1, 1] / -3, [16, 8, 4] / -15, [1, -2, 4] / 15, [0, 0, 1],
  ]

  /// Transforms in double precision.
  init(_ filter: ConvolutionFilter, precision: WinogradPrecision) {
    let (inputs, outputs) = (filter.inputs, filter.outputs)
    precondition(inputs % 16 == 0 && outputs % 16 == 0)
    var transformed = Tensor(uninitialized: [36, outputs / 16, inputs / 16, 16, 16])
    filter.weights.withFloats { weights in
      transformed.withMutableFloats { transformed in
        for row in 0..<outputs / 16 * inputs {
          let (input, output) = (row % inputs, row / inputs * 16)
          let taps = (0..<9).map { Self.load(weights, ($0 * inputs + input) * outputs + output) }
          for (k, coefficients) in Self.transform(taps).enumerated() {
            Self.store(coefficients, transformed, k * inputs * outputs + row * 16)
          }
        }
      }
    }
    switch precision {
    case .single: storage = .single(transformed)
    case .half: storage = Self.halved(transformed)
    }
  }

  /// `G g Gᵀ` of 16 filters at once.
  private static func transform(_ taps: [SIMD16<Double>]) -> [SIMD16<Double>] {
    rows.flatMap { g in
      let half = (0..<3).map { combine(g, taps[$0], taps[3 + $0], taps[6 + $0]) }
      return rows.map { combine($0, half[0], half[1], half[2]) }
    }
  }

  private static func combine(
    _ g: SIMD3<Double>, _ a: SIMD16<Double>, _ b: SIMD16<Double>, _ c: SIMD16<Double>
  ) -> SIMD16<Double> {
    var sum = g.x * a
    sum += g.y * b
    sum += g.z * c
    return sum
  }

  private static func load(_ floats: UnsafeBufferPointer<Float>, _ at: Int) -> SIMD16<Double> {
    var vector = SIMD16<Double>()
    for i in 0..<16 { vector[i] = Double(floats[at + i]) }
    return vector
  }

  private static func store(
    _ vector: SIMD16<Double>, _ floats: UnsafeMutableBufferPointer<Float>, _ at: Int
  ) {
    for i in 0..<16 { floats[at + i] = Float(vector[i]) }
  }

  /// The same in half precision, scaled so that the largest number is near the top of its range, 65504.
  private static func halved(_ weights: Tensor) -> Storage {
    weights.withFloats { weights in
      let largest = weights.reduce(0) { max($0, abs($1)) }
      let scale = largest > 0 && largest.isFinite ? 16384 / largest.binade : 1
      return .half(weights.map { Float16($0 * scale).bitPattern }, scale: 1 / scale)
    }
  }
}
