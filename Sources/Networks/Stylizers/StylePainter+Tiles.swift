import Kernels
import Tensors

/// A part of a large picture, with what the network sees around it.
public struct PaintingTile: Equatable, Sendable {
  /// What the tile is to paint.
  public let rows: Range<Int>, columns: Range<Int>
  /// What it has to look at.
  public let outerRows: Range<Int>, outerColumns: Range<Int>

  /// The tiles of a picture, row by row.
  ///
  /// - Parameter side: of what each paints, a multiple of 4.
  static func tiles(height: Int, width: Int, side: Int) -> [PaintingTile] {
    func outer(_ range: Range<Int>, _ count: Int) -> Range<Int> {
      max(
        0, range.lowerBound - PaintingNetwork.reach)..<min(
          count, range.upperBound + PaintingNetwork.reach)
    }
    return stride(from: 0, to: height, by: side).flatMap { top in
      stride(from: 0, to: width, by: side).map { left in
        let rows = top..<min(top + side, height)
        let columns = left..<min(left + side, width)
        return PaintingTile(
          rows: rows, columns: columns, outerRows: outer(rows, height),
          outerColumns: outer(columns, width))
      }
    }
  }

  /// What the tile paints, as a part of what it looks at, made smaller by `factor`.
  ///
  /// A cut pixel at the picture's end counts as a whole one: there the network reflects.
  func inside(_ shape: Shape, factor: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    func part(_ range: Range<Int>, _ outer: Range<Int>, _ count: Int) -> Range<Int> {
      let isLast = range.upperBound == outer.upperBound
      let start = (range.lowerBound - outer.lowerBound) / factor
      return start..<(isLast ? count : (range.upperBound - outer.lowerBound) / factor)
    }
    return (
      part(rows, outerRows, shape.height), part(columns, outerColumns, shape.width)
    )
  }
}

/// Where the normalizations of a picture that is painted in tiles have their statistics from.
public enum TileStatistics: Sendable {
  /// From the same picture, made smaller.
  case reduced(Tensor)
  /// From the picture itself, in a pass over all tiles for each normalization.
  case exact
}

extension StylePainter {
  /// Paints a picture tile by tile, in memory that does not depend on its size and without seams.
  ///
  /// - Parameters:
  ///   - height: the picture's rows.
  ///   - width: the picture's columns.
  ///   - statistics: with `.exact` the result is that of `paint`, but for rounding.
  ///   - side: of a tile, in pixels, a multiple of 4.
  ///   - upsampling: how the network enlarges.
  ///   - workers: the threads.
  ///   - read: a part of the picture, `(rows, columns, 3)` in 0…1.
  ///   - write: takes what a tile has painted, `(outerRows, outerColumns, 3)`; only the inner part
  ///     counts.
  ///   - checkpoint: called between layers; what it throws ends the work.
  public func paintTiles<E: Error>(
    height: Int, width: Int, statistics: TileStatistics, side: Int = 1536,
    upsampling: Upsampling = .nearest, on workers: Workers,
    reading read: (_ rows: Range<Int>, _ columns: Range<Int>) -> Tensor,
    writing write: (PaintingTile, Tensor) -> Void, checkpoint: LayerCheckpoint<E>
  ) throws(E) {
    precondition(side > 0 && side.isMultiple(of: PaintingNetwork.granularity))
    let tiles = PaintingTile.tiles(height: height, width: width, side: side)
    func picture(_ tile: PaintingTile) -> Tensor {
      read(tile.outerRows, tile.outerColumns).reflected(toMultipleOf: PaintingNetwork.granularity)
    }
    var pass = PaintingPass(style: style, workers: workers)
    switch statistics {
    case .reduced(let reduced):
      _ = try network.run(
        reduced.reflected(toMultipleOf: PaintingNetwork.granularity), upsampling: upsampling,
        in: &pass, checkpoint: checkpoint)
    case .exact:
      for layer in network.measured {
        var moments: ChannelMoments?
        pass.last = layer
        for tile in tiles {
          let picture = picture(tile)
          let values = try network.run(
            picture, upsampling: upsampling, in: &pass, checkpoint: checkpoint
          ).values
          let part = tile.inside(values.shape, factor: picture.shape.height / values.shape.height)
          let own = ChannelMoments(
            of: values.cropped(rows: part.rows, columns: part.columns), on: workers)
          if moments?.join(own) == nil { moments = own }
        }
        pass.moments[layer] = moments
        pass.last = nil
      }
    }
    for tile in tiles {
      let flow = try network.run(
        picture(tile), upsampling: upsampling, in: &pass, checkpoint: checkpoint)
      let painting = pass.sigmoid(of: flow)
        .cropped(rows: 0..<tile.outerRows.count, columns: 0..<tile.outerColumns.count)
      write(tile, painting)
    }
  }
}
