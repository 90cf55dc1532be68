/// What lies beyond a picture's edge.
public enum Border: Sendable {
  /// Zeros.
  case zero
  /// The picture again, mirrored at the centers of its outermost pixels.
  case reflect
  /// The outermost pixels.
  case replicate
}

/// How a picture is made twice as large before a convolution looks at it.
public enum Upsampling: Sendable {
  /// Each pixel becomes four.
  case nearest
  /// Neighbors blend into each other, pixel centers at half integers; free of the checkerboard that
  /// nearest neighbors leave (Odena, Dumoulin and Olah 2016).
  case bilinear
}

/// The steps of a convolution over a picture, and what it sees at its edges.
public struct ConvolutionGeometry: Hashable, Sendable {
  /// Pixels from one place of the window to the next.
  public var stride: Int
  /// Rows and columns added before the picture.
  public var top: Int, left: Int
  /// Rows and columns added behind it.
  public var bottom: Int, right: Int
  /// What they hold.
  public var border: Border
  /// Whether the picture is first made twice as large.
  ///
  /// What lies beyond the edge is then that of the small picture, replicated. For nearest neighbors
  /// and a padding of one that is the same as the large picture reflected.
  public var upsampling: Upsampling?

  /// A convolution with the same padding on all sides.
  public init(stride: Int = 1, padding: Int, border: Border = .reflect) {
    self.stride = stride
    (top, left, bottom, right) = (padding, padding, padding, padding)
    self.border = border
  }

  /// A convolution of the picture made twice as large, padded to keep that size.
  public init(upsampling: Upsampling, padding: Int) {
    self.init(padding: padding, border: .replicate)
    self.upsampling = upsampling
  }

  /// The extent of the result along an axis.
  func extent(of input: Int, window: Int, before: Int, after: Int) -> Int {
    if upsampling != nil { return 2 * input }
    return max(0, (input + before + after - window) / stride + 1)
  }
}
