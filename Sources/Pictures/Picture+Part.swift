import Tensors

extension Picture {
  /// A part of a picture in pixels; its edges may lie between them.
  public struct Part: Hashable, Sendable {
    /// From the left edge to the right one.
    public var columns: Range<Double>
    /// From the upper edge to the lower one.
    public var rows: Range<Double>

    /// A part.
    public init(columns: Range<Double>, rows: Range<Double>) {
      self.columns = columns
      self.rows = rows
    }
  }

  /// A part of this picture scaled to a size, colors and opacity alike, for looking at.
  ///
  /// With the filter of `resized(longerSide:on:)`; what is shrunk to less than a quarter is averaged
  /// over whole pixels first (as with Pillow's `reducing_gap` of 2), which no eye can tell.
  ///
  /// - Parameters:
  ///   - part: what to show; cut to the picture, of which at least one pixel is shown.
  ///   - width: columns of the result, at least 1.
  ///   - height: rows of the result, at least 1.
  ///   - workers: the threads to use.
  public func scaled(_ part: Part, width: Int, height: Int, on workers: Workers) -> Picture {
    precondition(width > 0 && height > 0, "a picture of \(width)×\(height)")
    let across = Axis(part.columns, of: self.width, to: width)
    let down = Axis(part.rows, of: self.height, to: height)
    func scaled(_ samples: [UInt8], channels: Int) -> [UInt8] {
      let reduced = Self.averaged(
        samples, row: self.width * channels, channels: channels, across, down)
      // Down first: it takes whole rows at once, and mostly leaves fewer of them.
      let lowered = Resampler.mixed(
        reduced, shape: [down.count, across.count, channels], across: nil,
        down: down.filter(to: height), on: workers)
      return Resampler.mixed(
        lowered, shape: [height, across.count, channels], across: across.filter(to: width),
        down: nil, on: workers)
    }
    return Picture(
      width: width, height: height, rgb: scaled(rgb, channels: 3),
      alpha: alpha.map { scaled($0, channels: 1) })
  }

  /// How one side is cut and averaged before it is filtered.
  fileprivate struct Axis {
    /// The pixels that count.
    let pixels: Range<Int>
    /// How many of them are averaged to one sample.
    let factor: Int
    /// What is shown, in samples.
    let part: Range<Double>

    init(_ wanted: Range<Double>, of old: Int, to new: Int) {
      let length = min(max(wanted.upperBound - wanted.lowerBound, 1), Double(old))
      let start = min(max(wanted.lowerBound, 0), Double(old) - length)
      let scale = length / Double(new)
      factor = max(1, Int(scale / 2))
      // Lanczos' three lobes, and a sample to spare.
      let margin = 3 * max(1, scale) + Double(factor)
      let first = max(0, Int(start - margin))
      pixels = first..<min(old, Int((start + length + margin).rounded(.up)))
      let origin = (start - Double(first)) / Double(factor)
      part = origin..<origin + length / Double(factor)
    }

    /// How many samples there are; the last may be of fewer pixels.
    var count: Int { pixels.count.dividedUp(by: factor) }

    /// What makes `new` samples of these; nil when they are right as they are.
    func filter(to new: Int) -> LanczosFilter? {
      part == 0..<Double(new) && count == new
        ? nil : LanczosFilter(from: count, part: part, to: new)
    }
  }

  /// The means of blocks of pixels, `(down.count, across.count, channels)`.
  private static func averaged(
    _ samples: [UInt8], row: Int, channels: Int, _ across: Axis, _ down: Axis
  ) -> [UInt8] {
    let newRow = across.count * channels
    if across.factor == 1 && down.factor == 1 {
      if row == newRow && samples.count == down.count * row { return samples }
      return down.pixels.flatMap { y in
        samples[(y * row + across.pixels.lowerBound * channels)...].prefix(newRow)
      }
    }
    return [UInt8](unsafeUninitializedCapacity: down.count * newRow) { result, count in
      count = down.count * newRow
      var sums = [UInt32](repeating: 0, count: newRow)
      samples.withUnsafeBufferPointer { samples in
        for block in 0..<down.count {
          let top = down.pixels.lowerBound + block * down.factor
          let rows = top..<min(top + down.factor, down.pixels.upperBound)
          for index in 0..<newRow { sums[index] = 0 }
          for y in rows {
            var source = y * row + across.pixels.lowerBound * channels
            for x in 0..<across.count {
              for _ in 0..<across.pixels(in: x) {
                for channel in 0..<channels {
                  sums[x * channels + channel] &+= UInt32(samples[source + channel])
                }
                source += channels
              }
            }
          }
          for x in 0..<across.count {
            let area = UInt32(across.pixels(in: x) * rows.count)
            for index in x * channels..<(x + 1) * channels {
              result[block * newRow + index] = UInt8((sums[index] + area / 2) / area)
            }
          }
        }
      }
    }
  }
}

extension Picture.Axis {
  /// How many pixels a sample is made of.
  fileprivate func pixels(in sample: Int) -> Int {
    min(factor, pixels.count - sample * factor)
  }
}
