import Checkpoints
import Kernels
import Synchronization
import Tensors

/// The convolutions of a graph, arranged the first time that a plan needs them.
final class GraphConvolutions: Sendable {
  struct Key: Hashable {
    let node: Int
    let geometry: ConvolutionGeometry
  }

  private let known = Mutex<[Key: DirectConvolution]>([:])

  func convolution(_ key: Key, _ make: () -> DirectConvolution) -> DirectConvolution {
    known.withLock { known in
      if let convolution = known[key] { return convolution }
      let convolution = make()
      known[key] = convolution
      return convolution
    }
  }
}

extension GraphPlanner {
  private static let mostChannels = 4096
  private static let largestWindow = 64
  /// Dilated and grouped filters are kept with their zeros.
  private static let mostWeights = 1 << 26

  mutating func addConvolution(
    _ node: GraphDescription.Node, _ index: Int
  ) throws(GraphFailure) {
    let weights = try weights(node, 1, rank: 4)
    var picture = try picture(node, 0)
    let window = try Window(node, weights, extent: picture.fullShape)
    let groups = node.integer("group") ?? 1
    let (outputs, inputs) = (weights.shape[0], picture.shape.channels)
    guard (1...Self.mostChannels).contains(groups), outputs <= Self.mostChannels,
      inputs <= Self.mostChannels, weights.shape[1] * groups == inputs, outputs % groups == 0
    else { throw .init("weights of \(weights.shape) for \(inputs) channels") }
    guard window.area * inputs * outputs <= Self.mostWeights else {
      throw .init("a window of \(window.area) taps for \(inputs) channels")
    }
    let bias = try bias(node, outputs)
    let own = window.padding
    let isFused = own.isEmpty || picture.padding == nil || picture.padding?.border == .zero
    if !isFused { picture = try settledPicture(input(node, 0)) }
    var padding = picture.padding ?? Padding(border: .zero)
    padding.top += own.top
    padding.left += own.left
    padding.bottom += own.bottom
    padding.right += own.right
    let isDoubling = picture.isDoubled && padding.isOneAllAround && window.isThree
    if picture.isDoubled, !isDoubling {
      let source = try settledPicture(input(node, 0))
      // What was settled has its padding.
      padding = picture.padding == nil ? padding : own
      picture = source
    }
    var geometry = ConvolutionGeometry(stride: window.stride, padding: 0, border: padding.border)
    if isDoubling {
      geometry = ConvolutionGeometry(upsampling: .nearest, padding: 1)
      // The large picture reflected in its border is the small one replicated.
      geometry.border = padding.border == .zero ? .zero : .replicate
    }
    (geometry.top, geometry.left) = (padding.top, padding.left)
    (geometry.bottom, geometry.right) = (padding.bottom, padding.right)
    let convolution = convolutions.convolution(.init(node: index, geometry: geometry)) {
      DirectConvolution(
        weights: Self.filter(weights, groups: groups, dilations: window.dilations), bias: bias,
        geometry: geometry)
    }
    let shape = convolution.outputShape(for: picture.shape)
    try requireRoom(shape)
    let isMeasured =
      outputs <= DirectConvolution.mostMeasuredChannels
      && isOnlyRead(node, by: "InstanceNormalization")
    try define(
      node, .convolve(picture.place, convolution, isMeasured: isMeasured), shape)
  }

  mutating func addTransposedConvolution(_ node: GraphDescription.Node) throws(GraphFailure) {
    let weights = try weights(node, 1, rank: 4)
    let picture = try settledPicture(input(node, 0))
    let window = try Window(node, weights, extent: picture.shape)
    let (inputs, outputs) = (weights.shape[0], weights.shape[1])
    guard node.integer("group") ?? 1 == 1, window.dilations == [1, 1] else {
      throw .init("groups or dilations")
    }
    guard inputs == picture.shape.channels, inputs <= Self.mostChannels,
      outputs <= Self.mostChannels
    else { throw .init("weights of \(weights.shape) for \(picture.shape.channels) channels") }
    let extra = node.integers["output_padding"] ?? [0, 0]
    guard extra.count == 2, extra.allSatisfy({ (0..<max(1, window.stride)).contains($0) }),
      node.integers["output_shape"] == nil, !node.isPaddedAutomatically
    else { throw .init("a result of a given shape") }
    let own = window.padding
    let s = window.stride
    let height = (picture.shape.height - 1) * s + weights.shape[2] + extra[0] - own.top - own.bottom
    let width = (picture.shape.width - 1) * s + weights.shape[3] + extra[1] - own.left - own.right
    guard height > 0, width > 0 else { throw .init("a result of no size") }
    let shape: Shape = [height, width, outputs]
    try requireRoom(shape)
    let bias = try bias(node, outputs) ?? Tensor(shape: [outputs])
    // ONNX has the inputs first here.
    let filter = Self.permuted(weights) { i, o, tap in (tap * inputs + i) * outputs + o }
    let convolution = TransposedConvolution(
      weights: filter.reshaped(to: [weights.shape[2], weights.shape[3], inputs, outputs]),
      bias: bias,
      geometry: .init(stride: s, top: own.top, left: own.left, height: height, width: width),
      input: picture.shape)
    try define(node, .convolveTransposed(picture.place, convolution), shape)
  }

