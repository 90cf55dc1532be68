import Checkpoints
import Kernels
import Tensors

extension VGG {
  /// The network whose weights are in a canonical checkpoint, as the model store writes them.
  public init(checkpoint: some TensorSource) throws(CheckpointError) {
    let names = checkpoint.names
      .filter { $0.hasSuffix(".weight") }
      .compactMap { LayerName($0.dropLast(".weight".count)) }
      .sorted()
    var layers: [Layer] = []
    var channels = 3
    for name in names {
      let weight = "\(name).weight"
      let outputs = checkpoint.shape(of: weight)?.extents.last ?? 0
      let filter = ConvolutionFilter(
        weights: try checkpoint.tensor(named: weight, shape: [3, 3, channels, outputs]),
        bias: try checkpoint.tensor(named: "\(name).bias", shape: [outputs]))
      layers.append(Layer(name: name, convolution: GEMMConvolution(filter)))
      channels = outputs
    }
    guard !layers.isEmpty else { throw .unrecognized(path: checkpoint.path) }
    self.init(
      layers: layers,
      inputScale: try checkpoint.tensor(named: VGGCheckpoint.inputScale, shape: [3]).elements,
      inputShift: try checkpoint.tensor(named: VGGCheckpoint.inputShift, shape: [3]).elements)
  }
}

extension TensorSource {
  /// A tensor that must have this shape.
  fileprivate func tensor(
    named name: String, shape: Shape
  ) throws(CheckpointError) -> Tensor {
    let tensor = try tensor(named: name)
    guard tensor.shape == shape else {
      throw .wrongShape(path: path, tensor: name, expected: shape, found: tensor.shape)
    }
    return tensor
  }
}
