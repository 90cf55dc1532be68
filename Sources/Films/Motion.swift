import Kernels
import Pictures
import Tensors

/// A frame of a film as motion is seen in it.
struct Seen: Sendable {
  /// The colors, `(height, width, 3)` in 0…1.
  let image: Tensor
  let pyramid: LumaPyramid
  /// The share of pixels in each of 32 ranges of lightness.
  let histogram: [Double]

  init(_ frame: Picture, on workers: Workers) {
    image = Tensor(frame)
    // Luma after BT.601, in 0…255.
    var luma = Tensor(uninitialized: [frame.height, frame.width, 1])
    var counts = [Int](repeating: 0, count: 32)
    luma.withMutableFloats { luma in
      for pixel in luma.indices {
        let (red, green, blue) = (
          Int(frame.rgb[3 * pixel]), Int(frame.rgb[3 * pixel + 1]), Int(frame.rgb[3 * pixel + 2])
        )
        let value = (299 * red + 587 * green + 114 * blue) / 125
        luma[pixel] = Float(value) / 8
        counts[value >> 6] += 1
      }
    }
    pyramid = LumaPyramid(luma, on: workers)
    histogram = counts.map { Double($0) / Double(frame.width * frame.height) }
  }
}

/// How things have moved from a frame of a film to the next.
struct Motion: Sendable {
  /// Where each pixel of the later frame was in the earlier one.
  let field: FlowField

  /// Where that can be relied on.
  let reliability: Reliability

  /// Whether the later frame begins another shot.
  let isCut: Bool

  /// Looks at two frames of the same size.
  init(from earlier: Seen, to later: Seen, on workers: Workers) {
    field = OpticalFlow.field(from: later.pyramid, to: earlier.pyramid, on: workers)
    let forward = OpticalFlow.field(from: earlier.pyramid, to: later.pyramid, on: workers)
    let consistent = field.reliability(against: forward, on: workers)
    let explained = consistent.discounted(
      comparing: later.image, with: field.warping(earlier.image, on: workers), on: workers)
    reliability = explained.softened(on: workers)
    let change =
      zip(earlier.histogram, later.histogram).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
    isCut = Self.isCut(explained: explained.share, change: change)
  }

  /// Whether frames are of different shots: hardly anything of the later one is found in the earlier, or
  /// little, and the lights are others, too.
  ///
  /// - Parameters:
  ///   - explained: the share of the later frame that is found in the earlier one.
  ///   - change: the share of pixels whose lightness the earlier frame does not have.
  static func isCut(explained: Double, change: Double) -> Bool {
    explained < 0.2 || explained < 0.5 && change > 0.25
  }
}
