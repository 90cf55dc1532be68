import Kernels
import Pictures
import Recipes
import Tensors

/// What pictures of one size are painted on: the picture, and a margin around it that is cut off in the end.
///
/// At the edges of what it sees a network sees zeros, which is no painting's texture. What the optimizer does
/// about that, a band of specks, ends up in the margin.
struct Canvas {
  /// The photograph, mirrored into the margin, `(height, width, 3)`.
  let photograph: Tensor

  /// Its pixels on each side.
  let margin: Int

  /// A canvas for a photograph, `(height, width, 3)`.
  init(_ photograph: Tensor, margin: Int = 0) {
    self.photograph = photograph.reflected(by: margin)
    self.margin = margin
  }

  /// The canvas of a job's pictures of this longer side.
  init(for job: StylingJob, longerSide: Int, on workers: Workers) {
    self.init(
      Tensor(job.content.resized(longerSide: longerSide, on: workers)),
      margin: job.recipe.margin(around: longerSide))
  }

  /// The picture's shape, `(height, width, 3)`.
  var pictureShape: Shape {
    [photograph.shape.height - 2 * margin, photograph.shape.width - 2 * margin, 3]
  }

  /// What is on the canvas without its margin, `(height, width, channels)`.
  func picture(in canvas: Tensor) -> Tensor { canvas.without(margin: margin) }

  /// A canvas of this picture, `(height, width, channels)`, at any size.
  func holding(_ picture: Tensor, on workers: Workers) -> Tensor {
    picture.resized(
      to: [pictureShape.height, pictureShape.width, picture.shape.channels], on: workers
    ).reflected(by: margin)
  }

  /// Where a mask applies, `(height, width, 1)`.
  func coverage(of mask: Mask, on workers: Workers) -> Tensor {
    Tensor(
      mask.resized(width: pictureShape.width, height: pictureShape.height, on: workers)
    ).reflected(by: margin)
  }
}

extension Recipe {
  /// Pixels of margin on each side of a picture.
  func margin(around longerSide: Int) -> Int { Int((margin * Double(longerSide)).rounded()) }

  /// Pixels of margin on each side of a canvas, of which they are a part: as many as were put there.
  private func margin(within longerSide: Int) -> Int {
    Int((margin / (1 + 2 * margin) * Double(longerSide)).rounded())
  }

  /// The picture on a canvas, `(height, width, 3)`.
  func picture(on canvas: Tensor) -> Tensor {
    canvas.without(margin: margin(within: max(canvas.shape.height, canvas.shape.width)))
  }
}

extension Checkpoint {
  /// What there is to show of a run of this recipe, not yet in the colors that it wants.
  public func picture(of recipe: Recipe) -> Picture { Picture(recipe.picture(on: shown)) }
}

extension Tensor {
  fileprivate func without(margin: Int) -> Tensor {
    cropped(rows: margin..<shape.height - margin, columns: margin..<shape.width - margin)
  }
}
