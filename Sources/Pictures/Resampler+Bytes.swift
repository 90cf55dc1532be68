import Tensors

extension Resampler {
  /// Resamples 8-bit samples with an antialiasing Lanczos-3 filter, first across, then down: Pillow's
  /// `LANCZOS`, byte by byte.
  ///
  /// In fixed point and rounded after each pass, as Pillow does it: Adam's first steps look at the
  /// gradient's sign alone and carry even a difference of one level in the photograph far away.
  ///
  /// - Parameters:
  ///   - samples: `(height, width, channels)`.
  ///   - shape: that shape.
  ///   - height: the new number of rows, at least 1.
  ///   - width: the new number of columns, at least 1.
  ///   - workers: the threads to use; their number does not change the result.
  /// - Returns: `(height, width, channels)`.
  static func lanczos3(
    _ samples: [UInt8], shape: Shape, height: Int, width: Int, on workers: Workers
  ) -> [UInt8] {
    precondition(height > 0 && width > 0, "a picture of \(width)×\(height)")
    return mixed(
      samples, shape: shape,
      across: width == shape.width ? nil : LanczosFilter(from: shape.width, to: width),
      down: height == shape.height ? nil : LanczosFilter(from: shape.height, to: height),
      on: workers)
  }

  /// Resamples 8-bit samples, first across, then down; where there is no filter they stay.
  static func mixed(
    _ samples: [UInt8], shape: Shape, across: LanczosFilter?, down: LanczosFilter?,
    on workers: Workers
  ) -> [UInt8] {
    precondition(shape.rank == 3 && shape.count == samples.count && shape.count > 0)
    var result = samples
    if let across {
      result = mixedAcross(result, shape: shape, by: across, on: workers)
    }
    if let down {
      let width = across?.starts.count ?? shape.width
      result = mixedDown(result, row: width * shape.channels, by: down, on: workers)
    }
    return result
  }

  private static func mixedAcross(
    _ samples: [UInt8], shape: Shape, by filter: LanczosFilter, on workers: Workers
  ) -> [UInt8] {
    let (width, channels) = (filter.starts.count, shape.channels)
    return filled(count: shape.height * width * channels, from: samples) { samples, result in
      filter.fixedPointWeights.withUnsafeBufferPointer { weights in
        workers.forEach(shape.height) { y, _ in
          let row = y * shape.width * channels
          var target = y * width * channels
          for x in 0..<width {
            let first = row + filter.starts[x] * channels
            let share = x * filter.stride
            for channel in 0..<channels {
              var sum = half
              for tap in 0..<filter.counts[x] {
                sum &+= Int32(samples[first + tap * channels + channel]) &* weights[share + tap]
              }
              result[target] = byte(sum)
              target += 1
            }
          }
        }
      }
    }
  }

  private static func mixedDown(
    _ samples: [UInt8], row: Int, by filter: LanczosFilter, on workers: Workers
  ) -> [UInt8] {
    let height = filter.starts.count
    return filled(count: height * row, from: samples) { samples, result in
      filter.fixedPointWeights.withUnsafeBufferPointer { weights in
        workers.forEach(height, scratch: row) { y, scratch in
          // Sums of a whole row, so that the inner loop runs over neighbors.
          scratch.withMemoryRebound(to: Int32.self, capacity: row) { sums in
            sums.update(repeating: half, count: row)
            for tap in 0..<filter.counts[y] {
              let source = (filter.starts[y] + tap) * row
              let weight = weights[y * filter.stride + tap]
              for i in 0..<row { sums[i] &+= Int32(samples[source + i]) &* weight }
            }
            for i in 0..<row { result[y * row + i] = byte(sums[i]) }
          }
        }
      }
    }
  }

  /// What rounds a sum in fixed point to the nearest, halves up.
  private static let half = Int32(1) << (LanczosFilter.fixedPointBits - 1)

  private static func byte(_ sum: Int32) -> UInt8 {
    UInt8(min(max(sum >> LanczosFilter.fixedPointBits, 0), 255))
  }

  private static func filled(
    count: Int, from samples: [UInt8],
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeMutableBufferPointer<UInt8>) -> Void
  ) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { result, initialized in
      samples.withUnsafeBufferPointer {
        body($0, UnsafeMutableBufferPointer(rebasing: result[..<count]))
      }
      initialized = count
    }
  }
}
