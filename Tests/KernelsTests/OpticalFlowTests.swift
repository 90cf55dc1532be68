import Tensors
import Testing

@testable import Kernels

/// Fields are compared with motion that is known, by the mean end-point error in pixels.
@Suite struct OpticalFlowTests {
  private let workers = Workers(threads: 2)

  /// A picture that goes on for ever: waves of many lengths, in 0…255.
  private func scene(_ x: Float, _ y: Float, phase: Float = 0) -> Float {
    var value: Float = 0
    for (index, length) in [5, 7, 11, 19, 31, 53].enumerated() {
      let angle = Float(index) * 1.1 + phase
      let along = x * cosine(angle) + y * cosine(angle - 1.5707964)
      value += cosine(along * 6.2831855 / Float(length) + Float(index) * 2.3 + 5 * phase)
    }
    return 127 + 18 * value
  }

  private func cosine(_ x: Float) -> Float {
    // By its series after reduction; tests need no library for it.
    var t = (x / 6.2831855 - (x / 6.2831855).rounded()) * 6.2831855
    t *= t
    return 1 - t / 2 * (1 - t / 12 * (1 - t / 30 * (1 - t / 56 * (1 - t / 90 * (1 - t / 132)))))
  }

  private func pyramid(
    _ height: Int, _ width: Int, _ pixel: (Float, Float) -> Float
  ) -> LumaPyramid {
    let pixels = (0..<height * width).map { pixel(Float($0 % width), Float($0 / width)) }
    return LumaPyramid(Tensor(pixels, shape: [height, width, 1]), on: workers)
  }

  /// The mean end-point error where a pixel is found inside the other picture.
  private func error(
    _ field: FlowField, _ truth: (Float, Float) -> SIMD2<Float>,
    where counts: (Float, Float) -> Bool = { _, _ in true }
  ) -> Float {
    var (sum, count): (Float, Float) = (0, 0)
    for y in 0..<field.height {
      for x in 0..<field.width {
        let expected = truth(Float(x), Float(y))
        let there = SIMD2(Float(x), Float(y)) + expected
        guard there.x >= 0, there.y >= 0, there.x <= Float(field.width - 1),
          there.y <= Float(field.height - 1), counts(Float(x), Float(y))
        else { continue }
        let i = 2 * (y * field.width + x)
        let gap = SIMD2(field.vectors[i], field.vectors[i + 1]) - expected
        sum += (gap * gap).sum().squareRoot()
        count += 1
      }
    }
    return sum / count
  }

  @Test(
    arguments: [
      (96, 128, 0, 0), (96, 128, 3, -2), (97, 131, 0.5, 0.25), (96, 128, -9.3, 6.7),
      (61, 83, 2.4, 1.6),
    ] as [(Int, Int, Float, Float)])
  func `a pan is found to a tenth of a pixel`(
    height: Int, width: Int, dx: Float, dy: Float
  ) throws {
    let first = pyramid(height, width) { scene($0, $1) }
    let second = pyramid(height, width) { scene($0 - dx, $1 - dy) }
    let field = OpticalFlow.field(from: first, to: second, on: workers)
    let found = error(field) { _, _ in SIMD2(dx, dy) }
    #expect(found < 0.1, "\(found)")
  }

  @Test func `a zoom is found`() throws {
    let first = pyramid(90, 120) { scene($0 - 60, $1 - 45) }
    let second = pyramid(90, 120) { scene(($0 - 60) / 1.06, ($1 - 45) / 1.06) }
    let field = OpticalFlow.field(from: first, to: second, on: workers)
    let found = error(field) { SIMD2(0.06 * ($0 - 60), 0.06 * ($1 - 45)) }
    #expect(found < 0.15, "\(found)")
  }

