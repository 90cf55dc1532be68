import Pictures
import Tensors

/// What of a photograph stays as it is while the rest is painted.
///
/// The objective sees the photograph there, whatever the image that is optimized holds, and has no gradient
/// there; where the mask is gray it sees a blend.
struct Protection {
  /// `(height, width, 3)`.
  private let photograph: Tensor

  /// How much is protected, `(height, width)`.
  private let shares: [Float]

  init(_ mask: Mask, on canvas: Canvas, workers: Workers) {
    photograph = canvas.photograph
    shares = canvas.coverage(of: mask, on: workers).elements
  }

  /// What there is to see of an image.
  func covering(_ image: Tensor) -> Tensor {
    var covered = image
    covered.withMutableFloats { covered in
      photograph.withFloats { photograph in
        for (pixel, share) in shares.enumerated() where share > 0 {
          for i in 3 * pixel..<3 * pixel + 3 { covered[i] += share * (photograph[i] - covered[i]) }
        }
      }
    }
    return covered
  }

  /// The gradient with respect to the image, of the one with respect to what is seen of it.
  func freeing(_ gradient: Tensor) -> Tensor {
    var freed = gradient
    freed.withMutableFloats { freed in
      for (pixel, share) in shares.enumerated() where share > 0 {
        for i in 3 * pixel..<3 * pixel + 3 { freed[i] *= 1 - share }
      }
    }
    return freed
  }
}
