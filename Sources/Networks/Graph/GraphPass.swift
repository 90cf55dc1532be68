import Foundation
import Kernels
import Tensors

/// Pictures on their way through a planned graph.
///
/// A function of each channel is left to whoever reads the picture next: a convolution reads through
/// it at no cost.
struct GraphPass {
  /// A picture, the function that is still to be applied, and what is known of its values as they are.
  struct Flow {
    var values: Tensor
    var map: ChannelAffine?
    var moments: ChannelMoments?
  }

  private let plan: GraphPlan
  private let releases: [[Int]]
  private let workers: Workers
  /// By their places; nil before they are made and when nobody reads them any more.
  var flows: [Flow?]
  /// Memory of pictures that nobody reads any more.
  private var spares: [Tensor] = []

  init(plan: GraphPlan, workers: Workers) {
    self.plan = plan
    self.workers = workers
    releases = plan.releases
    flows = Array(repeating: nil, count: plan.count)
  }

  /// Does a step.
  mutating func run(_ index: Int) {
    let step = plan.steps[index]
    flows[step.output] = result(of: step)
    for place in releases[index] {
      guard let flow = flows[place] else { continue }
      flows[place] = nil
      // What another place shares would be copied when it is written.
      let start = Self.start(of: flow.values)
      let isShared = flows.contains { $0.map { Self.start(of: $0.values) } == start }
      if !isShared, place != plan.input, spares.count < 4 { spares.append(flow.values) }
    }
  }

  private static func start(of tensor: Tensor) -> UnsafePointer<Float>? {
    tensor.withFloats { $0.baseAddress }
  }

  private mutating func result(of step: GraphPlan.Step) -> Flow {
    switch step.action {
    case .convolve(let input, let convolution, let isMeasured):
      let flow = flow(input)
      var values = buffer(step.shape)
      guard isMeasured else {
        convolution.forward(flow.values, through: flow.map, into: &values, on: workers)
        return Flow(values: values)
      }
      let moments = convolution.measuredForward(
        flow.values, through: flow.map, into: &values, on: workers)
      return Flow(values: values, moments: moments)
    case .convolveTransposed(let input, let convolution):
      return Flow(values: convolution.forward(settled(input), on: workers))
    case .normalize(let input, let gamma, let beta, let epsilon):
      if flow(input).map != nil { _ = settled(input) }
      let flow = flow(input)
      let moments = flow.moments ?? ChannelMoments(of: flow.values, on: workers)
      return Flow(
        values: flow.values,
        map: ChannelAffine(normalizing: moments, gamma: gamma, beta: beta, epsilon: epsilon))
    case .change(let input, let map):
      let flow = flow(input)
      guard let before = flow.map else { return Flow(values: flow.values, map: map) }
      guard !before.isRectified else { return Flow(values: settled(input), map: map) }
      return Flow(values: flow.values, map: before.followed(by: map))
    case .rectify(let input):
      let flow = flow(input)
      let channels = step.shape.channels
      let map =
        flow.map
        ?? ChannelAffine(
          scale: Array(repeating: 1, count: channels), shift: Array(repeating: 0, count: channels))
      return Flow(values: flow.values, map: map.rectified)
    case .curve(let input, let curve):
      return Flow(values: curved(settled(input), by: curve))
    case .combine(let first, let second, let operation):
      return Flow(values: combined(first, second, by: operation))
    case .resample(let input, let rows, let columns):
      return Flow(values: resampled(settled(input), rows, columns, step.shape))
    case .concatenate(let inputs):
      return Flow(values: concatenated(inputs.map { settled($0) }, step.shape))
    }
  }

  private func flow(_ place: Int) -> Flow {
    guard let flow = flows[place] else { preconditionFailure("a picture that was released") }
    return flow
  }

  /// A picture with nothing left to be applied.
  mutating func settled(_ place: Int) -> Tensor {
    let flow = flow(place)
    guard let map = flow.map else { return flow.values }
    var values = buffer(flow.values.shape)
    map.apply(to: flow.values, into: &values, on: workers)
    flows[place] = Flow(values: values)
    return values
  }

