import Checkpoints
import Kernels
import Tensors

extension VGG {
  /// The network whose weights are in a canonical checkpoint, as the model store writes them.
  ///
  /// - Parameters:
  ///   - checkpoint: the weights.
  ///   - precision: how finely numbers are kept while it is at work.
  ///   - level: the vector instructions to use.
  /// - Throws: `CheckpointError` when a layer between others is missing, does not fit the one before
  ///   or has a number of channels that is no multiple of 16.
  public init(
    checkpoint: some TensorSource, precision: Precision = .full, level: KernelLevel = .best
  ) throws(CheckpointError) {
    let names = checkpoint.names
      .filter { $0.hasSuffix(".weight") }
      .compactMap { LayerName($0.dropLast(".weight".count)) }
      .sorted()
    guard !names.isEmpty else { throw .unrecognized(path: checkpoint.path) }
    var layers: [Layer] = []
    for name in names {
      if let missing = name.missing(after: layers.last?.name) {
        throw .missingTensor(path: checkpoint.path, tensor: "\(missing).weight")
      }
      let inputs = layers.last?.convolution.outputs ?? 3
      let filter = try checkpoint.filter(of: name, inputs: inputs)
      layers.append(
        Layer(
          name: name,
          convolution: layers.isEmpty
            ? .ofPicture(PictureConvolution(filter, level: level))
            : .ofFeatures(
              WinogradConvolution(filter, precision: precision.weights, level: level))))
    }
    self.layers = layers
    activations = precision.activations
    inputScale = try checkpoint.tensor(named: VGGCheckpoint.inputScale, shape: [3]).elements
    inputShift = try checkpoint.tensor(named: VGGCheckpoint.inputShift, shape: [3]).elements
  }
}

extension LayerName {
  /// The layer that has to stand between `previous` and this one; nil when this one may follow.
  ///
  /// The first block has two convolutions at least, in every VGG.
  fileprivate func missing(after previous: LayerName?) -> LayerName? {
    guard let previous else {
      let first = LayerName(block: 1, index: 1)
      return self == first ? nil : first
    }
    let next = LayerName(block: previous.block, index: previous.index + 1)
    if self == next { return nil }
    let nextBlock = LayerName(block: previous.block + 1, index: 1)
    return self == nextBlock && previous != LayerName(block: 1, index: 1) ? nil : next
  }
}

extension TensorSource {
  fileprivate func filter(
    of name: LayerName, inputs: Int
  ) throws(CheckpointError) -> ConvolutionFilter {
    let weight = "\(name).weight"
    let found = shape(of: weight)?.extents.last ?? 0
    let outputs = max(16, (found + 15) / 16 * 16)
    let bias = try tensor(named: "\(name).bias", shape: [outputs])
    return ConvolutionFilter(
      weights: try tensor(named: weight, shape: [3, 3, inputs, outputs]),
      // Copied: a borrowed one would keep the whole file mapped.
      bias: Tensor(bias.elements, shape: bias.shape))
  }

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
