import Tensors

extension Adam {
  /// Takes the moments along to another size of the picture.
  ///
  /// The losses do not depend on the size, so a pixel's share of the gradient is as small as the pixel:
  /// the moments shrink with the area that a pixel stands for.
  mutating func resample(to shape: Shape, on workers: Workers) {
    let share = Double(self.shape.height * self.shape.width) / Double(shape.height * shape.width)
    replaceMoments(
      mean: mean.bilinear(to: shape, on: workers).scaled(by: share, on: workers),
      meanSquare: meanSquare.bilinear(to: shape, on: workers).scaled(
        by: share * share, on: workers))
  }
}

extension Tensor {
  /// This tensor, `(height, width, channels)`, with as many rows and columns as `shape`, by linear
  /// interpolation between the centers of pixels; never beyond the values that are there.
  func bilinear(to shape: Shape, on workers: Workers) -> Tensor {
    let (height, width, channels) = (shape.height, shape.width, shape.channels)
    let (oldHeight, oldWidth) = (self.shape.height, self.shape.width)
    precondition(self.shape.channels == channels)
    func neighbors(_ index: Int, of count: Int, among old: Int) -> (Int, Int, Float) {
      let place = (Double(index) + 0.5) * Double(old) / Double(count) - 0.5
      let first = min(max(Int(place.rounded(.down)), 0), old - 1)
      return (first, min(first + 1, old - 1), Float(min(max(place - Double(first), 0), 1)))
    }
    let columns = (0..<width).map { neighbors($0, of: width, among: oldWidth) }
    var result = Tensor(uninitialized: shape)
    result.withMutableFloats { result in
      withFloats { old in
        workers.forEach(height) { row, _ in
          let (upper, lower, down) = neighbors(row, of: height, among: oldHeight)
          for column in 0..<width {
            let (left, right, across) = columns[column]
            for channel in 0..<channels {
              func value(_ y: Int, _ x: Int) -> Float {
                old[(y * oldWidth + x) * channels + channel]
              }
              let top = value(upper, left) + across * (value(upper, right) - value(upper, left))
              let bottom = value(lower, left) + across * (value(lower, right) - value(lower, left))
              result[(row * width + column) * channels + channel] = top + down * (bottom - top)
            }
          }
        }
      }
    }
    return result
  }
}
