import Checkpoints
import Kernels
import Tensors

/// Paints in any of 26 built-in styles, or between them, in one pass.
///
/// Dumoulin, Shlens and Kudlur, "A learned representation for artistic style", 2017.
public struct MultiStyleStylizer: Sendable {
  /// How many styles there are.
  public static let styleCount = StylizerArchitecture.multistyle26.codeLength

  private let network: PaintingNetwork
  /// By convolution: `(styles, channels)`.
  private let gammas: [String: Tensor]
  private let betas: [String: Tensor]

  /// Takes the weights from an installed `multistyle26`.
  public init(checkpoint source: some TensorSource) throws(CheckpointError) {
    let architecture = StylizerArchitecture.multistyle26
    network = try PaintingNetwork(architecture, from: source)
    var (gammas, betas): ([String: Tensor], [String: Tensor]) = ([:], [:])
    for convolution in architecture.convolutions {
      let shape: Shape = [Self.styleCount, convolution.outputs]
      gammas[convolution.name] = try source.tensor(named: "\(convolution.name).gamma", of: shape)
      betas[convolution.name] = try source.tensor(named: "\(convolution.name).beta", of: shape)
    }
    self.gammas = gammas
    self.betas = betas
  }

  /// The network with a style set.
  ///
  /// - Parameter weights: how much of each style, `styleCount` numbers; taken as they are, so their sum
  ///   should be 1.
  public func painter(weights: [Float]) -> StylePainter {
    StylePainter(network: network, style: style(weights))
  }

  /// The blend of the styles' scales and shifts.
  private func style(_ weights: [Float]) -> PaintingStyle {
    precondition(weights.count == Self.styleCount)
    func blend(_ table: Tensor) -> [Float] {
      let channels = table.shape.channels
      var sums = [Float](repeating: 0, count: channels)
      for (style, weight) in weights.enumerated() where weight != 0 {
        for c in 0..<channels { sums[c] += weight * table[style * channels + c] }
      }
      return sums
    }
    let layers = gammas.compactMap { name, gamma in
      betas[name].map { (name, PaintingStyle.Layer(gamma: blend(gamma), beta: blend($0))) }
    }
    return PaintingStyle(layers: Dictionary(layers) { first, _ in first })
  }
}
