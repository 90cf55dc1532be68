import Tensors

/// A VGG's weights in this program's own arrangement, whoever trained them.
///
/// Its tensors, for each convolution up to conv5_1 at least:
///
///     conv1_1.weight   (3, 3, inputs, outputs)
///     conv1_1.bias     (outputs)
///
/// and how pictures go in:
///
///     input.scale      (3)
///     input.shift      (3)
///
/// The network's input is `scale * x + shift`, channel by channel, for a picture `x` of R, G, B in
/// 0...1; conv1_1 takes its channels in that order.
public struct VGGCheckpoint: Sendable {
  /// The name of the tensor that pictures are multiplied by.
  public static let inputScale = "input.scale"

  /// The name of the tensor that is then added.
  public static let inputShift = "input.shift"

  /// Which VGG it is.
  public let architecture: VGGArchitecture

  /// All tensors, by their canonical names.
  public let tensors: [(name: String, tensor: Tensor)]

  /// `architecture`, `source` and `license`.
  public let metadata: [String: String]

  /// Where weights come from.
  struct Origin {
    let source: String
    let license: String
  }

  /// Reads the weights from a file in any layout that is known: this program's, torchvision's or
  /// one of Keras'.
  ///
  /// - Throws: `CheckpointError` when a tensor is missing, does not fit the architecture or is not
  ///   finite.
  public init(from source: any TensorSource) throws(CheckpointError) {
    try self.init(from: source, origin: nil)
  }

  init(
    from source: any TensorSource, origin: Origin?,
    among architectures: [VGGArchitecture] = [.vgg19, .vgg16]
  ) throws(CheckpointError) {
    let (layout, architecture) = try Self.recognize(source, among: architectures)
    var tensors: [(String, Tensor)] = []
    for convolution in architecture.convolutions {
      let names = layout.names(of: convolution, in: architecture)
      if !VGGArchitecture.isRequired(convolution), layout.find(names.filter, in: source) == nil {
        break
      }
      let (inputs, outputs) = (convolution.inputs, convolution.outputs)
      var filter: Tensor
      switch layout.filterOrder {
      case .hwio:
        filter = try Self.read(names.filter, [3, 3, inputs, outputs], layout, from: source)
      case .oihw:
        filter = try Self.read(names.filter, [outputs, inputs, 3, 3], layout, from: source)
          .filterFromOIHW()
      }
      if inputs == 3, layout.expectsBGR { filter = filter.filterWithReversedInputs() }
      let bias = try Self.read(names.bias, [outputs], layout, from: source)
      tensors.append(("\(convolution.name).weight", filter))
      tensors.append(("\(convolution.name).bias", bias))
    }
    if let scaling = layout.inputScaling {
      tensors.append((Self.inputScale, Tensor(scaling.scale, shape: [3])))
      tensors.append((Self.inputShift, Tensor(scaling.shift, shape: [3])))
    } else {
      for name in [Self.inputScale, Self.inputShift] {
        tensors.append((name, try Self.read(name, [3], layout, from: source)))
      }
    }
    self.architecture = architecture
    self.tensors = tensors
    metadata = [
      "architecture": architecture.name,
      "source": origin?.source ?? source.metadata["source"] ?? "not stated",
      "license": origin?.license ?? source.metadata["license"] ?? "not stated",
    ]
  }

  /// Writes the weights to a safetensors file, replacing it whole or not at all.
  public func write(to path: String) throws(CheckpointError) {
    try SafetensorsFile.write(tensors, metadata: metadata, to: path)
  }

  private static func recognize(
    _ source: any TensorSource, among architectures: [VGGArchitecture]
  ) throws(CheckpointError) -> (WeightLayout, VGGArchitecture) {
    func has(
      _ convolution: VGGArchitecture.Convolution?, of architecture: VGGArchitecture,
      _ layout: WeightLayout
    ) -> Bool {
      guard let convolution else { return false }
      let name = layout.names(of: convolution, in: architecture).filter
      return layout.find(name, in: source) != nil
    }
    guard let shallowest = architectures.last,
      let layout = WeightLayout.allCases.first(where: {
        has(shallowest.convolutions.first, of: shallowest, $0)
      })
    else { throw .unrecognized(path: source.path) }
    if layout == .torchvision, source.shape(of: "features.1.running_mean") != nil {
      throw .batchNormalized(path: source.path)
    }
    let architecture = architectures.first { has($0.deepestOfThirdBlock, of: $0, layout) }
    return (layout, architecture ?? shallowest)
  }

  /// A tensor of the expected shape; the shape is compared before anything is read.
  private static func read(
    _ name: String, _ expected: Shape, _ layout: WeightLayout, from source: any TensorSource
  ) throws(CheckpointError) -> Tensor {
    guard let found = layout.find(name, in: source), let shape = source.shape(of: found) else {
      throw .missingTensor(path: source.path, tensor: name)
    }
    guard shape == expected else {
      throw .wrongShape(path: source.path, tensor: found, expected: expected, found: shape)
    }
    let tensor = try source.tensor(named: found)
    guard tensor.withFloats({ $0.allSatisfy(\.isFinite) }) else {
      throw .notFinite(path: source.path, tensor: found)
    }
    return tensor
  }
}

extension Tensor {
  /// This `(outputs, inputs, height, width)` filter as `(height, width, inputs, outputs)`.
  func filterFromOIHW() -> Tensor {
    let (outputs, inputs, taps) = (shape[0], shape[1], shape[2] * shape[3])
    var filter = Tensor(uninitialized: [shape[2], shape[3], inputs, outputs])
    withFloats { source in
      filter.withMutableFloats { target in
        for output in 0..<outputs {
          for input in 0..<inputs {
            for tap in 0..<taps {
              target[(tap * inputs + input) * outputs + output] =
                source[(output * inputs + input) * taps + tap]
            }
          }
        }
      }
    }
    return filter
  }

  /// This `(height, width, inputs, outputs)` filter for inputs in the opposite order.
  func filterWithReversedInputs() -> Tensor {
    let (inputs, outputs) = (shape[2], shape[3])
    var filter = Tensor(uninitialized: shape)
    withFloats { source in
      filter.withMutableFloats { target in
        for row in 0..<shape[0] * shape[1] * inputs {
          let (tap, input) = row.quotientAndRemainder(dividingBy: inputs)
          let mirrored = tap * inputs + (inputs - 1 - input)
          for output in 0..<outputs {
            target[row * outputs + output] = source[mirrored * outputs + output]
          }
        }
      }
    }
    return filter
  }
}
