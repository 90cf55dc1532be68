internal import CKernels
import Tensors

/// A convolution of any window and stride, by its definition, over a picture that may be reflected at
/// its edges, normalized as it is read, or upsampled by two on the way.
///
/// Nothing of that is ever stored: tiles of the input are copied into scratch as the window needs
/// them. The result's moments are measured while it is in cache. Results do not depend on the number
/// of threads.
public struct DirectConvolution: Sendable {
  /// Channels that come in.
  public let inputs: Int
  /// Channels that go out.
  public let outputs: Int
  /// Stride, padding, upsampling.
  public let geometry: ConvolutionGeometry
  /// Results are clamped to this.
  public let range: ClosedRange<Float>

  private let window: (height: Int, width: Int)
  private let filter: DirectFilter
  private let level: KernelLevel

  /// The most channels whose moments can be measured on the way.
  public static let mostMeasuredChannels = 1024

  /// Arranges the filter.
  ///
  /// - Parameters:
  ///   - weights: `(height, width, inputs, outputs)`.
  ///   - bias: `(outputs)`; zeros without.
  ///   - geometry: stride, padding, upsampling.
  ///   - range: what results are clamped to: `0 ... .infinity` is a rectifier.
  ///   - level: the vector instructions to use.
  public init(
    weights: Tensor, bias: Tensor? = nil, geometry: ConvolutionGeometry,
    range: ClosedRange<Float> = -.infinity ... .infinity, level: KernelLevel = .best
  ) {
    precondition(weights.shape.rank == 4 && weights.count > 0)
    precondition(geometry.upsampling == nil || geometry.stride == 1)
    inputs = weights.shape[2]
    outputs = weights.shape[3]
    window = (weights.shape[0], weights.shape[1])
    self.geometry = geometry
    self.range = range
    self.level = level
    filter = DirectFilter(
      weights: weights, bias: bias ?? Tensor(shape: [outputs]), geometry: geometry)
  }

  /// The shape of what becomes of an input, `(height, width, outputs)`.
  public func outputShape(for input: Shape) -> Shape {
    let g = geometry
    return [
      g.extent(of: input.height, window: window.height, before: g.top, after: g.bottom),
      g.extent(of: input.width, window: window.width, before: g.left, after: g.right), outputs,
    ]
  }

  /// `output = map(input) * weights + bias`, clamped.
  ///
  /// - Parameters:
  ///   - input: `(height, width, inputs)`.
  ///   - map: what is done to the input as it is read.
  ///   - output: of `outputShape(for:)`, overwritten.
  ///   - workers: the threads.
  public func forward(
    _ input: Tensor, through map: ChannelAffine? = nil, into output: inout Tensor,
    on workers: Workers
  ) {
    run(input, through: map, into: &output, moments: nil, on: workers)
  }

  /// The same, measuring the result.
  ///
  /// - Precondition: at most `mostMeasuredChannels` outputs.
  /// - Returns: the moments of `output`'s channels.
  public func measuredForward(
    _ input: Tensor, through map: ChannelAffine? = nil, into output: inout Tensor,
    on workers: Workers
  ) -> ChannelMoments {
    precondition(outputs <= Self.mostMeasuredChannels)
    let tiling = tiling(of: output.shape)
    var tiles = [Double](repeating: 0, count: tiling.count * 2 * outputs)
    tiles.withUnsafeMutableBufferPointer {
      run(input, through: map, into: &output, moments: $0.baseAddress, on: workers)
    }
    var moments = ChannelMoments(channels: outputs)
    for tile in 0..<tiling.count {
      let start = tile * 2 * outputs
      moments.join(
        ChannelMoments(
          count: tiling.pixels(in: tile), mean: Array(tiles[start..<start + outputs]),
          squares: Array(tiles[start + outputs..<start + 2 * outputs])))
    }
    return moments
  }

  private func tiling(of output: Shape) -> DirectTiling {
    DirectTiling(
      filter, rowStep: geometry.stride, inputs: inputs, output: output,
      panel: level.kernels.tilesPerPanel)
  }

  private func run(
    _ input: Tensor, through map: ChannelAffine?, into output: inout Tensor,
    moments: UnsafeMutablePointer<Double>?, on workers: Workers
  ) {
    precondition(input.shape.rank == 3 && input.shape.channels == inputs)
    precondition(output.shape == outputShape(for: input.shape))
    precondition(map == nil || map?.scale.count == inputs)
    guard input.count > 0, output.count > 0 else { return }
    let tiling = tiling(of: output.shape)
    var pass = DirectPass()
    pass.height = input.shape.height
    pass.width = input.shape.width
    pass.channels = inputs
    pass.border = geometry.border.rule
    pass.top = filter.top
    pass.left = filter.left
    pass.windowHeight = filter.windowHeight
    pass.windowWidth = filter.windowWidth
    pass.rowStep = geometry.stride
    pass.blockStep = filter.blockStep
    pass.phases = filter.phases
    pass.phaseStep = filter.phaseStep
    pass.groups = filter.groups
    pass.blockOutputs = filter.blockPixels * outputs
    pass.rows = tiling.rows
    pass.blocks = tiling.blocks
    pass.rowLength = output.shape.width * outputs
    pass.resultChannels = outputs
    pass.lower = range.lowerBound
    pass.upper = range.upperBound
    pass.tileRows = tiling.tileRows
    pass.tileBlocks = tiling.tileBlocks
    pass.moments = moments
    withPointers(&pass, input, map, &output) { pass in
      let kernels = level.kernels
      workers.forEach(tiling.count, scratch: kernels.directScratch(pass)) { tile, scratch in
        kernels.direct(pass, tile, scratch)
      }
    }
  }

  private func withPointers(
    _ pass: inout DirectPass, _ input: Tensor, _ map: ChannelAffine?, _ output: inout Tensor,
    _ body: (UnsafePointer<DirectPass>) -> Void
  ) {
    input.withFloats { input in
      output.withMutableFloats { output in
        filter.weights.withFloats { weights in
          filter.bias.withFloats { bias in
            pass.source = input.baseAddress
            pass.destination = output.baseAddress
            pass.weights = weights.baseAddress
            pass.bias = bias.baseAddress
            guard let map else { return withUnsafePointer(to: pass, body) }
            map.withMap {
              pass.map = $0
              withUnsafePointer(to: pass, body)
            }
          }
        }
      }
    }
  }
}

extension Border {
  fileprivate var rule: BorderRule {
    switch self {
    case .zero: BORDER_ZERO
    case .reflect: BORDER_REFLECT
    case .replicate: BORDER_REPLICATE
    }
  }
}
