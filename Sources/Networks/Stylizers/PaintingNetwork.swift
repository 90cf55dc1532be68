import Checkpoints
import Kernels
import Tensors

/// The network that paints: three convolutions shrink the picture to a quarter, residual blocks rework
/// it, three more bring it back, upsampled by two before the first two of them.
///
/// Johnson, Alahi and Fei-Fei 2016, with Dumoulin, Shlens and Kudlur's (2017) conditional
/// normalization and reflected edges. A normalization is never done by itself: the convolution before
/// it measures, the one behind it reads through what follows from that.
struct PaintingNetwork: Sendable {
  /// The sides of pictures are multiples of this.
  static let granularity = 4

  /// How many pixels around a pixel it depends on, at the most, when statistics are given.
  ///
  /// 4, 1 and 2 in contracting, 4 for each of twelve residual convolutions, 4, 2 and 4 in expanding;
  /// one for a filter behind it, and what is missing to whole multiples of `granularity`.
  static let reach = 72

  private let contracting: [Layer]
  private let residual: [Layer]
  private let expanding: [Layer]
  /// The first two of these see the picture upsampled by blending neighbors.
  private let smoothlyExpanding: [Layer]

  /// A convolution and what follows it.
  struct Layer: Sendable {
    let name: String
    let convolution: DirectConvolution
    /// Whether a normalization in the style follows; else the convolution rectifies by itself.
    let isStyled: Bool
  }

  init(
    _ architecture: StylizerArchitecture, from source: some TensorSource
  ) throws(CheckpointError) {
    var (contracting, residual, expanding, smooth): ([Layer], [Layer], [Layer], [Layer]) =
      ([], [], [], [])
    for convolution in architecture.convolutions {
      let weights = try source.tensor(
        named: "\(convolution.name).weight",
        of: [convolution.window, convolution.window, convolution.inputs, convolution.outputs])
      let bias =
        convolution.isStyled
        ? nil : try source.tensor(named: "\(convolution.name).bias", of: [convolution.outputs])
      let padding = convolution.window / 2
      func layer(_ geometry: ConvolutionGeometry) -> Layer {
        Layer(
          name: convolution.name,
          convolution: DirectConvolution(
            weights: weights, bias: bias, geometry: geometry,
            range: convolution.isStyled ? -.infinity ... .infinity : 0 ... .infinity),
          isStyled: convolution.isStyled)
      }
      switch convolution.name {
      case "contract1":
        contracting.append(layer(.init(padding: padding)))
      case "contract2", "contract3":
        contracting.append(layer(.init(stride: 2, padding: padding)))
      case "expand1", "expand2":
        expanding.append(layer(.init(upsampling: .nearest, padding: padding)))
        smooth.append(layer(.init(upsampling: .bilinear, padding: padding)))
      case "expand3":
        expanding.append(layer(.init(padding: padding)))
        smooth.append(layer(.init(padding: padding)))
      default:
        residual.append(layer(.init(padding: padding)))
      }
    }
    self.contracting = contracting
    self.residual = residual
    self.expanding = expanding
    smoothlyExpanding = smooth
  }

  /// The convolutions whose results are normalized, in order.
  var measured: [String] {
    (contracting + residual + expanding).filter(\.isStyled).map(\.name)
  }

  /// Runs a picture through the network, up to the sigmoid, or to the pass's last layer.
  ///
  /// - Parameters:
  ///   - picture: `(height, width, 3)` in 0…1; sides are multiples of `granularity`.
  ///   - upsampling: how the picture grows.
  ///   - pass: the style; statistics that it knows are used, others measured.
  ///   - checkpoint: called between layers; what it throws ends the pass.
  func run<E: Error>(
    _ picture: Tensor, upsampling: Upsampling, in pass: inout PaintingPass,
    checkpoint: LayerCheckpoint<E>
  ) throws(E) -> PaintingPass.Flow {
    pass.forgetSpares()
    var flow = PaintingPass.Flow(values: picture)
    for layer in contracting {
      try checkpoint()
      flow = pass.run(layer, on: flow)
      if layer.name == pass.last { return flow }
    }
    flow = pass.settled(flow)
    for block in stride(from: 0, to: residual.count, by: 2) {
      try checkpoint()
      let middle = pass.run(residual[block], on: flow)
      if residual[block].name == pass.last { return middle }
      try checkpoint()
      let end = pass.run(residual[block + 1], on: middle, isRectified: false)
      if residual[block + 1].name == pass.last { return end }
      pass.recycle(middle)
      let sum = pass.settled(end, adding: flow.values)
      pass.recycle(end)
      pass.recycle(flow)
      flow = sum
    }
    for layer in upsampling == .nearest ? expanding : smoothlyExpanding {
      try checkpoint()
      flow = pass.run(layer, on: flow, isRectified: layer.name != "expand3")
      if layer.name == pass.last { return flow }
    }
    return flow
  }
}

/// A picture on its way through a painting network.
struct PaintingPass {
  /// What a layer leaves: values, and a map that whoever reads them has to apply.
  struct Flow {
    var values: Tensor
    var map: ChannelAffine?
  }

  let style: PaintingStyle
  let workers: Workers
  /// The statistics of the layers, by name: known beforehand, or measured.
  var moments: [String: ChannelMoments] = [:]
  /// Where to end, with the layer's results as they are.
  var last: String?
  /// Buffers of the residual blocks that are free again.
  private var spares: [Tensor] = []

  init(style: PaintingStyle, workers: Workers) {
    self.style = style
    self.workers = workers
  }

  /// A convolution, its normalization pending.
  mutating func run(
    _ layer: PaintingNetwork.Layer, on flow: Flow, isRectified: Bool = true
  ) -> Flow {
    var values = buffer(layer.convolution.outputShape(for: flow.values.shape))
    guard layer.isStyled, layer.name != last, let own = style.layers[layer.name] else {
      layer.convolution.forward(flow.values, through: flow.map, into: &values, on: workers)
      return Flow(values: values)
    }
    let moments: ChannelMoments
    if let known = self.moments[layer.name] {
      moments = known
      layer.convolution.forward(flow.values, through: flow.map, into: &values, on: workers)
    } else {
      moments = layer.convolution.measuredForward(
        flow.values, through: flow.map, into: &values, on: workers)
      self.moments[layer.name] = moments
    }
    return Flow(
      values: values,
      map: ChannelAffine(
        normalizing: moments, gamma: own.gamma, beta: own.beta, isRectified: isRectified))
  }

  /// The values with the pending map applied, and another tensor added.
  mutating func settled(_ flow: Flow, adding addend: Tensor? = nil) -> Flow {
    guard let map = flow.map else { return flow }
    var values = buffer(flow.values.shape)
    map.apply(to: flow.values, adding: addend, into: &values, on: workers)
    return Flow(values: values)
  }

  /// The sigmoid of the values.
  mutating func sigmoid(of flow: Flow) -> Tensor {
    var values = buffer(flow.values.shape)
    let none = ChannelAffine(scale: [1, 1, 1], shift: [0, 0, 0])
    (flow.map ?? none).applySigmoid(to: flow.values, into: &values, on: workers)
    return values
  }

  /// Takes the memory of values that nobody reads any more.
  mutating func recycle(_ flow: Flow) { spares.append(flow.values) }

  /// Lets go of memory for pictures of another size.
  mutating func forgetSpares() { spares = [] }

  private mutating func buffer(_ shape: Shape) -> Tensor {
    if let index = spares.firstIndex(where: { $0.shape == shape }) {
      return spares.remove(at: index)
    }
    return Tensor(uninitialized: shape)
  }
}
