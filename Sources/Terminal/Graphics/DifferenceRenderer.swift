import Pictures
import Tensors

/// Where two pictures differ.
enum DifferenceRenderer {
  /// A picture of the first's size: per pixel the root mean square of the differences of the channels,
  /// amplified, from black over violet and orange to a pale yellow, ever lighter.
  ///
  /// - Parameters:
  ///   - one: opaque.
  ///   - other: opaque; scaled to the first's size.
  ///   - workers: the threads to use.
  static func difference(_ one: Picture, _ other: Picture, on workers: Workers) -> Picture {
    let other =
      (other.width, other.height) == (one.width, one.height)
      ? other : other.scaled(other.whole, width: one.width, height: one.height, on: workers)
    let colors = ramp
    let rgb = [UInt8](unsafeUninitializedCapacity: one.rgb.count) { result, count in
      count = one.rgb.count
      for pixel in stride(from: 0, to: count, by: 3) {
        var squares = 0
        for index in pixel..<pixel + 3 {
          let difference = Int(one.rgb[index]) - Int(other.rgb[index])
          squares += difference * difference
        }
        let magnitude = (Float(squares) / 3).squareRoot() * amplification
        let color = colors[Int(min(magnitude, 255))]
        for channel in 0..<3 { result[pixel + channel] = color[channel] }
      }
    }
    return Picture(width: one.width, height: one.height, rgb: rgb)
  }

  /// A quarter of the range is as far as styles move most pixels.
  static let amplification: Float = 4

  /// A color for each magnitude.
  private static let ramp: [SIMD3<UInt8>] = {
    let stops: [SIMD3<Float>] = [
      [0, 0, 0], [52, 16, 92], [134, 32, 108], [214, 68, 70], [248, 148, 30], [252, 252, 180],
    ]
    return (0..<256).map { level in
      let place = Float(level) / 255 * Float(stops.count - 1)
      let index = min(Int(place), stops.count - 2)
      let share = place - Float(index)
      let color = stops[index] * (1 - share) + stops[index + 1] * share
      return SIMD3<UInt8>(color.rounded(.toNearestOrEven))
    }
  }()
}

extension Picture {
  /// All of it.
  var whole: Part { Part(columns: 0..<Double(width), rows: 0..<Double(height)) }
}
