import Tensors

extension Picture {
  /// This picture's lightness in another's colors; its opacity stays.
  ///
  /// Lightness, hue and strength of color are OkLab's. Where sRGB has no such color at that lightness, it
  /// is weakened.
  ///
  /// - Parameters:
  ///   - other: a picture of the same size.
  ///   - workers: the threads.
  public func withColors(of other: Picture, on workers: Workers) -> Picture {
    precondition(width == other.width && height == other.height)
    return recolored(on: workers) { color, pixel in
      OkLab(lightness: color.lightness, colorOf: other.color(at: pixel))
    }
  }

  /// This picture in the distribution of another's colors; its opacity stays.
  ///
  /// Colors are spread at most fourfold, so that gray pictures stay free of color noise. Pictures of one
  /// color are no exception: they take on the other's mean.
  ///
  /// - Parameters:
  ///   - other: a picture of any size.
  ///   - matching: what has to become the other's.
  ///   - workers: the threads; their number does not change the result.
  public func matchingColors(
    of other: Picture, by matching: ColorMatching, on workers: Workers
  ) -> Picture {
    let (colors, wanted) = (colors(on: workers), other.colors(on: workers))
    let moments = ColorMoments(of: wanted, opacity: other.alpha, on: workers)
    var match = ColorMatch(
      from: ColorMoments(of: colors, opacity: alpha, on: workers), to: moments)
    if matching == .histogram {
      match.refine(from: sample(colors), to: other.sample(wanted), of: moments)
    }
    return recolored(on: workers) { [match] color, _ in match(color) }
  }

  private func recolored(
    on workers: Workers, _ change: (OkLab, Int) -> OkLab
  ) -> Picture {
    let recolored = [UInt8](unsafeUninitializedCapacity: rgb.count) { bytes, count in
      count = rgb.count
      workers.forEachRange(of: width * height, grain: 1 << 13) { range, _ in
        for pixel in range {
          let (red, green, blue) = change(color(at: pixel), pixel).bytes
          bytes[3 * pixel] = red
          bytes[3 * pixel + 1] = green
          bytes[3 * pixel + 2] = blue
        }
      }
    }
    return Picture(width: width, height: height, rgb: recolored, alpha: alpha)
  }

  private func color(at pixel: Int) -> OkLab {
    OkLab(rgb[3 * pixel], rgb[3 * pixel + 1], rgb[3 * pixel + 2])
  }

  private func colors(on workers: Workers) -> [OkLab] {
    [OkLab](unsafeUninitializedCapacity: width * height) { colors, count in
      count = width * height
      workers.forEachRange(of: count, grain: 1 << 13) { range, _ in
        for pixel in range { colors[pixel] = color(at: pixel) }
      }
    }
  }

  private static let sampleSize = 1 << 16

  /// Colors from all over the picture, of which none is transparent unless all are.
  private func sample(_ colors: [OkLab]) -> [OkLab] {
    let step = max(1, colors.count / Self.sampleSize)
    let places = stride(from: step / 2, to: colors.count, by: step)
    let visible = alpha.map { alpha in places.filter { alpha[$0] >= 128 } } ?? Array(places)
    return (visible.isEmpty ? Array(places) : visible).map { colors[$0] }
  }
}
