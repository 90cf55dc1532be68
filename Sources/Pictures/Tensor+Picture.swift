import Tensors

extension Tensor {
  /// The colors of a picture, `(height, width, 3)`, gamma-encoded, in 0...1.
  public init(_ picture: Picture) {
    self.init(uninitialized: [picture.height, picture.width, 3])
    withMutableFloats { floats in
      picture.rgb.withUnsafeBufferPointer { bytes in
        for index in 0..<bytes.count { floats[index] = Float(bytes[index]) / 255 }
      }
    }
  }
}

extension Picture {
  /// A picture of these colors, rounded to 8 bits, half to even; what is not a number becomes 0.
  ///
  /// - Parameters:
  ///   - image: `(height, width, 3)`, gamma-encoded; clamped to 0...1.
  ///   - alpha: `(height, width)`.
  public init(_ image: Tensor, alpha: [UInt8]? = nil) {
    precondition(image.shape.rank == 3 && image.shape.channels == 3, "\(image.shape)")
    self.init(
      width: image.shape.width, height: image.shape.height, rgb: Self.bytes(image), alpha: alpha)
  }

  /// The elements times 255, as bytes.
  static func bytes(_ image: Tensor) -> [UInt8] {
    image.withFloats { floats in
      [UInt8](unsafeUninitializedCapacity: floats.count) { bytes, count in
        count = floats.count
        for index in 0..<floats.count { bytes[index] = byte(floats[index]) }
      }
    }
  }

  private static func byte(_ x: Float) -> UInt8 {
    let clamped = x > 0 ? min(x, 1) : 0  // also catches NaN
    // At 2^23 floats are 1 apart: the sum is rounded half to even, the low bits are the integer.
    return UInt8(truncatingIfNeeded: (clamped * 255 + 0x1p23).bitPattern)
  }
}
