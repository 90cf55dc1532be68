import Tensors

/// How a program names and arranges the weights of a VGG.
enum WeightLayout: CaseIterable {
  /// This program's own: `conv1_1.weight`.
  case canonical
  /// torchvision: `features.0.weight`.
  case torchvision
  /// Keras 1, and the files that Keras' applications download: `block1_conv1_W_1:0`.
  case keras1
  /// Keras 2: `block1_conv1/kernel:0`.
  case keras2
  /// Keras 3 writing the format of Keras 2: `block1_conv1/kernel`.
  case keras3
  /// Keras 3's own format, for a model with a submodel for each block: `block1/layers/conv2d/vars/0`.
  case kerasBlocks

  /// The axes of a filter, outermost first.
  enum FilterOrder {
    /// Height, width, inputs, outputs.
    case hwio
    /// Outputs, inputs, height, width.
    case oihw
  }

  /// What a network was trained on, as a function of RGB in 0...1: `scale * x + shift`.
  struct InputScaling {
    let scale: [Float]
    let shift: [Float]
  }

  var filterOrder: FilterOrder { self == .torchvision ? .oihw : .hwio }

  /// Whether conv1_1 expects blue, green, red, as Caffe did, from which Keras has its weights.
  var expectsBGR: Bool { self != .canonical && self != .torchvision }

  /// In the order R, G, B; `nil` when the file says it itself.
  var inputScaling: InputScaling? {
    switch self {
    case .canonical:
      nil
    case .torchvision:
      InputScaling(
        scale: [1 / 0.229, 1 / 0.224, 1 / 0.225],
        shift: [-0.485 / 0.229, -0.456 / 0.224, -0.406 / 0.225])
    case .keras1, .keras2, .keras3, .kerasBlocks:
      InputScaling(scale: [255, 255, 255], shift: [-123.68, -116.779, -103.939])
    }
  }

  /// The names of a convolution's filter and bias.
  func names(
    of convolution: VGGArchitecture.Convolution, in architecture: VGGArchitecture
  ) -> (filter: String, bias: String) {
    let (block, index) = (convolution.block, convolution.index)
    switch self {
    case .canonical:
      return ("\(convolution.name).weight", "\(convolution.name).bias")
    case .torchvision:
      let place = architecture.torchvisionIndex(of: convolution)
      return ("features.\(place).weight", "features.\(place).bias")
    case .keras1:
      return ("block\(block)_conv\(index)_W_1:0", "block\(block)_conv\(index)_b_1:0")
    case .keras2:
      return ("block\(block)_conv\(index)/kernel:0", "block\(block)_conv\(index)/bias:0")
    case .keras3:
      return ("block\(block)_conv\(index)/kernel", "block\(block)_conv\(index)/bias")
    case .kerasBlocks:
      let layer = "block\(block)/layers/conv2d" + (index == 1 ? "" : "_\(index - 1)")
      return ("\(layer)/vars/0", "\(layer)/vars/1")
    }
  }

  /// The full name of a tensor in a file.
  ///
  /// Keras puts layers into groups whose names vary
  /// (`block1_conv1/block1_conv1/kernel:0`, `model_weights/…`), so only a path's end counts there.
  func find(_ name: String, in source: any TensorSource) -> String? {
    if source.shape(of: name) != nil { return name }
    guard expectsBGR else { return nil }
    return source.names.first { $0.hasSuffix("/\(name)") }
  }
}
