import Kernels
import Networks
import Pictures
import Tensors

extension InstantStylist {
  /// The longer side of the picture that statistics are taken from.
  private static let reducedSide = 1536

  /// Paints a large picture: what is held beside it and the result is a tile and its activations.
  ///
  /// - Parameter side: of a tile, in pixels, a multiple of 4.
  func paintTiles<E: Error>(
    of photograph: Picture, by painter: StylePainter, as look: InstantLook, side: Int,
    on workers: Workers, checkpoint: () throws(E) -> Void
  ) throws(E) -> Picture {
    let (width, height) = (photograph.width, photograph.height)
    let reduced = min(Self.reducedSide, max(width, height))
    var bytes = [UInt8](repeating: 0, count: width * height * 3)
    try painter.paintTiles(
      height: height, width: width,
      statistics: look.exact
        ? .exact : .reduced(Tensor(photograph.resized(longerSide: reduced, on: workers))),
      side: side, upsampling: look.upsampling.kernel, on: workers,
      reading: { photograph.part(rows: $0, columns: $1) },
      writing: { tile, painting in
        let image = photograph.part(rows: tile.outerRows, columns: tile.outerColumns)
        let (top, left) = (
          tile.rows.lowerBound - tile.outerRows.lowerBound,
          tile.columns.lowerBound - tile.outerColumns.lowerBound
        )
        let finished = Picture(
          Self.finish(painting, of: image, as: look, on: workers)
            .cropped(
              rows: top..<top + tile.rows.count, columns: left..<left + tile.columns.count))
        let run = finished.width * 3
        for (index, row) in tile.rows.enumerated() {
          let start = (row * width + tile.columns.lowerBound) * 3
          bytes.replaceSubrange(
            start..<start + run, with: finished.rgb[index * run..<(index + 1) * run])
        }
      }, checkpoint: checkpoint)
    return Picture(width: width, height: height, rgb: bytes, alpha: photograph.alpha)
  }
}

extension Picture {
  /// The colors of a part, `(rows, columns, 3)` in 0…1.
  fileprivate func part(rows: Range<Int>, columns: Range<Int>) -> Tensor {
    var part = Tensor(uninitialized: [rows.count, columns.count, 3])
    let run = columns.count * 3
    part.withMutableFloats { target in
      rgb.withUnsafeBufferPointer { source in
        for (index, row) in rows.enumerated() {
          let start = (row * width + columns.lowerBound) * 3
          for i in 0..<run { target[index * run + i] = Float(source[start + i]) / 255 }
        }
      }
    }
    return part
  }
}
