import Kernels
import Pictures
import Tensors

/// A part of a picture that is judged by some of the paintings, and what of it each layer sees.
///
/// Gatys and others 2017, "Controlling perceptual factors in neural style transfer": moments are taken over
/// the region only, weighted where its edge is soft.
struct StyleRegion: Sendable {
  /// The paintings that are mixed there, by their numbers.
  let styles: [Int]

  /// How much each pixel belongs to it, at the scale of each block from the first on; nil where it is all
  /// of the picture.
  ///
  /// `(height, width, 1)` in 0…1.
  private let coverage: [Tensor]?

  /// All of the picture.
  static func everywhere(styles: [Int]) -> StyleRegion {
    StyleRegion(styles: styles, coverage: nil)
  }

  private init(styles: [Int], coverage: [Tensor]?) {
    self.styles = styles
    self.coverage = coverage
  }

  /// A part of the picture.
  ///
  /// - Parameters:
  ///   - styles: the paintings.
  ///   - coverage: how much each pixel belongs to it, `(height, width, 1)` in 0…1.
  ///   - blocks: of how many blocks the network's layers are looked at.
  init(styles: [Int], coverage: Tensor, blocks: Int) {
    var scales = [coverage]
    while scales.count < blocks { scales.append(scales[scales.count - 1].halved) }
    self.init(styles: styles, coverage: scales)
  }

  /// What a layer of a block sees of it; nil where that is nothing.
  ///
  /// - Parameters:
  ///   - block: the block, from 1.
  ///   - isHard: whether pixels belong to it or not, by half of the most that any does, and nothing between.
  func extent(atBlock block: Int, isHard: Bool) -> Extent? {
    guard let coverage else { return .all }
    let shares = coverage[block - 1].elements
    let area = shares.reduce(0.0) { $0 + Double($1) } / Double(max(1, shares.count))
    guard area > Self.leastArea else { return nil }
    let least = isHard ? (shares.max() ?? 1) / 2 : Float.leastNormalMagnitude
    let indices = shares.indices.filter { shares[$0] >= least }
    let mean = Float(area * Double(shares.count) / Double(indices.count))
    return .part(
      PixelSelection(
        indices: indices,
        weights: isHard
          ? nil : Tensor(indices.map { shares[$0] / mean }, shape: [indices.count]),
        area: area))
  }

  /// Whether there is nothing of it.
  var isEmpty: Bool { extent(atBlock: 1, isHard: false) == nil }

  /// A thousandth of a pixel in a megapixel.
  private static let leastArea = 1e-9
}

extension StyleRegion {
  /// What a layer sees of a region.
  enum Extent: Sendable {
    /// Every pixel, all of the same importance.
    case all
    /// Some pixels.
    case part(PixelSelection)

    /// Which share of the layer it is.
    var area: Double {
      switch self {
      case .all: 1
      case .part(let pixels): pixels.area
      }
    }
  }
}

extension StyleRegion {
  /// The regions of paintings with their masks.
  ///
  /// Each painting with a mask is judged where that applies; those without share what the masks leave. What
  /// is protected belongs to none, since nothing can change there.
  ///
  /// - Parameters:
  ///   - masks: of each painting, nil for none.
  ///   - protection: what stays as it is.
  ///   - canvas: what the picture is painted on.
  ///   - blocks: of how many blocks the network's layers are looked at.
  ///   - workers: the threads.
  /// - Returns: One region for each mask that is not empty, and one for the rest if any painting has none.
  static func regions(
    masks: [Mask?], protection: Mask?, on canvas: Canvas, blocks: Int, workers: Workers
  ) -> [StyleRegion] {
    let all = Array(masks.indices)
    if protection == nil, masks.allSatisfy({ $0 == nil }) { return [.everywhere(styles: all)] }
    func coverage(_ mask: Mask) -> Tensor { canvas.coverage(of: mask, on: workers) }
    let shape = canvas.photograph.shape
    let free = protection.map { coverage($0).mapped { 1 - $0 } }
    var rest = free ?? Tensor(repeating: 1, shape: [shape.height, shape.width, 1])
    var regions: [StyleRegion] = []
    for (number, mask) in masks.enumerated() {
      guard let mask else { continue }
      var part = coverage(mask)
      if let free { part = part.mapped(with: free) { $0 * $1 } }
      rest = rest.mapped(with: part) { max(0, $0 - $1) }
      regions.append(StyleRegion(styles: [number], coverage: part, blocks: blocks))
    }
    let others = all.filter { masks[$0] == nil }
    if !others.isEmpty {
      regions.append(StyleRegion(styles: others, coverage: rest, blocks: blocks))
    }
    return regions.filter { !$0.isEmpty }
  }
}

extension Tensor {
  /// The means of squares of 2×2 pixels of this `(height, width, 1)`; a last odd row or column is left out,
  /// as by pooling.
  fileprivate var halved: Tensor {
    let (height, width) = (shape.height / 2, shape.width / 2)
    var half = Tensor(uninitialized: [height, width, 1])
    half.withMutableFloats { half in
      withFloats { whole in
        for y in 0..<height {
          for x in 0..<width {
            let corner = 2 * y * shape.width + 2 * x
            half[y * width + x] =
              (whole[corner] + whole[corner + 1] + whole[corner + shape.width]
                + whole[corner + shape.width + 1]) / 4
          }
        }
      }
    }
    return half
  }

  fileprivate func mapped(_ change: (Float) -> Float) -> Tensor {
    mapped(with: self) { value, _ in change(value) }
  }

  fileprivate func mapped(with other: Tensor, _ change: (Float, Float) -> Float) -> Tensor {
    precondition(shape == other.shape)
    var result = Tensor(uninitialized: shape)
    result.withMutableFloats { result in
      withFloats { a in
        other.withFloats { b in
          for index in a.indices { result[index] = change(a[index], b[index]) }
        }
      }
    }
    return result
  }
}
