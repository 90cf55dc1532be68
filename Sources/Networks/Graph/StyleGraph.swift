import Checkpoints
import Kernels
import Synchronization
import Tensors

/// A network that the user has brought and that paints in one style, in one pass.
///
/// It is an ONNX graph of the kind that fast neural style (Johnson, Alahi and Fei-Fei 2016) is published
/// as, from `(1, 3, height, width)` to the same, done with kernels for `(height, width, channels)`. The
/// size that it was exported with is no limit, unless the graph itself makes it one.
public final class StyleGraph: Sendable {
  private let graph: GraphDescription
  private let weights: [Int: Tensor]
  private let path: String
  private let convolutions = GraphConvolutions()
  /// The sides of pictures are multiples of this: where they are not, results are larger than pictures.
  private let granularity: Int
  /// The plan that was used last.
  private let latest = Mutex<(height: Int, width: Int, plan: GraphPlan)?>(nil)

  /// Takes over a graph and tries it out.
  ///
  /// - Throws: `CheckpointError.unsupportedGraph` with what it does that cannot be done.
  public init(checkpoint: GraphCheckpoint) throws(CheckpointError) {
    graph = checkpoint.graph
    weights = checkpoint.tensors
    path = checkpoint.path
    do {
      granularity = try Self.granularity(graph, weights, convolutions)
    } catch {
      throw .unsupportedGraph(path: checkpoint.path, error)
    }
  }

  /// Paints a picture.
  ///
  /// - Parameters:
  ///   - picture: `(height, width, 3)` in 0…1, of any size.
  ///   - workers: the threads.
  ///   - checkpoint: called between operations; what it throws ends the pass.
  /// - Returns: the painting, of the same shape.
  /// - Throws: also `CheckpointError.unsupportedGraph` where the graph cannot do this size.
  public func paint<E: Error>(
    _ picture: Tensor, on workers: Workers, checkpoint: LayerCheckpoint<E>
  ) throws -> Tensor {
    let padded = picture.reflected(toMultipleOf: granularity)
    let plan = try plan(height: padded.shape.height, width: padded.shape.width)
    let painting = try plan.run(
      padded, through: graph.range.fromUnit, on: workers, checkpoint: checkpoint)
    var result = Tensor(uninitialized: painting.shape)
    graph.range.toUnit.apply(to: painting, into: &result, on: workers)
    return result.clamped(on: workers)
      .cropped(rows: 0..<picture.shape.height, columns: 0..<picture.shape.width)
  }

  private func plan(height: Int, width: Int) throws(CheckpointError) -> GraphPlan {
    if let known = latest.withLock({ $0 }), known.height == height, known.width == width {
      return known.plan
    }
    do throws(GraphProblem) {
      let plan = try GraphPlanner.plan(
        graph, weights: weights, convolutions: convolutions, height: height, width: width)
      guard plan.resultShape == [height, width, 3] else {
        throw GraphProblem.interface("it makes \(plan.resultShape) of \(height)×\(width) pixels")
      }
      latest.withLock { $0 = (height, width, plan) }
      return plan
    } catch {
      throw .unsupportedGraph(path: path, error)
    }
  }

  /// The least power of two of which sides have to be multiples for a result as large as the picture.
  private static func granularity(
    _ graph: GraphDescription, _ weights: [Int: Tensor], _ convolutions: GraphConvolutions
  ) throws(GraphProblem) -> Int {
    var problem: GraphProblem?
    for step in [1, 2, 4, 8, 16, 32] {
      // Odd multiples, of no power of two beyond the step.
      let (height, width) = ((64 / step + 1) * step, (96 / step + 1) * step)
      do {
        let plan = try GraphPlanner.plan(
          graph, weights: weights, convolutions: convolutions, height: height, width: width)
        if plan.resultShape == [height, width, 3] { return step }
        problem = problem ?? .interface("it makes \(plan.resultShape) of \(height)×\(width) pixels")
      } catch {
        problem = problem ?? error
      }
    }
    throw problem ?? .interface("it has no size")
  }
}

extension GraphPlan {
  fileprivate var resultShape: Shape {
    steps.last { $0.output == output }?.shape ?? []
  }
}

extension GraphDescription.PixelRange {
  fileprivate var fromUnit: ChannelAffine {
    switch self {
    case .bytes: Self.affine(255, 0)
    case .unit: Self.affine(1, 0)
    case .signed: Self.affine(2, -1)
    }
  }

  fileprivate var toUnit: ChannelAffine {
    switch self {
    case .bytes: Self.affine(1 / 255, 0)
    case .unit: Self.affine(1, 0)
    case .signed: Self.affine(0.5, 0.5)
    }
  }

  private static func affine(_ scale: Float, _ shift: Float) -> ChannelAffine {
    ChannelAffine(
      scale: Array(repeating: scale, count: 3), shift: Array(repeating: shift, count: 3))
  }
}

extension Tensor {
  /// With what is outside 0…1 at its ends, and what is no number at 0.
  fileprivate func clamped(on workers: Workers) -> Tensor {
    var result = self
    result.withMutableFloats { floats in
      workers.forEachRange(of: floats.count, grain: 1 << 15) { range, _ in
        for i in range { floats[i] = floats[i] >= 0 ? min(floats[i], 1) : 0 }
      }
    }
    return result
  }
}
