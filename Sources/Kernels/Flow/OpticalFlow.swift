import Tensors

/// Dense optical flow: where the pixels of a picture are found in the next one.
///
/// Kroeger, Timofte, Dai and Van Gool 2016, *Fast Optical Flow using Dense Inverse Search*: on each level of
/// a pyramid, coarse to fine, patches of 8×8 pixels look for themselves in the other picture by the inverse
/// compositional form of Lucas and Kanade's method; a pixel's vector is the mean of those of the patches
/// that cover it, by how well each explains the pixel. In place of their variational refinement a median
/// takes out patches that went astray.
public enum OpticalFlow {
  /// The longer side up to which vectors are looked for at full size; larger pictures get what fits half
  /// their size, or a quarter, enlarged.
  public static let finestSide = 320

  /// Where the pixels of `first` are found in `second`.
  ///
  /// - Parameters:
  ///   - first: a picture.
  ///   - second: another one of the same size.
  ///   - workers: the threads; their number does not change the result.
  public static func field(
    from first: LumaPyramid, to second: LumaPyramid, on workers: Workers
  ) -> FlowField {
    precondition((first.height, first.width) == (second.height, second.width))
    let finest =
      first.levels.firstIndex { max($0.height, $0.width) <= finestSide }
      ?? first.levels.count - 1
    var field: FlowField?
    for (from, to) in zip(first.levels, second.levels).dropFirst(finest).reversed() {
      let patches = FlowPatches(from: from, to: to, startingFrom: field, on: workers)
      field = patches.field(on: workers).withoutOutliers(on: workers)
    }
    guard let field else { preconditionFailure("a pyramid without levels") }
    return field.resized(height: first.height, width: first.width, on: workers)
  }
}

extension FlowField {
  /// The median of each component over 3×3 vectors.
  fileprivate func withoutOutliers(on workers: Workers) -> FlowField {
    FlowField(MedianFilter.three(vectors, on: workers))
  }
}
