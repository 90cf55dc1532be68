import Checkpoints
import Kernels
import Tensors

/// Paints in the style of any painting, in one pass.
///
/// Ghiasi, Lee, Kudlur, Dumoulin and Shlens, "Exploring the structure of a real-time, arbitrary neural
/// artistic stylization network", 2017; the weights are Magenta's, in float.
public struct MagentaStylizer: Sendable {
  private let predictor: StylePredictor
  private let network: PaintingNetwork
  /// By convolution, from the code to the scale and the shift.
  private let gammas: [String: Dense]
  private let betas: [String: Dense]

  /// Takes the weights from an installed `magenta`.
  public init(checkpoint source: some TensorSource) throws(CheckpointError) {
    let architecture = StylizerArchitecture.magenta
    predictor = try StylePredictor(from: source)
    network = try PaintingNetwork(architecture, from: source)
    var (gammas, betas): ([String: Dense], [String: Dense]) = ([:], [:])
    for convolution in architecture.convolutions where convolution.isStyled {
      let (name, outputs) = (convolution.name, convolution.outputs)
      gammas[name] = try Dense("\(name).gamma", outputs: outputs, from: source)
      betas[name] = try Dense("\(name).beta", outputs: outputs, from: source)
    }
    self.gammas = gammas
    self.betas = betas
  }

  /// Reads a painting's style.
  ///
  /// - Parameters:
  ///   - painting: `(height, width, 3)` in 0…1. The network was trained with a shorter side of 256.
  ///   - workers: the threads.
  ///   - checkpoint: called between layers; what it throws ends the pass.
  public func code<E: Error>(
    of painting: Tensor, on workers: Workers, checkpoint: LayerCheckpoint<E>
  ) throws(E) -> StyleCode {
    StyleCode(values: try predictor.code(of: painting, on: workers, checkpoint: checkpoint))
  }

  /// The network with a style set.
  public func painter(in code: StyleCode) -> StylePainter {
    StylePainter(network: network, style: style(code))
  }

  private func style(_ code: StyleCode) -> PaintingStyle {
    let layers = gammas.compactMap { name, gamma in
      betas[name].map { beta in
        (
          name,
          PaintingStyle.Layer(gamma: gamma.outputs(code.values), beta: beta.outputs(code.values))
        )
      }
    }
    return PaintingStyle(layers: Dictionary(layers) { first, _ in first })
  }

  /// A small linear layer.
  private struct Dense: Sendable {
    let weights: Tensor
    let bias: Tensor

    init(_ name: String, outputs: Int, from source: some TensorSource) throws(CheckpointError) {
      weights = try source.tensor(named: "\(name).weight", of: [StyleCode.length, outputs])
      bias = try source.tensor(named: "\(name).bias", of: [outputs])
    }

    func outputs(_ inputs: [Float]) -> [Float] {
      var sums = bias.elements
      weights.withFloats { weights in
        for (input, x) in inputs.enumerated() {
          for output in sums.indices { sums[output] += x * weights[input * sums.count + output] }
        }
      }
      return sums
    }
  }
}

/// A painting's style in 100 numbers.
///
/// Styles mix as numbers do.
public struct StyleCode: Hashable, Sendable {
  /// How many numbers there are.
  public static let length = StylizerArchitecture.magenta.codeLength

  /// The numbers.
  public let values: [Float]

  /// A code of these numbers.
  public init(values: [Float]) {
    precondition(values.count == Self.length)
    self.values = values
  }

  /// The sum of codes, each times its weight, the weights divided by the sum of their magnitudes.
  ///
  /// - Precondition: at least one weight is not 0.
  public init(mixing codes: [(code: StyleCode, weight: Double)]) {
    let sum = codes.reduce(0) { $0 + abs($1.weight) }
    precondition(sum > 0)
    var values = [Double](repeating: 0, count: Self.length)
    for (code, weight) in codes {
      for i in values.indices { values[i] += weight / sum * Double(code.values[i]) }
    }
    self.values = values.map { Float($0) }
  }

  /// The code on the way to another, at 0 this one, at 1 that.
  public func blended(to other: StyleCode, strength: Double) -> StyleCode {
    if strength == 1 { return other }
    let values = zip(values, other.values).map {
      Float((1 - strength) * Double($0) + strength * Double($1))
    }
    return StyleCode(values: values)
  }
}
