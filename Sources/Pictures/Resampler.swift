import Tensors

/// Changes the size of pictures.
public enum Resampler {
  /// Resamples with an antialiasing Lanczos-3 filter, first across, then down.
  ///
  /// Works on the gamma-encoded values as they are and clamps them to 0...1 after each pass.
  ///
  /// - Parameters:
  ///   - image: `(height, width, channels)`, in 0...1.
  ///   - height: the new number of rows, at least 1.
  ///   - width: the new number of columns, at least 1.
  ///   - workers: the threads to use; their number does not change the result.
  /// - Returns: `(height, width, channels)`.
  public static func lanczos3(
    _ image: Tensor, height: Int, width: Int, on workers: Workers
  ) -> Tensor {
    precondition(image.shape.rank == 3 && image.count > 0)
    precondition(height > 0 && width > 0, "a picture of \(width)×\(height)")
    let across =
      width == image.shape.width ? image : resampleAcross(image, width: width, on: workers)
    return height == image.shape.height ? across : resampleDown(across, height: height, on: workers)
  }

  /// The rows that are filtered at once, one in each lane of a vector.
  private typealias Lanes = SIMD16<Float>

  /// Filters rows, 16 at once: transposed into scratch, and back.
  ///
  /// A filter along contiguous pixels of 3 channels does not vectorize; one along the rows of the
  /// transposed picture does.
  private static func resampleAcross(
    _ image: Tensor, width: Int, on workers: Workers
  ) -> Tensor {
    let shape = image.shape
    let filter = LanczosFilter(from: shape.width, to: width)
    let (height, channels) = (shape.height, shape.channels)
    let (oldRow, newRow) = (shape.width * channels, width * channels)
    let rows = Lanes.scalarCount
    var result = Tensor(uninitialized: [height, width, channels])
    result.withMutableFloats { result in
      image.withFloats { image in
        guard let source = image.baseAddress, let target = result.baseAddress else { return }
        workers.forEach(height.dividedUp(by: rows), scratch: (oldRow + newRow) * rows) {
          number, scratch in
          let top = number * rows
          let present = min(rows, height - top)
          transpose(source + top * oldRow, row: oldRow, present: present, into: scratch)
          scratch.withMemoryRebound(to: Lanes.self, capacity: oldRow + newRow) { columns in
            filter.mixColumns(columns, channels: channels, into: columns + oldRow)
          }
          transposeBack(
            scratch + oldRow * rows, row: newRow, present: present, into: target + top * newRow)
        }
      }
    }
    return result
  }

  /// Lays `present` rows side by side; lanes beyond them get zeros.
  private static func transpose(
    _ samples: UnsafePointer<Float>, row: Int, present: Int,
    into scratch: UnsafeMutablePointer<Float>
  ) {
    let rows = Lanes.scalarCount
    if present < rows { scratch.initialize(repeating: 0, count: row * rows) }
    var target = scratch
    for column in 0..<row {
      var source = samples + column
      for lane in 0..<present {
        target[lane] = source.pointee
        source += row
      }
      target += rows
    }
  }

  /// The reverse of `transpose`.
  private static func transposeBack(
    _ scratch: UnsafePointer<Float>, row: Int, present: Int,
    into result: UnsafeMutablePointer<Float>
  ) {
    var source = scratch
    for column in 0..<row {
      var target = result + column
      for lane in 0..<present {
        target.pointee = source[lane]
        target += row
      }
      source += Lanes.scalarCount
    }
  }

  /// Mixes whole rows, a vector of neighbors at a time.
  private static func resampleDown(_ image: Tensor, height: Int, on workers: Workers) -> Tensor {
    let filter = LanczosFilter(from: image.shape.height, to: height)
    let row = image.shape.width * image.shape.channels
    var result = Tensor(uninitialized: [height, image.shape.width, image.shape.channels])
    result.withMutableFloats { result in
      image.withFloats { image in
        guard let source = image.baseAddress, let target = result.baseAddress else { return }
        workers.forEach(height) { y, _ in
          filter.mixRows(source, row: row, at: y, into: target + y * row)
        }
      }
    }
    return result
  }
}
