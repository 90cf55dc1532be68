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

  /// Paints a picture.
  ///
  /// - Parameters:
  ///   - picture: `(height, width, 3)` in 0…1; sides are multiples of `granularity`.
  ///   - style: the style.
  ///   - upsampling: how the picture grows.
  ///   - workers: the threads.
  ///   - checkpoint: called between layers; what it throws ends the pass.
  /// - Returns: the painting, of the same shape.
  func paint<E: Error>(
    _ picture: Tensor, in style: PaintingStyle, upsampling: Upsampling, on workers: Workers,
    checkpoint: LayerCheckpoint<E>
  ) throws(E) -> Tensor {
    var pass = PaintingPass(style: style, workers: workers)
    var flow = PaintingPass.Flow(values: picture)
    for layer in contracting {
      try checkpoint()
      flow = pass.run(layer, on: flow)
    }
    flow = pass.settled(flow)
    for block in stride(from: 0, to: residual.count, by: 2) {
      try checkpoint()
      let middle = pass.run(residual[block], on: flow)
      try checkpoint()
      let end = pass.run(residual[block + 1], on: middle, isRectified: false)
      pass.recycle(middle)
      let sum = pass.settled(end, adding: flow.values)
      pass.recycle(end)
      pass.recycle(flow)
      flow = sum
    }
    for layer in upsampling == .nearest ? expanding : smoothlyExpanding {
      try checkpoint()
      flow = pass.run(layer, on: flow, isRectified: layer.name != "expand3")
    }
    return pass.sigmoid(of: flow)
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
    guard layer.isStyled, let own = style.layers[layer.name] else {
      layer.convolution.forward(flow.values, through: flow.map, into: &values, on: workers)
      return Flow(values: values)
    }
    let moments = layer.convolution.measuredForward(
      flow.values, through: flow.map, into: &values, on: workers)
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

  private mutating func buffer(_ shape: Shape) -> Tensor {
    if let index = spares.firstIndex(where: { $0.shape == shape }) {
      return spares.remove(at: index)
    }
    return Tensor(uninitialized: shape)
  }
}