  private mutating func buffer(_ shape: Shape) -> Tensor {
    if let index = spares.firstIndex(where: { $0.shape == shape }) {
      return spares.remove(at: index)
    }
    return Tensor(uninitialized: shape)
  }

  private mutating func combined(
    _ first: Int, _ second: Int, by operation: GraphCombination
  ) -> Tensor {
    // A residual block's sum: the normalization is applied on the way.
    if operation == .add, first != second {
      let (mapped, plain) = flow(first).map == nil ? (second, first) : (first, second)
      if let map = flow(mapped).map, flow(plain).map == nil, !map.isRectified {
        let addend = flow(plain).values
        let values = flow(mapped).values
        var sum = buffer(values.shape)
        map.apply(to: values, adding: addend, into: &sum, on: workers)
        return sum
      }
    }
    let (a, b) = (settled(first), settled(second))
    var result = buffer(a.shape)
    forEachRun(of: result.count, into: &result) { target, range in
      a.withFloats { a in
        b.withFloats { b in
          for i in range { target[i] = operation.result(a[i], b[i]) }
        }
      }
    }
    return result
  }

  private mutating func curved(_ input: Tensor, by curve: GraphPlan.Curve) -> Tensor {
    var result = buffer(input.shape)
    forEachRun(of: input.count, into: &result) { target, range in
      input.withFloats { input in
        for i in range { target[i] = curve.value(input[i]) }
      }
    }
    return result
  }

  private func forEachRun(
    of count: Int, into result: inout Tensor,
    _ body: (UnsafeMutableBufferPointer<Float>, Range<Int>) -> Void
  ) {
    result.withMutableFloats { target in
      workers.forEachRange(of: count, grain: 1 << 15) { range, _ in body(target, range) }
    }
  }

  private mutating func resampled(
    _ input: Tensor, _ rows: [GraphPlan.Source], _ columns: [GraphPlan.Source], _ shape: Shape
  ) -> Tensor {
    let (width, channels) = (input.shape.width, input.shape.channels)
    let run = columns.count * channels
    var result = buffer(shape)
    input.withFloats { source in
      result.withMutableFloats { target in
        workers.forEachRange(of: rows.count, grain: 4) { range, _ in
          for y in range {
            let row = rows[y]
            for (x, column) in columns.enumerated() {
              let to = y * run + x * channels
              guard row.first >= 0, column.first >= 0 else {
                for c in 0..<channels { target[to + c] = 0 }
                continue
              }
              let (a, b) = (row.first * width + column.first, row.first * width + column.second)
              let (d, e) = (row.second * width + column.first, row.second * width + column.second)
              guard row.share != 0 || column.share != 0 else {
                for c in 0..<channels { target[to + c] = source[a * channels + c] }
                continue
              }
              for c in 0..<channels {
                let above =
                  source[a * channels + c]
                  + column.share * (source[b * channels + c] - source[a * channels + c])
                let below =
                  source[d * channels + c]
                  + column.share * (source[e * channels + c] - source[d * channels + c])
                target[to + c] = above + row.share * (below - above)
              }
            }
          }
        }
      }
    }
    return result
  }

  private mutating func concatenated(_ inputs: [Tensor], _ shape: Shape) -> Tensor {
    var result = buffer(shape)
    let channels = shape.channels
    var offset = 0
    for input in inputs {
      let own = input.shape.channels
      let start = offset
      input.withFloats { source in
        result.withMutableFloats { target in
          workers.forEachRange(of: shape.height * shape.width, grain: 4096) { pixels, _ in
            for pixel in pixels {
              for c in 0..<own { target[pixel * channels + start + c] = source[pixel * own + c] }
            }
          }
        }
      }
      offset += own
    }
    return result
  }
}

extension Float {
  static func exp(_ x: Float) -> Float { Foundation.exp(x) }
  static func tanh(_ x: Float) -> Float { Foundation.tanh(x) }
}
