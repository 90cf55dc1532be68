import Checkpoints
import Kernels
import Tensors

/// A graph worked out for pictures of one size: nothing is left that could go wrong.
struct GraphPlan: Sendable {
  /// What becomes of some pictures.
  struct Step: Sendable {
    let action: Action
    /// The place of the result.
    let output: Int
    /// The result's shape, `(height, width, channels)`.
    let shape: Shape
  }

  /// Operations on pictures by their places.
  enum Action: Sendable {
    /// A convolution; measured where a normalization follows.
    case convolve(Int, DirectConvolution, isMeasured: Bool)
    case convolveTransposed(Int, TransposedConvolution)
    /// An instance normalization.
    case normalize(Int, gamma: [Float], beta: [Float], epsilon: Double)
    /// A function of each channel, left for whoever reads the result.
    case change(Int, ChannelAffine)
    case rectify(Int)
    case curve(Int, Curve)
    case combine(Int, Int, GraphCombination)
    /// Pads, and enlarges or shrinks: where each row and column is from.
    case resample(Int, rows: [Source], columns: [Source])
    case concatenate([Int])
  }

  /// A function of each element.
  enum Curve: Sendable {
    case leak(Float)
    case sigmoid
    case tanh
    case clip(Float, Float)

    func value(_ x: Float) -> Float {
      switch self {
      case .leak(let slope): x < 0 ? slope * x : x
      case .sigmoid: 1 / (1 + Float.exp(-x))
      case .tanh: Float.tanh(x)
      case .clip(let least, let most): min(max(x, least), most)
      }
    }
  }

  /// Where a row or a column of a result is from: between two of the input, or a constant.
  struct Source: Equatable, Sendable {
    /// The two; negative for the constant.
    var first: Int
    var second: Int
    /// How much of the second.
    var share: Float

    init(_ first: Int, _ second: Int? = nil, share: Float = 0) {
      self.first = first
      self.second = second ?? first
      self.share = share
    }

    /// Beyond the picture.
    static let outside = Source(-1)
  }

  var steps: [Step] = []
  /// The place of the picture that comes in, and of the one that goes out.
  var input = 0
  var output = 0
  /// How many places there are.
  var count = 0
}

extension GraphPlan {
  /// Does it.
  ///
  /// - Parameters:
  ///   - picture: `(height, width, 3)`, of the size that the plan is for.
  ///   - workers: the threads.
  ///   - checkpoint: called between operations; what it throws ends the pass.
  func run<E: Error>(
    _ picture: Tensor, through map: ChannelAffine, on workers: Workers,
    checkpoint: LayerCheckpoint<E>
  ) throws(E) -> Tensor {
    var pass = GraphPass(plan: self, workers: workers)
    pass.flows[input] = GraphPass.Flow(values: picture, map: map)
    for step in steps.indices {
      try checkpoint()
      pass.run(step)
    }
    return pass.settled(output)
  }

  /// After each step, which places nobody reads any more.
  var releases: [[Int]] {
    var last = [Int](repeating: -1, count: count)
    for (index, step) in steps.enumerated() {
      for place in step.action.inputs { last[place] = index }
      last[step.output] = max(last[step.output], index)
    }
    var releases = [[Int]](repeating: [], count: steps.count)
    for (place, index) in last.enumerated() where index >= 0 && place != output {
      releases[index].append(place)
    }
    return releases
  }
}

extension GraphPlan.Action {
  /// The pictures that are read.
  var inputs: [Int] {
    switch self {
    case .convolve(let input, _, _), .convolveTransposed(let input, _),
      .normalize(let input, _, _, _), .change(let input, _), .rectify(let input),
      .curve(let input, _), .resample(let input, _, _):
      [input]
    case .combine(let first, let second, _): [first, second]
    case .concatenate(let inputs): inputs
    }
  }
}
