import Tensors

extension Border {
  /// The index of the pixel that stands for the one at `index`, which may lie outside; nil for zero.
  public func inside(_ index: Int, of count: Int) -> Int? {
    if (0..<count).contains(index) { return index }
    switch self {
    case .zero:
      return nil
    case .replicate:
      return min(max(index, 0), count - 1)
    case .reflect:
      guard count > 1 else { return 0 }
      let cycle = 2 * count - 2
      let place = ((index % cycle) + cycle) % cycle
      return place < count ? place : cycle - place
    }
  }
}

/// Convolutions of any window as their definition says it, summed in double precision: the measure of
/// the fast ones.
public enum ReferenceDirectConvolution {
  /// The convolution of an input that is upsampled and padded first, as `geometry` says.
  ///
  /// - Parameters:
  ///   - input: `(height, width, inputs)`.
  ///   - weights: `(height, width, inputs, outputs)`; `(height, width, 1, inputs)` with `isDepthwise`.
  ///   - bias: `(outputs)`.
  /// - Returns: `(height, width, outputs)`.
  public static func forward(
    _ input: Tensor, weights: Tensor, bias: Tensor, geometry: ConvolutionGeometry,
    isDepthwise: Bool = false
  ) -> Tensor {
    let picture = Extended(input, geometry)
    let (window, outputs) = (weights.shape, weights.shape[3])
    let inputs = isDepthwise ? 1 : input.shape.channels
    let height = geometry.extent(
      of: input.shape.height, window: window[0], before: geometry.top, after: geometry.bottom)
    let width = geometry.extent(
      of: input.shape.width, window: window[1], before: geometry.left, after: geometry.right)
    let filter = weights.elements
    var result: [Float] = []
    for y in 0..<height {
      for x in 0..<width {
        for output in 0..<outputs {
          var sum = Double(bias[output])
          for i in 0..<window[0] {
            for j in 0..<window[1] {
              for input in 0..<inputs {
                let value = picture[
                  y * geometry.stride + i - geometry.top, x * geometry.stride + j - geometry.left,
                  isDepthwise ? output : input]
                sum +=
                  value
                  * Double(
                    filter[((i * window[1] + j) * inputs + input) * outputs + output])
              }
            }
          }
          result.append(Float(sum))
        }
      }
    }
    return Tensor(result, shape: [height, width, outputs])
  }

  /// A picture that goes on beyond its edges, and between its pixels.
  private struct Extended {
    private let values: [Float]
    private let shape: Shape
    private let geometry: ConvolutionGeometry

    init(_ input: Tensor, _ geometry: ConvolutionGeometry) {
      values = input.elements
      shape = input.shape
      self.geometry = geometry
    }

    private func pixel(_ y: Int, _ x: Int, _ channel: Int) -> Double {
      guard let y = geometry.border.inside(y, of: shape.height),
        let x = geometry.border.inside(x, of: shape.width)
      else { return 0 }
      return Double(values[(y * shape.width + x) * shape.channels + channel])
    }

    subscript(y: Int, x: Int, channel: Int) -> Double {
      switch geometry.upsampling {
      case nil:
        return pixel(y, x, channel)
      case .nearest:
        return pixel(y >> 1, x >> 1, channel)
      case .bilinear:
        let (up, left) = ((Double(y) - 0.5) / 2, (Double(x) - 0.5) / 2)
        let (top, start) = (Int(up.rounded(.down)), Int(left.rounded(.down)))
        let (b, r) = (up - Double(top), left - Double(start))
        return (1 - b) * ((1 - r) * pixel(top, start, channel) + r * pixel(top, start + 1, channel))
          + b * ((1 - r) * pixel(top + 1, start, channel) + r * pixel(top + 1, start + 1, channel))
      }
    }
  }
}
