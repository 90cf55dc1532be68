import Tensors

extension Picture {
  /// The size of a picture scaled until its longer side is `longerSide`: nothing is cropped, the
  /// shorter side is rounded half to even (as in Python) and at least 1.
  public static func size(
    width: Int, height: Int, longerSide: Int
  ) -> (width: Int, height: Int) {
    precondition(longerSide > 0, "a longer side of \(longerSide)")
    let scale = Double(longerSide) / Double(max(width, height))
    func scaled(_ side: Int) -> Int {
      max(1, Int((Double(side) * scale).rounded(.toNearestOrEven)))
    }
    return (scaled(width), scaled(height))
  }

  /// This picture scaled until its longer side is `longerSide`, colors and opacity alike.
  ///
  /// With Pillow's `LANCZOS`, byte by byte.
  public func resized(longerSide: Int, on workers: Workers) -> Picture {
    let (newWidth, newHeight) = Self.size(width: width, height: height, longerSide: longerSide)
    if newWidth == width && newHeight == height { return self }
    func resized(_ samples: [UInt8], channels: Int) -> [UInt8] {
      Resampler.lanczos3(
        samples, shape: [height, width, channels], height: newHeight, width: newWidth,
        on: workers)
    }
    return Picture(
      width: newWidth, height: newHeight, rgb: resized(rgb, channels: 3),
      alpha: alpha.map { resized($0, channels: 1) })
  }
}