  private func bias(
    _ node: GraphDescription.Node, _ channels: Int
  ) throws(GraphFailure) -> Tensor? {
    guard input(node, 2) != nil else { return nil }
    return Tensor(try perChannel(node, 2, channels), shape: [channels])
  }

  /// What a window does, along both axes.
  private struct Window {
    var stride: Int
    var dilations: [Int]
    var padding: Padding
    var isThree: Bool
    /// How many taps it has, the zeros between dilated ones included.
    var area: Int

    init(
      _ node: GraphDescription.Node, _ weights: Tensor, extent: Shape
    ) throws(GraphFailure) {
      let kernel = [weights.shape[2], weights.shape[3]]
      let strides = node.integers["strides"] ?? [1, 1]
      dilations = node.integers["dilations"] ?? [1, 1]
      guard strides.count == 2, strides[0] == strides[1], (1...16).contains(strides[0]) else {
        throw .init("strides of \(strides.map(String.init).joined(separator: "×"))")
      }
      guard dilations.count == 2, dilations.allSatisfy({ (1...32).contains($0) }),
        zip(kernel, dilations).allSatisfy({ ($0 - 1) * $1 < largestWindow })
      else { throw .init("a window of \(Shape(kernel))") }
      stride = strides[0]
      let window = zip(kernel, dilations).map { ($0 - 1) * $1 + 1 }
      isThree = window == [3, 3]
      area = window[0] * window[1]
      padding = Padding(border: .zero)
      let pads = node.integers["pads"] ?? [0, 0, 0, 0]
      guard pads.count == 4, pads.allSatisfy({ (0...4096).contains($0) }) else {
        throw .init("a wrong padding")
      }
      (padding.top, padding.left, padding.bottom, padding.right) = (
        pads[0], pads[1], pads[2], pads[3]
      )
      switch node.texts["auto_pad"] ?? "NOTSET" {
      case "NOTSET": break
      case "VALID": padding = Padding(border: .zero)
      case "SAME_UPPER", "SAME_LOWER":
        let isUpper = node.texts["auto_pad"] == "SAME_UPPER"
        func split(_ extent: Int, _ window: Int) -> (Int, Int) {
          let total = max(0, ((extent + stride - 1) / stride - 1) * stride + window - extent)
          return isUpper ? (total / 2, total - total / 2) : (total - total / 2, total / 2)
        }
        (padding.top, padding.bottom) = split(extent.height, window[0])
        (padding.left, padding.right) = split(extent.width, window[1])
      case let mode: throw .init("the padding \(mode)")
      }
      let isFitting =
        extent.height + padding.top + padding.bottom >= window[0]
        && extent.width + padding.left + padding.right >= window[1]
      guard isFitting || node.operation == "ConvTranspose" else {
        throw .init("a picture smaller than its window")
      }
    }
  }

  /// `(outputs, inputs, height, width)` as `(height, width, inputs, outputs)`, zeros between dilated taps
  /// and where groups do not meet.
  private static func filter(_ weights: Tensor, groups: Int, dilations: [Int]) -> Tensor {
    let (outputs, inputs) = (weights.shape[0], weights.shape[1])
    let width = (weights.shape[3] - 1) * dilations[1] + 1
    let height = (weights.shape[2] - 1) * dilations[0] + 1
    var filter = Tensor(shape: [height, width, inputs * groups, outputs])
    let perGroup = outputs / groups
    let kernelWidth = weights.shape[3]
    let count = weights.shape[2] * kernelWidth
    weights.withFloats { source in
      filter.withMutableFloats { target in
        for output in 0..<outputs {
          for input in 0..<inputs {
            for tap in 0..<count {
              let y = tap / kernelWidth * dilations[0]
              let x = tap % kernelWidth * dilations[1]
              let channel = output / perGroup * inputs + input
              target[((y * width + x) * inputs * groups + channel) * outputs + output] =
                source[(output * inputs + input) * count + tap]
            }
          }
        }
      }
    }
    return filter
  }

  /// A tensor of four axes, the last two taken together, its elements moved.
  private static func permuted(
    _ tensor: Tensor, _ place: (_ first: Int, _ second: Int, _ tap: Int) -> Int
  ) -> Tensor {
    var result = Tensor(uninitialized: tensor.shape)
    let (first, second) = (tensor.shape[0], tensor.shape[1])
    let taps = tensor.shape[2] * tensor.shape[3]
    tensor.withFloats { source in
      result.withMutableFloats { target in
        for a in 0..<first {
          for b in 0..<second {
            for tap in 0..<taps {
              target[place(a, b, tap)] = source[(a * second + b) * taps + tap]
            }
          }
        }
      }
    }
    return result
  }
}

extension GraphDescription.Node {
  fileprivate var isPaddedAutomatically: Bool { (texts["auto_pad"] ?? "NOTSET") != "NOTSET" }
}
