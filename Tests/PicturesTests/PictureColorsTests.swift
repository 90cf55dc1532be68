import Tensors
import Testing

@testable import Pictures

@Suite struct PictureColorsTests {
  private let workers = Workers(threads: 2)

  private func picture(
    _ height: Int, _ width: Int, _ color: (_ x: Int, _ y: Int) -> (Int, Int, Int)
  ) -> Picture {
    var bytes: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let (red, green, blue) = color(x, y)
        bytes += [UInt8(red), UInt8(green), UInt8(blue)]
      }
    }
    return Picture(width: width, height: height, rgb: bytes)
  }

  /// Muted, so that nothing leaves sRGB when their colors are matched.
  private var first: Picture {
    picture(24, 32) { x, y in
      let red = 100 + x * 3 % 50 + y * 5 % 9
      let green = 110 + (x * 2 + y * 7) % 40
      let blue = 120 + y * 3 % 30 + x * y % 7
      return (red, green, blue)
    }
  }

  private var second: Picture {
    picture(24, 32) { x, y in
      let red = 140 + x * 5 % 23
      let green = 90 + (y * 4 + x) % 61
      let blue = 100 + x * y % 31 + x * 5 % 23 / 2
      return (red, green, blue)
    }
  }

  private func gray(_ height: Int, _ width: Int) -> Picture {
    picture(height, width) { x, y in
      let gray = (x * 11 + y * 7 + x * y) % 256
      return (gray, gray, gray)
    }
  }

  private func isGray(_ picture: Picture) -> Bool {
    stride(from: 0, to: picture.rgb.count, by: 3).allSatisfy {
      picture.rgb[$0] == picture.rgb[$0 + 1] && picture.rgb[$0] == picture.rgb[$0 + 2]
    }
  }

  private func moments(_ picture: Picture) -> ColorMoments {
    ColorMoments(
      of: stride(from: 0, to: picture.rgb.count, by: 3).map {
        OkLab(picture.rgb[$0], picture.rgb[$0 + 1], picture.rgb[$0 + 2])
      }, opacity: picture.alpha, on: workers)
  }

  @Test func `OkLab is that of its author`() {
    // His matrices in numpy and double precision.
    let known: [([UInt8], SIMD3<Float>)] = [
      ([255, 0, 0], [0.627955361, 0.224863061, 0.125846299]),
      ([0, 255, 0], [0.866439612, -0.233887574, 0.179498480]),
      ([12, 34, 56], [0.246716730, -0.0167984994, -0.0477111753]),
      ([128, 128, 128], [0.599870802, 0, 0]),
    ]
    for (bytes, components) in known {
      let difference = OkLab(bytes[0], bytes[1], bytes[2]).components - components
      #expect((difference * difference).sum() < 1e-12, "\(bytes)")
    }
  }

  @Test func `every color survives the way to OkLab and back`() {
    for value in stride(from: 0, to: 1 << 24, by: 251) {
      let (red, green, blue) = (
        UInt8(value >> 16), UInt8(value >> 8 & 255), UInt8(value & 255)
      )
      let back = OkLab(red, green, blue).bytes
      #expect(back == (red, green, blue))
    }
  }

  @Test func `what sRGB cannot show keeps lightness and hue`() {
    let color = OkLab(SIMD3(0.9, 0.3, -0.2))
    let (red, green, blue) = color.bytes
    let shown = OkLab(red, green, blue).components
    #expect(abs(shown.x - 0.9) < 0.005)
    #expect(shown.y > 0.05 && abs(shown.z / shown.y + 2.0 / 3) < 0.05)
  }

  @Test func `a picture in another's colors has its own lightness and the other's hues`() {
    let mixed = first.withColors(of: second, on: workers)
    for pixel in stride(from: 0, to: mixed.rgb.count, by: 3) {
      func color(_ picture: Picture) -> SIMD3<Float> {
        OkLab(picture.rgb[pixel], picture.rgb[pixel + 1], picture.rgb[pixel + 2]).components
      }
      #expect(abs(color(mixed).x - color(first).x) < 0.003)
      #expect(abs(color(mixed).y - color(second).y) < 0.004)
      #expect(abs(color(mixed).z - color(second).z) < 0.004)
    }
    #expect(first.withColors(of: first, on: workers) == first)
  }

  @Test func `a picture in the colors of a gray one is gray, and as light as before`() {
    let mixed = first.withColors(of: gray(24, 32), on: workers)
    #expect(isGray(mixed))
    #expect(abs(moments(mixed).mean.x - moments(first).mean.x) < 1e-3)
  }

  @Test func `opacity stays`() {
    let alpha = (0..<24 * 32).map { UInt8($0 % 256) }
    let picture = Picture(width: 32, height: 24, rgb: first.rgb, alpha: alpha)
    #expect(picture.withColors(of: second, on: workers).alpha == alpha)
    #expect(picture.matchingColors(of: second, by: .histogram, on: workers).alpha == alpha)
  }

  @Test func `matching by covariance agrees with numpy and scipy`() {
    // Colors of the closed form with scipy's sqrtm, at some pixels.
    let known = [
      (0, 0, [137, 93, 98]), (3, 5, [147, 137, 114]), (10, 20, [144, 135, 107]),
      (23, 31, [162, 126, 124]), (12, 1, [142, 101, 111]),
    ]
    let matched = first.matchingColors(of: second, by: .covariance, on: workers)
    for (y, x, color) in known {
      for c in 0..<3 {
        #expect(abs(Int(matched.rgb[3 * (y * 32 + x) + c]) - color[c]) <= 1, "\(y), \(x)")
      }
    }
  }

  @Test(arguments: [ColorMatching.covariance, .histogram])
  func `matched colors have the other's mean and covariance`(matching: ColorMatching) {
    let matched = moments(first.matchingColors(of: second, by: matching, on: workers))
    let wanted = moments(second)
    let tolerance = matching == .covariance ? 0.02 : 0.15
    let scale = (0..<3).reduce(0) { $0 + wanted.covariance[$1, $1] }
    for row in 0..<3 {
      #expect(abs(matched.mean[row] - wanted.mean[row]) < 0.003)
      for column in 0..<3 {
        #expect(
          abs(matched.covariance[row, column] - wanted.covariance[row, column])
            < tolerance * scale)
      }
    }
  }

  @Test func `a picture that matches itself does not change`() {
    for matching in [ColorMatching.covariance, .histogram] {
      let matched = first.matchingColors(of: first, by: matching, on: workers)
      #expect(largestDifference(matched, first) <= 1)
    }
  }

  @Test func `histograms come nearer than covariances`() {
    // Two colors against a ramp: their moments say little.
    let ramp = picture(64, 64) { x, y in (80 + x, 100 + x / 2 + y / 4, 120 + y / 2) }
    let halves = picture(64, 64) { x, y in x < 20 ? (90, 110, 150) : (150, 130, 100) }
    func distance(_ matching: ColorMatching) -> Double {
      let matched = ramp.matchingColors(of: halves, by: matching, on: workers)
      func sorted(_ picture: Picture, _ channel: Int) -> [Int] {
        stride(from: channel, to: picture.rgb.count, by: 3).map { Int(picture.rgb[$0]) }.sorted()
      }
      return (0..<3).reduce(0) { sum, channel in
        sum
          + zip(sorted(matched, channel), sorted(halves, channel)).reduce(0) {
            $0 + Double(abs($1.0 - $1.1))
          }
      }
    }
    #expect(distance(.histogram) < 0.7 * distance(.covariance))
  }

  @Test func `what is matched with gray becomes gray`() {
    for matching in [ColorMatching.covariance, .histogram] {
      #expect(isGray(first.matchingColors(of: gray(9, 40), by: matching, on: workers)))
      #expect(isGray(gray(24, 32).matchingColors(of: gray(9, 40), by: matching, on: workers)))
    }
  }

  @Test func `gray with a little noise does not become colorful`() {
    var random = SeededRandom(seed: 3)
    let noisy = picture(48, 48) { x, y in
      let gray = 60 + 2 * x + y
      return (gray + Int.random(in: 0...1, using: &random), gray, gray)
    }
    let colorful = picture(48, 48) { x, y in (x * 5, 255 - y * 5, (x * y) % 256) }
    for matching in [ColorMatching.covariance, .histogram] {
      let matched = noisy.matchingColors(of: colorful, by: matching, on: workers)
      // Neighbors along a diagonal of equal gray differ by their noise alone.
      var sum = 0
      for y in 0..<47 where y % 2 == 0 {
        for x in 1..<48 where y + 2 < 48 {
          let (a, b) = (3 * (y * 48 + x), 3 * ((y + 2) * 48 + x - 1))
          for c in 0..<3 { sum += abs(Int(matched.rgb[a + c]) - Int(matched.rgb[b + c])) }
        }
      }
      #expect(Double(sum) / Double(23 * 47 * 3) < 12)
    }
  }

  @Test func `pictures of one color are matched without a fuss`() {
    let one = picture(5, 5) { _, _ in (200, 30, 90) }
    for matching in [ColorMatching.covariance, .histogram] {
      let plain = one.matchingColors(of: second, by: matching, on: workers)
      #expect(Set(stride(from: 0, to: 75, by: 3).map { Array(plain.rgb[$0..<$0 + 3]) }).count == 1)
      let mean = moments(plain).mean - moments(second).mean
      #expect((mean * mean).sum() < 0.01)
      let target = first.matchingColors(of: one, by: matching, on: workers)
      let (red, green, blue) = (target.rgb[0], target.rgb[1], target.rgb[2])
      #expect(abs(Int(red) - 200) <= 1 && abs(Int(green) - 30) <= 1 && abs(Int(blue) - 90) <= 1)
    }
    let dot = Picture(width: 1, height: 1, rgb: [1, 2, 3])
    #expect(dot.matchingColors(of: dot, by: .histogram, on: workers) == dot)
  }

  @Test func `what is transparent does not count`() {
    // The right half is red and invisible.
    let rgb = picture(8, 8) { x, y in x < 4 ? (100 + y, 120, 140) : (255, 0, 0) }
    let alpha = (0..<64).map { $0 % 8 < 4 ? UInt8(255) : 0 }
    let half = Picture(width: 8, height: 8, rgb: rgb.rgb, alpha: alpha)
    let visible = picture(8, 4) { _, y in (100 + y, 120, 140) }
    #expect(moments(half).mean == moments(visible).mean)
  }

  @Test func `the number of threads does not matter`() {
    let large = picture(200, 150) { x, y in (x, y, (x + y) % 256) }
    let other = picture(130, 170) { x, y in ((x * y) % 256, x, y) }
    for matching in [ColorMatching.covariance, .histogram] {
      #expect(
        large.matchingColors(of: other, by: matching, on: Workers(threads: 1))
          == large.matchingColors(of: other, by: matching, on: Workers(threads: 4)))
    }
  }
}
