import Kernels
import TestSupport
import Tensors
import Testing

@Suite struct AdamStepTests {
  private let step = AdamStep(
    gradientScale: 0.5, beta1: 0.9, beta2: 0.99, stepSize: 0.03, rootCorrection: 0.4)

  @Test(arguments: KernelLevel.supported, [1, 5, 16, 100, 70_001])
  func `it agrees with the reference`(level: KernelLevel, count: Int) {
    var random = SeededRandom(seed: 40)
    var image = random.uniform([1, 1, count], in: 0...1)
    var (mean, square) = (random.uniform(image.shape), random.uniform(image.shape, in: 0...1))
    var gradient = random.uniform(image.shape)
    gradient[0] = 0
    square[0] = 0
    mean[0] = 0
    var means: [Float] = []
    var squares: [Float] = []
    var expected: [Float] = []
    for i in 0..<count {
      let slope: Double = 0.5 * Double(gradient[i])
      let first: Double = 0.9 * Double(mean[i]) + 0.1 * slope
      let second: Double = 0.99 * Double(square[i]) + 0.01 * slope * slope
      let way: Double = 0.03 * first / (second.squareRoot() / 0.4 + 1e-8)
      means.append(Float(first))
      squares.append(Float(second))
      expected.append(Float(min(max(Double(image[i]) - way, 0), 1)))
    }
    step.move(
      &image, along: gradient, mean: &mean, meanSquare: &square, level: level,
      on: Workers(threads: 2))
    #expect(largestDifference(image, Tensor(expected, shape: image.shape)) < 1e-5)
    #expect(largestDifference(mean, Tensor(means, shape: mean.shape)) < 1e-6)
    #expect(largestDifference(square, Tensor(squares, shape: mean.shape)) < 1e-6)
  }

  @Test func `the number of threads does not change a bit`() {
    var random = SeededRandom(seed: 41)
    let start = random.uniform([150, 151, 3], in: 0...1)
    let gradient = random.uniform(start.shape)
    let results = [1, 3].map { threads in
      var (image, mean, square) = (start, gradient, Tensor(shape: start.shape))
      step.move(
        &image, along: gradient, mean: &mean, meanSquare: &square, on: Workers(threads: threads))
      return image.elements + mean.elements + square.elements
    }
    #expect(results[0] == results[1])
  }
}
