import Tensors

/// A 3×3 convolution, stride 1, zero padding 1, as matrix products over blocks of pixels.
///
/// For each block the nine neighbors of every pixel are gathered into the rows of a matrix (Chellapilla
/// et al. 2006, "im2col"), which is multiplied by the filter as Keras stores it. Blocks run in
/// parallel; each is small enough that the gathered rows stay in cache.
public struct GEMMConvolution: Sendable {
  /// The weights.
  public let filter: ConvolutionFilter

  /// `(3, 3, outputs, inputs)`: backward is the same convolution with these.
  private let adjoint: Tensor

  /// Prepares both directions.
  public init(_ filter: ConvolutionFilter) {
    self.filter = filter
    adjoint = filter.adjointWeights()
  }

  /// `output = max(0, input * weights + bias)`.
  ///
  /// - Parameters:
  ///   - input: `(height, width, inputs)`.
  ///   - output: `(height, width, outputs)`, overwritten.
  ///   - workers: the threads.
  public func forwardRectified(
    _ input: Tensor, into output: inout Tensor, on workers: Workers
  ) {
    let outputs = filter.outputs
    filter.bias.withFloats { bias in
      convolve(input, with: filter.weights, into: &output, on: workers) { rows in
        Rectifier.addBiasAndRectify(rows, bias: bias, columns: outputs)
      }
    }
  }

  /// The gradient with respect to the input, from the gradient before the rectifier.
  ///
  /// - Parameters:
  ///   - outputGradient: `(height, width, outputs)`.
  ///   - inputGradient: `(height, width, inputs)`, overwritten.
  ///   - workers: the threads.
  public func backward(
    _ outputGradient: Tensor, into inputGradient: inout Tensor, on workers: Workers
  ) {
    convolve(outputGradient, with: adjoint, into: &inputGradient, on: workers) { _ in }
  }

  /// - Parameter finish: is given each block of output rows while it is still in cache.
  private func convolve(
    _ input: Tensor, with weights: Tensor, into output: inout Tensor, on workers: Workers,
    finish: (UnsafeMutableBufferPointer<Float>) -> Void
  ) {
    let (inputs, outputs) = (weights.shape[2], weights.shape[3])
    let (height, width) = (input.shape.height, input.shape.width)
    precondition(input.shape == [height, width, inputs])
    precondition(output.shape == [height, width, outputs])
    let rowLength = 9 * inputs
    let pixels = height * width
    let blockLength = Self.blockLength(rowLength: rowLength)
    let blocks = pixels.dividedUp(by: blockLength)
    input.withFloats { input in
      weights.withFloats { weights in
        output.withMutableFloats { output in
          guard let source = input.baseAddress, let matrix = weights.baseAddress,
            let target = output.baseAddress
          else { return }
          workers.forEach(blocks, scratch: blockLength * rowLength) { block, gathered in
            let first = block * blockLength
            let count = min(blockLength, pixels - first)
            Self.gather(
              source, height: height, width: width, channels: inputs,
              pixels: first..<first + count, into: gathered)
            let rows = target + first * outputs
            BLAS.multiply(
              gathered, matrix, into: rows, rows: count, columns: outputs, inner: rowLength)
            finish(UnsafeMutableBufferPointer(start: rows, count: count * outputs))
          }
        }
      }
    }
  }

  /// Pixels a block: about a megabyte of gathered rows, and never so few that packing the filter for
  /// each product would dominate.
  private static func blockLength(rowLength: Int) -> Int {
    min(max(262_144 / rowLength, 64), 1024) / 64 * 64
  }

  /// Writes the nine neighbors of each pixel, zeros outside the picture, one pixel a row.
  private static func gather(
    _ source: UnsafePointer<Float>, height: Int, width: Int, channels: Int, pixels: Range<Int>,
    into rows: UnsafeMutablePointer<Float>
  ) {
    var target = rows
    for pixel in pixels {
      let (y, x) = (pixel / width, pixel % width)
      let columns = max(0, x - 1)..<min(width, x + 2)
      for sourceY in y - 1...y + 1 {
        guard (0..<height).contains(sourceY) else {
          target.update(repeating: 0, count: 3 * channels)
          target += 3 * channels
          continue
        }
        if x == 0 {
          target.update(repeating: 0, count: channels)
          target += channels
        }
        target.update(
          from: source + (sourceY * width + columns.lowerBound) * channels,
          count: columns.count * channels)
        target += columns.count * channels
        if x == width - 1 {
          target.update(repeating: 0, count: channels)
          target += channels
        }
      }
    }
  }
}
