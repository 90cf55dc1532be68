/// A picture of 8-bit sRGB pixels, upright, with its opacity kept aside.
public struct Picture: Sendable, Equatable {
  /// Columns, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// The colors, `(height, width, 3)`, gamma-encoded; not premultiplied by `alpha`.
  public let rgb: [UInt8]
  /// The opacity, `(height, width)`, 255 for opaque; `nil` if the picture has none.
  public let alpha: [UInt8]?

  /// A picture of these pixels.
  ///
  /// - Parameters:
  ///   - width: columns, at least 1.
  ///   - height: rows, at least 1.
  ///   - rgb: `(height, width, 3)`.
  ///   - alpha: `(height, width)`, straight.
  public init(width: Int, height: Int, rgb: [UInt8], alpha: [UInt8]? = nil) {
    precondition(width > 0 && height > 0, "a picture of \(width)×\(height)")
    precondition(rgb.count == 3 * width * height, "\(rgb.count) colors for \(width)×\(height)")
    precondition(alpha.map { $0.count == width * height } ?? true)
    self.width = width
    self.height = height
    self.rgb = rgb
    self.alpha = alpha
  }

  /// This picture on a white ground, for formats without opacity.
  public var onWhite: Picture {
    guard let alpha else { return self }
    let blended = [UInt8](unsafeUninitializedCapacity: rgb.count) { blended, count in
      count = rgb.count
      for index in 0..<rgb.count {
        let opacity = Int(alpha[index / 3])
        blended[index] = UInt8((Int(rgb[index]) * opacity + 255 * (255 - opacity) + 127) / 255)
      }
    }
    return Picture(width: width, height: height, rgb: blended)
  }
}
