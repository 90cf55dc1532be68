import Tensors

/// Where in a picture something applies: white for all of it, black for nothing, gray for a part.
public struct Mask: Equatable, Sendable {
  /// Columns, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// How much applies, `(height, width)`, 255 for all.
  public let values: [UInt8]

  /// A mask of these values.
  public init(width: Int, height: Int, values: [UInt8]) {
    precondition(width > 0 && height > 0 && values.count == width * height)
    self.width = width
    self.height = height
    self.values = values
  }

  /// The mask that a picture shows: its luma (Rec. 601), times its opacity.
  ///
  /// - Parameters:
  ///   - picture: of any kind; colors count as the gray that they look like.
  ///   - threshold: 0…1; what is as light as this applies, the rest does not. Without one, what is gray
  ///     applies in part.
  public init(_ picture: Picture, threshold: Double? = nil) {
    var values = (0..<picture.width * picture.height).map { pixel in
      let (red, green, blue) = (
        Int(picture.rgb[3 * pixel]), Int(picture.rgb[3 * pixel + 1]),
        Int(picture.rgb[3 * pixel + 2])
      )
      let luma = (299 * red + 587 * green + 114 * blue + 500) / 1000
      return UInt8((luma * Int(picture.alpha?[pixel] ?? 255) + 127) / 255)
    }
    if let threshold {
      for index in values.indices {
        values[index] = Double(values[index]) >= max(threshold, 1e-3) * 255 ? 255 : 0
      }
    }
    self.init(width: picture.width, height: picture.height, values: values)
  }

  /// Whether nothing applies anywhere.
  public var isEmpty: Bool { values.allSatisfy { $0 == 0 } }

  /// Whether it can be laid over a picture: its sides have the same ratio, but for a pixel or a hundredth.
  public func fits(width: Int, height: Int) -> Bool {
    let size = Picture.size(
      width: self.width, height: self.height, longerSide: max(width, height))
    let slack = max(1, max(width, height) / 100)
    return abs(size.width - width) <= slack && abs(size.height - height) <= slack
  }

  /// The mask at another size; hard edges become as soft as that size makes them.
  public func resized(width: Int, height: Int, on workers: Workers) -> Mask {
    if (width, height) == (self.width, self.height) { return self }
    return Mask(
      width: width, height: height,
      values: Resampler.lanczos3(
        values, shape: [self.height, self.width, 1], height: height, width: width, on: workers))
  }
}

extension Tensor {
  /// How much applies, `(height, width, 1)` in 0…1.
  public init(_ mask: Mask) {
    self.init(mask.values.map { Float($0) / 255 }, shape: [mask.height, mask.width, 1])
  }
}

extension Picture {
  /// This picture with a red film over all that a mask leaves out, as printers mask with.
  ///
  /// - Parameter mask: of the same size.
  public func showing(_ mask: Mask) -> Picture {
    let film = [200, 30, 40]
    let filmed = Picture(
      width: width, height: height,
      rgb: rgb.indices.map { UInt8((Int(rgb[$0]) * 2 + film[$0 % 3] * 3) / 5) })
    let shown = filmed.replaced(by: self, where: mask)
    return Picture(width: width, height: height, rgb: shown.rgb, alpha: alpha)
  }

  /// This picture where a mask is black, the other where it is white, a blend where it is gray.
  ///
  /// - Parameters:
  ///   - other: a picture of the same size.
  ///   - mask: of the same size.
  public func replaced(by other: Picture, where mask: Mask) -> Picture {
    precondition(width == other.width && height == other.height)
    precondition(width == mask.width && height == mask.height)
    let blended = [UInt8](unsafeUninitializedCapacity: rgb.count) { bytes, count in
      count = rgb.count
      for index in 0..<count {
        let share = Int(mask.values[index / 3])
        bytes[index] = UInt8(
          (Int(other.rgb[index]) * share + Int(rgb[index]) * (255 - share) + 127) / 255)
      }
    }
    return Picture(width: width, height: height, rgb: blended, alpha: alpha)
  }
}
