import Tensors

/// A filter arranged for blocks of outputs: what one place of its window computes fills a group of 16
/// lanes as well as it can.
///
/// A convolution with 3 outputs computes five neighboring pixels at once, 15 of 16 lanes. One of a
/// picture upsampled by two is never given that picture: each of its four phases is a convolution of
/// the small one, with the taps that fall on the same pixel added up.
struct DirectFilter: Sendable {
  /// `(phases, groups, windowHeight * windowWidth * inputs, 16)`.
  let weights: Tensor
  /// `(groups, 16)`.
  let bias: Tensor
  let groups: Int
  /// Result pixels in a block, along a row.
  let blockPixels: Int
  /// Input pixels from one block to the next.
  let blockStep: Int
  let windowHeight: Int
  let windowWidth: Int
  let phases: Int
  let phaseStep: Int
  let top: Int
  let left: Int

  /// - Parameters:
  ///   - weights: `(height, width, inputs, outputs)`.
  ///   - bias: `(outputs)`.
  init(weights: Tensor, bias: Tensor, geometry: ConvolutionGeometry) {
    let (height, width) = (weights.shape[0], weights.shape[1])
    let (inputs, outputs) = (weights.shape[2], weights.shape[3])
    let down = AxisTaps(window: height, padding: geometry.top, geometry: geometry)
    let across = AxisTaps(window: width, padding: geometry.left, geometry: geometry)
    let repeats = Self.repeats(outputs: outputs, across)
    let columns = across.phases.count
    blockPixels = repeats * columns
    blockStep = repeats * across.step
    phases = down.phases.count
    phaseStep = phases > 1 ? down.starts[1] - down.starts[0] : 0
    top = -down.starts[0]
    left = -across.start
    windowHeight = down.window
    windowWidth = (repeats - 1) * across.step + across.end - across.start
    groups = (blockPixels * outputs).dividedUp(by: 16)

    let taps = windowHeight * windowWidth * inputs
    var arranged = Tensor(shape: [phases, groups, taps, 16])
    var arrangedBias = Tensor(shape: [groups, 16])
    let source = weights.elements
    let (windowWidth, groups) = (windowWidth, groups)
    arranged.withMutableFloats { target in
      for (phase, rowTaps) in down.phases.enumerated() {
        for pixel in 0..<repeats {
          for (column, columnTaps) in across.phases.enumerated() {
            for row in rowTaps {
              for tap in columnTaps {
                let y = row.offset - down.starts[phase]
                let x = pixel * across.step + tap.offset - across.start
                for input in 0..<inputs {
                  let place = (y * windowWidth + x) * inputs + input
                  for output in 0..<outputs {
                    let lane = (pixel * columns + column) * outputs + output
                    let weight = source[
                      ((row.tap * width + tap.tap) * inputs + input) * outputs + output]
                    target[((phase * groups + lane / 16) * taps + place) * 16 + lane % 16] +=
                      row.share * tap.share * weight
                  }
                }
              }
            }
          }
        }
      }
    }
    for lane in 0..<blockPixels * outputs { arrangedBias[lane] = bias[lane % outputs] }
    self.weights = arranged
    self.bias = arrangedBias
  }

  /// How often the window's outputs are repeated for neighbors: what costs the fewest products a
  /// pixel.
  private static func repeats(outputs: Int, _ axis: AxisTaps) -> Int {
    let each = outputs * axis.phases.count
    func cost(_ repeats: Int) -> Double {
      let window = (repeats - 1) * axis.step + axis.end - axis.start
      return Double((repeats * each).dividedUp(by: 16) * window) / Double(repeats)
    }
    return (1...max(1, 16 / each)).min { cost($0) < cost($1) } ?? 1
  }
}

/// What a convolution reads along one axis, as offsets from the pixel that it computes.
private struct AxisTaps {
  /// A share of one tap of the filter, on the pixel at an offset.
  struct Tap {
    let offset: Int
    let tap: Int
    let share: Float
  }

  /// One list, or one for even and one for odd pixels of an upsampled picture.
  let phases: [[Tap]]
  /// Input pixels from one place to the next.
  let step: Int

  init(window: Int, padding: Int, geometry: ConvolutionGeometry) {
    guard let upsampling = geometry.upsampling else {
      step = geometry.stride
      phases = [(0..<window).map { Tap(offset: $0 - padding, tap: $0, share: 1) }]
      return
    }
    step = 1
    phases = (0..<2).map { phase in
      (0..<window).flatMap { tap in
        let place = phase + tap - padding  // in the upsampled picture
        let offset = place >> 1
        switch upsampling {
        case .nearest:
          return [Tap(offset: offset, tap: tap, share: 1)]
        case .bilinear:
          let neighbor = place & 1 == 0 ? offset - 1 : offset + 1
          return [
            Tap(offset: offset, tap: tap, share: 0.75),
            Tap(offset: neighbor, tap: tap, share: 0.25),
          ]
        }
      }
    }
  }

  /// Each phase's first offset.
  var starts: [Int] { phases.map { $0.map(\.offset).min() ?? 0 } }
  private var ends: [Int] { phases.map { ($0.map(\.offset).max() ?? 0) + 1 } }

  /// The offsets of all phases.
  var start: Int { starts.min() ?? 0 }
  var end: Int { ends.max() ?? 1 }

  /// The longest phase.
  var window: Int { zip(starts, ends).map { $1 - $0 }.max() ?? 1 }
}
