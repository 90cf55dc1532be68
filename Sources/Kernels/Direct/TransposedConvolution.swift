import Tensors

/// The adjoint of a convolution with a stride, which makes a picture larger.
///
/// Each pixel adds its multiple of the window to the result (Zeiler and others 2010).
/// Pixels of the result that are as far from a multiple of the stride see the same taps; for each such
/// phase it is a convolution of the small picture with these, and nothing is multiplied by zero.
public struct TransposedConvolution: Sendable {
  /// Channels that come in.
  public let inputs: Int
  /// Channels that go out.
  public let outputs: Int

  private let geometry: Geometry
  private let bias: Tensor
  private let phases: [Phase]

  /// Where the result lies.
  public struct Geometry: Hashable, Sendable {
    /// Pixels of the result from one pixel's window to the next one's.
    public var stride: Int
    /// Rows and columns of the result that are cut off in front.
    public var top: Int, left: Int
    /// The result's extent.
    public var height: Int, width: Int

    /// A result of `height` × `width` pixels.
    public init(stride: Int, top: Int, left: Int, height: Int, width: Int) {
      self.stride = stride
      (self.top, self.left) = (top, left)
      (self.height, self.width) = (height, width)
    }
  }

  /// The pixels of the result from `row` and `column` on, a stride apart.
  private struct Phase: Sendable {
    let row: Int
    let column: Int
    /// Nil where no tap falls.
    let convolution: DirectConvolution?
  }

  /// Sorts the window's taps by phases.
  ///
  /// - Parameters:
  ///   - weights: `(height, width, inputs, outputs)`.
  ///   - bias: `(outputs)`.
  ///   - geometry: where the result lies.
  ///   - input: the picture's shape, `(height, width, inputs)`.
  public init(weights: Tensor, bias: Tensor, geometry: Geometry, input: Shape) {
    precondition(weights.shape.rank == 4 && geometry.stride > 0)
    inputs = weights.shape[2]
    outputs = weights.shape[3]
    self.geometry = geometry
    self.bias = bias
    let down = (0..<geometry.stride).compactMap { phase in
      Taps(
        phase: phase, stride: geometry.stride, before: geometry.top, window: weights.shape[0],
        input: input.height, result: geometry.height)
    }
    let across = (0..<geometry.stride).compactMap { phase in
      Taps(
        phase: phase, stride: geometry.stride, before: geometry.left, window: weights.shape[1],
        input: input.width, result: geometry.width)
    }
    var phases: [Phase] = []
    for rows in down {
      for columns in across {
        phases.append(
          Phase(
            row: rows.start, column: columns.start,
            convolution: Self.convolution(weights, bias, rows, columns)))
      }
    }
    self.phases = phases
  }

  /// The picture made larger.
  ///
  /// - Parameters:
  ///   - input: of the shape that this is for.
  ///   - workers: the threads.
  /// - Returns: `(height, width, outputs)`.
  public func forward(_ input: Tensor, on workers: Workers) -> Tensor {
    let (height, width) = (geometry.height, geometry.width)
    var result = Tensor(uninitialized: [height, width, outputs])
    for phase in phases {
      let shape: Shape = [
        (height - phase.row).dividedUp(by: geometry.stride),
        (width - phase.column).dividedUp(by: geometry.stride), outputs,
      ]
      var part = Tensor(uninitialized: shape)
      if let convolution = phase.convolution {
        convolution.forward(input, into: &part, on: workers)
      } else {
        part.withMutableFloats { part in
          for i in part.indices { part[i] = bias[i % outputs] }
        }
      }
      interleave(part, phase, into: &result, on: workers)
    }
    return result
  }

  private func interleave(
    _ part: Tensor, _ phase: Phase, into result: inout Tensor, on workers: Workers
  ) {
    let (width, channels, stride) = (geometry.width, outputs, geometry.stride)
    let columns = part.shape.width
    part.withFloats { part in
      result.withMutableFloats { result in
        guard let part = part.baseAddress, let result = result.baseAddress else { return }
        workers.forEachRange(of: (geometry.height - phase.row).dividedUp(by: stride), grain: 8) {
          rows, _ in
          for row in rows {
            let from = part + row * columns * channels
            let to = result + ((row * stride + phase.row) * width + phase.column) * channels
            for column in 0..<columns {
              (to + column * stride * channels)
                .update(from: from + column * channels, count: channels)
            }
          }
        }
      }
    }
  }

  private static func convolution(
    _ weights: Tensor, _ bias: Tensor, _ rows: Taps, _ columns: Taps
  ) -> DirectConvolution? {
    guard !rows.taps.isEmpty, !columns.taps.isEmpty else { return nil }
    let (width, run) = (weights.shape[1], weights.shape[2] * weights.shape[3])
    var part = Tensor(
      uninitialized: [rows.taps.count, columns.taps.count, weights.shape[2], weights.shape[3]])
    weights.withFloats { source in
      part.withMutableFloats { target in
        var place = 0
        for row in rows.taps {
          for column in columns.taps {
            for i in 0..<run { target[place + i] = source[(row * width + column) * run + i] }
            place += run
          }
        }
      }
    }
    var geometry = ConvolutionGeometry(padding: 0, border: .zero)
    (geometry.top, geometry.bottom) = (rows.before, rows.after)
    (geometry.left, geometry.right) = (columns.before, columns.after)
    return DirectConvolution(weights: part, bias: bias, geometry: geometry)
  }
}

/// What a phase sees along one axis.
private struct Taps {
  /// The first pixel of the result.
  let start: Int
  /// The window's taps, in the order in which they meet the input.
  let taps: [Int]
  /// Zeros in front of the input and behind it; negative where some of it is not seen.
  let before: Int
  let after: Int

  /// Nil when the result has no pixel of the phase.
  init?(phase: Int, stride: Int, before cut: Int, window: Int, input: Int, result: Int) {
    // A pixel y of the result sees tap k of the input pixel (y + cut - k) / stride.
    start = ((phase - cut) % stride + stride) % stride
    guard start < result else { return nil }
    let first = (start + cut - phase) / stride
    let count = (result - start).dividedUp(by: stride)
    taps = Array(Swift.stride(from: phase, to: window, by: stride).reversed())
    before = taps.count - 1 - first
    after = first + count - input
  }
}
