import Tensors

/// The convolution as its definition says it, summed in double precision: the measure of the fast ones.
public enum ReferenceConvolution {
  /// `y[h,w,o] = b[o] + Σ x[h+i-1, w+j-1, c] · k[i,j,c,o]`, with zeros outside `x`.
  ///
  /// - Parameters:
  ///   - input: `(height, width, inputs)`.
  ///   - filter: the weights.
  /// - Returns: `(height, width, outputs)`.
  public static func forward(_ input: Tensor, _ filter: ConvolutionFilter) -> Tensor {
    correlate(input, filter.weights.elements, outputs: filter.outputs) { Double(filter.bias[$0]) }
  }

  /// The gradient of `Σ forward(x) · g` with respect to `x`.
  ///
  /// - Parameters:
  ///   - outputGradient: `(height, width, outputs)`.
  ///   - filter: the weights.
  /// - Returns: `(height, width, inputs)`.
  public static func backward(_ outputGradient: Tensor, _ filter: ConvolutionFilter) -> Tensor {
    let (height, width) = (outputGradient.shape.height, outputGradient.shape.width)
    let (inputs, outputs) = (filter.inputs, filter.outputs)
    let weights = filter.weights.elements
    let gradient = outputGradient.elements
    var sums = [Double](repeating: 0, count: height * width * inputs)
    forEachTap(height, width) { target, source, tap in
      for output in 0..<outputs {
        let g = Double(gradient[target * outputs + output])
        for input in 0..<inputs {
          sums[source * inputs + input] +=
            g * Double(weights[(tap * inputs + input) * outputs + output])
        }
      }
    }
    return Tensor(sums.map(Float.init), shape: [height, width, inputs])
  }

  private static func correlate(
    _ input: Tensor, _ weights: [Float], outputs: Int, bias: (Int) -> Double
  ) -> Tensor {
    let (height, width, inputs) = (input.shape.height, input.shape.width, input.shape.channels)
    let values = input.elements
    let biases = (0..<outputs).map(bias)
    var sums = (0..<height * width).flatMap { _ in biases }
    forEachTap(height, width) { target, source, tap in
      for input in 0..<inputs {
        let value = Double(values[source * inputs + input])
        for output in 0..<outputs {
          sums[target * outputs + output] +=
            value * Double(weights[(tap * inputs + input) * outputs + output])
        }
      }
    }
    return Tensor(sums.map(Float.init), shape: [height, width, outputs])
  }

  /// Visits each pixel with each pixel under the filter around it and its tap `3i + j`.
  private static func forEachTap(
    _ height: Int, _ width: Int,
    _ body: (_ target: Int, _ source: Int, _ tap: Int) -> Void
  ) {
    for y in 0..<height {
      for x in 0..<width {
        for tap in 0..<9 {
          let (sourceY, sourceX) = (y + tap / 3 - 1, x + tap % 3 - 1)
          if (0..<height).contains(sourceY), (0..<width).contains(sourceX) {
            body(y * width + x, sourceY * width + sourceX, tap)
          }
        }
      }
    }
  }
}