  @Test func `a thing that moves before a ground that rests is found, and what it hides is told`()
    throws
  {
    func isThing(_ x: Float, _ y: Float) -> Bool { abs(x - 50) < 20 && abs(y - 45) < 18 }
    let first = pyramid(90, 120) { isThing($0, $1) ? scene($0, $1, phase: 0.7) : scene($0, $1) }
    let second = pyramid(90, 120) {
      isThing($0 - 6, $1 - 2) ? scene($0 - 6, $1 - 2, phase: 0.7) : scene($0, $1)
    }
    let field = OpticalFlow.field(from: first, to: second, on: workers)
    let back = OpticalFlow.field(from: second, to: first, on: workers)
    let inside = error(
      field, { _, _ in SIMD2(6, 2) }, where: { abs($0 - 50) < 14 && abs($1 - 45) < 12 })
    let outside = error(
      field, { _, _ in .zero }, where: { abs($0 - 53) > 34 || abs($1 - 46) > 32 })
    #expect(inside < 0.2 && outside < 0.1, "\(inside) \(outside)")
    let reliability = field.reliability(against: back, on: workers)
    func share(where counts: (Float, Float) -> Bool) -> Float {
      let pixels = (0..<90 * 120).filter { counts(Float($0 % 120), Float($0 / 120)) }
      return pixels.reduce(0) { $0 + reliability.values[$1] } / Float(pixels.count)
    }
    // What is seen in the first picture and hidden by the thing in the second.
    let hidden = share { isThing($0 - 6, $1 - 2) && !isThing($0, $1) }
    let open = share { abs($0 - 53) > 34 || abs($1 - 46) > 32 }
    #expect(hidden < 0.3 && open > 0.95, "\(hidden) \(open)")
  }

  @Test(arguments: [(1, 1), (3, 5), (8, 8), (7, 40), (40, 7), (25, 24)])
  func `pictures of any size have a field, and one that rests has none`(
    height: Int, width: Int
  ) throws {
    let picture = pyramid(height, width) { scene($0, $1) }
    let field = OpticalFlow.field(from: picture, to: picture, on: workers)
    #expect(field.vectors.shape == [height, width, 2])
    #expect(field.vectors.elements.allSatisfy { $0 == 0 })
    let dark = pyramid(height, width) { _, _ in 0 }
    let lost = OpticalFlow.field(from: picture, to: dark, on: workers)
    #expect(lost.vectors.elements.allSatisfy { $0.isFinite })
  }

  @Test func `the field does not depend on the number of threads`() throws {
    let first = pyramid(70, 101) { scene($0, $1) }
    let second = pyramid(70, 101) { scene($0 * 1.02 - 1.3, $1 + 0.8) }
    let one = OpticalFlow.field(from: first, to: second, on: Workers(threads: 1))
    let three = OpticalFlow.field(from: first, to: second, on: Workers(threads: 3))
    #expect(one.vectors.elements == three.vectors.elements)
  }

  @Test func `warping along a field brings a picture back`() throws {
    let (height, width) = (60, 80)
    func image(_ dx: Float, _ dy: Float) -> Tensor {
      Tensor(
        (0..<height * width * 3).map { i in
          scene(Float(i / 3 % width) + dx, Float(i / 3 / width) + dy, phase: Float(i % 3)) / 255
        }, shape: [height, width, 3])
    }
    var vectors = Tensor(repeating: 0, shape: [height, width, 2])
    for i in 0..<height * width { (vectors[2 * i], vectors[2 * i + 1]) = (2.5, -1.25) }
    let warped = FlowField(vectors).warping(image(0, 0), on: workers)
    let expected = image(2.5, -1.25)
    var worst: Float = 0
    for y in 6..<height - 6 {
      for i in (y * width + 6) * 3..<(y * width + width - 6) * 3 {
        worst = max(worst, abs(warped[i] - expected[i]))
      }
    }
    #expect(worst < 0.05, "\(worst)")
  }

  @Test func `memory counts where it can be relied on and looks right`() throws {
    let shape: Shape = [20, 30, 3]
    let (new, memory) = (Tensor(repeating: 0.4, shape: shape), Tensor(repeating: 0.8, shape: shape))
    var values = Tensor(repeating: 1, shape: [20, 30, 1])
    for i in 0..<10 * 30 { values[i] = 0 }
    let reliability = Reliability(values)
    #expect(abs(reliability.share - 0.5) < 1e-6)
    let mixed = reliability.blend(new, with: memory, share: 0.5, on: workers)
    #expect(mixed[0] == 0.4 && abs(mixed[mixed.count - 1] - 0.6) < 1e-6)
    let soft = reliability.softened(on: workers)
    #expect(soft.values[9 * 30] == 0 && soft.values[10 * 30] < 0.4 && soft.values[13 * 30] == 1)
    let doubtful = reliability.discounted(comparing: new, with: memory, on: workers)
    #expect(doubtful.values[599] < 1e-4)
    #expect(
      reliability.discounted(comparing: new, with: new, on: workers).values.elements
        == values.elements)
  }
}
