import Tensors

/// Total variation over all eight neighbors of a pixel, in mean form, so that its weight means the
/// same at every size.
///
/// The squared form of Mahendran and Vedaldi 2015 (eq. 5, β = 2), with means where they have sums and
/// the diagonals that make it treat edges of all directions more alike.
public enum TotalVariation {
  /// A neighbor and what its squared differences weigh.
  private struct Neighbor {
    let dy: Int
    let dx: Int
    let weight: Double
  }

  /// One of each pair of opposite neighbors: right, down and both diagonals.
  private static let neighbors = [
    Neighbor(dy: 0, dx: 1, weight: 2.0 / 3), Neighbor(dy: 1, dx: 0, weight: 2.0 / 3),
    Neighbor(dy: 1, dx: 1, weight: 1.0 / 6), Neighbor(dy: 1, dx: -1, weight: 1.0 / 6),
  ]

  /// The value: `Σ over neighbors of weight · Σ (x[p] - x[p + neighbor])² / count(x)`.
  ///
  /// - Parameters:
  ///   - image: `(height, width, channels)`.
  ///   - workers: the threads.
  public static func value(of image: Tensor, on workers: Workers) -> Double {
    let (height, width, channels) = (image.shape.height, image.shape.width, image.shape.channels)
    var partials = [Double](repeating: 0, count: height)
    image.withFloats { image in
      partials.withUnsafeMutableBufferPointer { partials in
        workers.forEach(height) { y, _ in
          for neighbor in neighbors where y + neighbor.dy < height {
            let offset = (neighbor.dy * width + neighbor.dx) * channels
            var sum = 0.0
            for i in span(neighbor, row: y, width: width, channels: channels) {
              let difference = Double(image[i + offset] - image[i])
              sum += difference * difference
            }
            partials[y] += neighbor.weight * sum
          }
        }
      }
    }
    return partials.reduce(0, +) / Double(max(image.count, 1))
  }

  /// Adds the gradient of `weight * value(of: image)`.
  ///
  /// - Parameters:
  ///   - image: `(height, width, channels)`.
  ///   - weight: the factor.
  ///   - gradient: of the same shape; added to.
  ///   - workers: the threads.
  public static func addGradient(
    of image: Tensor, weight: Double, to gradient: inout Tensor, on workers: Workers
  ) {
    precondition(image.shape == gradient.shape)
    let (height, width, channels) = (image.shape.height, image.shape.width, image.shape.channels)
    let scale = 2 * weight / Double(max(image.count, 1))
    image.withFloats { image in
      gradient.withMutableFloats { gradient in
        // Each row gathers from both directions, so that rows may run in parallel.
        workers.forEach(height) { y, _ in
          for neighbor in neighbors {
            let offset = (neighbor.dy * width + neighbor.dx) * channels
            let factor = Float(scale * neighbor.weight)
            let ahead = span(neighbor, row: y, width: width, channels: channels)
            if y + neighbor.dy < height {
              for i in ahead { gradient[i] += factor * (image[i] - image[i + offset]) }
            }
            if y - neighbor.dy >= 0 {
              let shift = neighbor.dx * channels
              for i in ahead.lowerBound + shift..<ahead.upperBound + shift {
                gradient[i] += factor * (image[i] - image[i - offset])
              }
            }
          }
        }
      }
    }
  }

  /// The elements of a row whose neighbor lies between the left and right edges.
  private static func span(
    _ neighbor: Neighbor, row: Int, width: Int, channels: Int
  ) -> Range<Int> {
    let first = row * width + max(0, -neighbor.dx)
    let end = max(first, (row + 1) * width - max(0, neighbor.dx))
    return first * channels..<end * channels
  }
}
