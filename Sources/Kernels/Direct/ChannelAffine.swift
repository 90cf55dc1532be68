internal import CKernels
import Tensors

/// A function of each channel by itself, `x * scale + shift`, perhaps rectified: what is left of a
/// normalization once the moments are known.
public struct ChannelAffine: Sendable {
  /// Each channel's factor.
  public let scale: [Float]
  /// What is then added.
  public let shift: [Float]
  /// Whether what is then below zero becomes zero.
  public let isRectified: Bool

  /// Both, repeated to whole groups of 16 floats, as the inner loops read them.
  private let scales: Tensor
  private let shifts: Tensor

  /// A function of `scale.count` channels.
  public init(scale: [Float], shift: [Float], isRectified: Bool = false) {
    precondition(scale.count == shift.count && !scale.isEmpty)
    self.scale = scale
    self.shift = shift
    self.isRectified = isRectified
    var period = scale.count
    while !period.isMultiple(of: 16) { period += scale.count }
    scales = Tensor((0..<period).map { scale[$0 % scale.count] }, shape: [period])
    shifts = Tensor((0..<period).map { shift[$0 % shift.count] }, shape: [period])
  }

  /// The instance normalization `(x - mean) / √(variance + ε) * gamma + beta` (Ulyanov, Vedaldi and
  /// Lempitsky 2016), with `gamma` and `beta` of a style (Dumoulin, Shlens and Kudlur 2017).
  public init(
    normalizing moments: ChannelMoments, gamma: [Float], beta: [Float], epsilon: Double = 1e-5,
    isRectified: Bool = false
  ) {
    precondition(gamma.count == moments.mean.count && beta.count == gamma.count)
    let scale = zip(gamma, moments.variance).map {
      Double($0) / ($1 + epsilon).squareRoot()
    }
    let shift = zip(zip(beta, moments.mean), scale).map { Double($0.0) - $0.1 * $1 }
    self.init(
      scale: scale.map { Float($0) }, shift: shift.map { Float($0) }, isRectified: isRectified)
  }

  /// The same, and what is below zero becomes zero.
  public var rectified: ChannelAffine {
    ChannelAffine(scale: scale, shift: shift, isRectified: true)
  }

  /// This function, and another one of its results.
  ///
  /// - Precondition: this one does not rectify.
  public func followed(by next: ChannelAffine) -> ChannelAffine {
    precondition(!isRectified && scale.count == next.scale.count)
    return ChannelAffine(
      scale: zip(scale, next.scale).map { $0 * $1 },
      shift: zip(zip(shift, next.scale), next.shift).map { $0.0 * $0.1 + $1 },
      isRectified: next.isRectified)
  }

  func withMap<R>(_ body: (ChannelMap) -> R) -> R {
    scales.withFloats { scales in
      shifts.withFloats { shifts in
        body(
          ChannelMap(
            scale: scales.baseAddress, shift: shifts.baseAddress, period: scales.count,
            lower: isRectified ? 0 : -.infinity))
      }
    }
  }

  /// `output = f(input) + addend`.
  ///
  /// - Parameters:
  ///   - input: `(…, channels)`.
  ///   - addend: of the same shape; nothing is added without.
  ///   - output: of the same shape, overwritten.
  ///   - workers: the threads.
  public func apply(
    to input: Tensor, adding addend: Tensor? = nil, into output: inout Tensor,
    level: KernelLevel = .best, on workers: Workers
  ) {
    precondition(addend == nil || addend?.shape == input.shape)
    let kernels = level.kernels
    run(on: input, into: &output, workers: workers) { map, source, target, range in
      guard let addend else {
        return kernels.mapChannels(&map, source, nil, target, range.lowerBound, range.upperBound)
      }
      addend.withFloats {
        kernels.mapChannels(
          &map, source, $0.baseAddress, target, range.lowerBound, range.upperBound)
      }
    }
  }

  /// `output = 1 / (1 + exp(-f(input)))`.
  ///
  /// - Parameters:
  ///   - input: `(…, channels)`.
  ///   - output: of the same shape, overwritten.
  ///   - workers: the threads.
  public func applySigmoid(
    to input: Tensor, into output: inout Tensor, level: KernelLevel = .best, on workers: Workers
  ) {
    let kernels = level.kernels
    run(on: input, into: &output, workers: workers) { map, source, target, range in
      kernels.sigmoid(&map, source, target, range.lowerBound, range.upperBound)
    }
  }

  private func run(
    on input: Tensor, into output: inout Tensor, workers: Workers,
    _ body: (
      inout ChannelMap, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Range<Int>
    ) -> Void
  ) {
    precondition(input.shape == output.shape && input.shape.channels == scale.count)
    let grain = (1 << 15).dividedUp(by: scales.count) * scales.count
    withMap { map in
      input.withFloats { input in
        output.withMutableFloats { output in
          guard let source = input.baseAddress, let target = output.baseAddress else { return }
          workers.forEachRange(of: input.count, grain: grain) { range, _ in
            var map = map
            body(&map, source, target, range)
          }
        }
      }
    }
  }
}
