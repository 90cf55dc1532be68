import Foundation

extension Picture {
  /// How near this picture is to another, pixel by pixel: the peak signal-to-noise ratio,
  /// `10 · log₁₀(255² / mean squared difference)`, over all three colors.
  ///
  /// - Parameter other: a picture of the same size.
  /// - Returns: decibels; infinity for equal pictures.
  public func peakSignalToNoise(to other: Picture) -> Double {
    precondition(width == other.width && height == other.height)
    var sum = 0
    for index in rgb.indices {
      let difference = Int(rgb[index]) - Int(other.rgb[index])
      sum += difference * difference
    }
    return 10 * log10(255 * 255 * Double(rgb.count) / Double(sum))
  }
}
