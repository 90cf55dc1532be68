import Kernels
import Tensors

/// A painting network with a style set.
public struct StylePainter: Sendable {
  let network: PaintingNetwork
  let style: PaintingStyle

  /// Paints a picture.
  ///
  /// - Parameters:
  ///   - picture: `(height, width, 3)` in 0…1, of any size.
  ///   - upsampling: how the network enlarges; `.bilinear` leaves no checkerboard.
  ///   - workers: the threads.
  ///   - checkpoint: called between layers; what it throws ends the pass.
  /// - Returns: the painting, of the same shape.
  public func paint<E: Error>(
    _ picture: Tensor, upsampling: Upsampling = .nearest, on workers: Workers,
    checkpoint: LayerCheckpoint<E>
  ) throws(E) -> Tensor {
    let shape = picture.shape
    var pass = PaintingPass(style: style, workers: workers)
    let flow = try network.run(
      picture.reflected(toMultipleOf: PaintingNetwork.granularity), upsampling: upsampling,
      in: &pass, checkpoint: checkpoint)
    return pass.sigmoid(of: flow).cropped(rows: 0..<shape.height, columns: 0..<shape.width)
  }
}
