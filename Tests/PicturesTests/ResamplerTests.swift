import Foundation
import Pictures
import TestSupport
import Tensors
import Testing

@Suite struct ResamplerTests {
  /// Pillow rounds to 8 bits after each pass, we after the last: one step apart at most.
  @Test(arguments: ["25x19", "190x143", "71x20", "30x53", "1x1", "30x60"])
  func `agrees with Pillow's LANCZOS to one step of 255`(size: String) throws {
    let expected = try Fixture.expected("photo-\(size)")
    let photo = Tensor(try Fixture.expected("photo.png"))
    let resampled = Resampler.lanczos3(
      photo, height: expected.height, width: expected.width, on: Workers(threads: 2))
    #expect(largestDifference(Picture(resampled), expected) <= 1)
  }

  @Test(arguments: [(7, 5), (40, 90), (19, 33), (1, 1)])
  func `agrees with the definition`(height: Int, width: Int) {
    var random = SeededRandom(seed: 3)
    let image = random.tensor([19, 33, 4], in: 0...1)
    let expected = reference(
      transposed(reference(transposed(image), rows: width)), rows: height)
    let result = Resampler.lanczos3(image, height: height, width: width, on: Workers(threads: 2))
    #expect(largestDifference(result, expected) < 2e-6)
  }

  @Test func `the number of threads does not change the result`() {
    var random = SeededRandom(seed: 4)
    let image = random.tensor([53, 70, 3], in: 0...1)
    let one = Resampler.lanczos3(image, height: 31, width: 97, on: Workers(threads: 1))
    let three = Resampler.lanczos3(image, height: 31, width: 97, on: Workers(threads: 3))
    #expect(one.elements == three.elements)
  }

  @Test func `one color stays what it is`() {
    let image = Tensor(repeating: 0.25, shape: [9, 14, 3])
    let result = Resampler.lanczos3(image, height: 23, width: 5, on: Workers(threads: 2))
    #expect(result.shape == [23, 5, 3])
    #expect(largestDifference(result, Tensor(repeating: 0.25, shape: [23, 5, 3])) < 1e-6)
  }

  @Test func `an edge does not ring beyond black and white`() {
    let image = Tensor((0..<64).map { $0 % 8 < 4 ? 0 : 1 }, shape: [8, 8, 1])
    let result = Resampler.lanczos3(image, height: 8, width: 29, on: Workers(threads: 1))
    #expect(result.elements.allSatisfy { (0...1).contains($0) })
  }

  // MARK: - The definition, with double sums

  /// Each new row is the mean of the old ones, weighted by the stretched Lanczos kernel.
  private func reference(_ image: Tensor, rows: Int) -> Tensor {
    let (old, row) = (image.shape.height, image.shape.width * image.shape.channels)
    let scale = Double(old) / Double(rows)
    let stretch = max(1, scale)
    var result = Tensor(shape: [rows, image.shape.width, image.shape.channels])
    for y in 0..<rows {
      let weights = (0..<old).map {
        lanczos((Double($0) + 0.5 - (Double(y) + 0.5) * scale) / stretch)
      }
      let total = weights.reduce(0, +)
      for column in 0..<row {
        let sum = (0..<old).reduce(0.0) { $0 + weights[$1] * Double(image[$1 * row + column]) }
        result[y * row + column] = Float(min(max(sum / total, 0), 1))
      }
    }
    return result
  }

  private func lanczos(_ x: Double) -> Double {
    if x == 0 { return 1 }
    return abs(x) < 3 ? 3 * sin(.pi * x) * sin(.pi * x / 3) / (.pi * .pi * x * x) : 0
  }

  /// Rows become columns.
  private func transposed(_ image: Tensor) -> Tensor {
    let (height, width, channels) = (image.shape.height, image.shape.width, image.shape.channels)
    var result = Tensor(shape: [width, height, channels])
    for y in 0..<height {
      for x in 0..<width {
        for c in 0..<channels {
          result[(x * height + y) * channels + c] = image[(y * width + x) * channels + c]
        }
      }
    }
    return result
  }
}
