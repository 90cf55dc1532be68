import Checkpoints
import Kernels
import Tensors

/// The network that reads a painting's style.
///
/// A MobileNet-v2 (Sandler and others 2018), the mean over the
/// picture, and a linear layer.
struct StylePredictor: Sendable {
  private enum Operation: Sendable {
    case stem(DirectConvolution)
    case pointwise(PointwiseConvolution)
    case depthwise(DepthwiseConvolution)
  }

  private struct Layer: Sendable {
    let name: String
    let operation: Operation
  }

  private let layers: [Layer]
  private let last: Layer

  init(from source: some TensorSource) throws(CheckpointError) {
    var layers: [Layer] = []
    for layer in StylizerArchitecture.predictor {
      let weights = try source.tensor(named: "\(layer.name).weight", of: layer.shape)
      let bias = try source.tensor(named: "\(layer.name).bias", of: [layer.outputs])
      let range: ClosedRange<Float> =
        layer.isRectified ? 0...6 : -.infinity ... .infinity
      let operation: Operation =
        switch layer.kind {
        case .stem:
          .stem(
            DirectConvolution(
              weights: weights, bias: bias, geometry: .same(stride: 2), range: range))
        case .pointwise:
          .pointwise(PointwiseConvolution(weights: weights, bias: bias, range: range))
        case .depthwise(let stride):
          .depthwise(
            DepthwiseConvolution(
              weights: weights, bias: bias, geometry: .same(stride: stride), range: range))
        }
      layers.append(Layer(name: layer.name, operation: operation))
    }
    guard let last = layers.popLast() else { preconditionFailure("no layers") }
    self.layers = layers
    self.last = last
  }

  /// The style of a picture, `(height, width, 3)`.
  func code<E: Error>(
    of picture: Tensor, on workers: Workers, checkpoint: LayerCheckpoint<E>
  ) throws(E) -> [Float] {
    var values = picture.reflected(toMultipleOf: 32)  // whole strides
    var blockInput: Tensor?
    for layer in layers {
      try checkpoint()
      let isBlockStart = layer.name.hasSuffix(".expand")
      if isBlockStart { blockInput = values }
      values = run(layer, on: values, workers)
      if layer.name.hasSuffix(".project"), let input = blockInput, input.shape == values.shape {
        add(input, to: &values, workers)
      }
    }
    let mean = ChannelMoments(of: values, on: workers).mean
    let pooled = Tensor(mean.map { Float($0) }, shape: [1, 1, mean.count])
    return run(last, on: pooled, workers).elements
  }

  private func run(_ layer: Layer, on input: Tensor, _ workers: Workers) -> Tensor {
    switch layer.operation {
    case .stem(let convolution):
      var output = Tensor(uninitialized: convolution.outputShape(for: input.shape))
      convolution.forward(input, into: &output, on: workers)
      return output
    case .pointwise(let convolution):
      var output = Tensor(
        uninitialized: [input.shape.height, input.shape.width, convolution.outputs])
      convolution.forward(input, into: &output, on: workers)
      return output
    case .depthwise(let convolution):
      var output = Tensor(uninitialized: convolution.outputShape(for: input.shape))
      convolution.forward(input, into: &output, on: workers)
      return output
    }
  }

  private func add(_ input: Tensor, to values: inout Tensor, _ workers: Workers) {
    input.withFloats { input in
      values.withMutableFloats { values in
        workers.forEachRange(of: values.count, grain: 1 << 14) { range, _ in
          for i in range { values[i] += input[i] }
        }
      }
    }
  }
}

extension ConvolutionGeometry {
  /// TensorFlow's "same" for a 3×3 window: at stride 2 and an even side nothing is added in front.
  fileprivate static func same(stride: Int) -> ConvolutionGeometry {
    var geometry = ConvolutionGeometry(stride: stride, padding: 1, border: .zero)
    if stride == 2 { (geometry.top, geometry.left) = (0, 0) }
    return geometry
  }
}
