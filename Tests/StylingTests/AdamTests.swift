import Recipes
import TestSupport
import Tensors
import Testing

@testable import Styling

@Suite struct AdamTests {
  let workers = Workers(threads: 2)

  @Test func `steps agree with PyTorch's`() {
    // torch.optim.Adam([x], lr=0.1, betas=(0.9, 0.99)) on the gradients below, x from 0.5, 0.5, 0.5.
    var settings = AdamSettings()
    settings.learningRate = 0.1
    settings.beta1 = 0.9
    settings.beta2 = 0.99
    settings.decay = 1
    var adam = Adam(settings, shape: [1, 1, 3])
    var image = Tensor(repeating: 0.5, shape: [1, 1, 3])
    for gradient: [Float] in [[1, -2, 0.5], [0.5, 1, 0.25], [-1, 0.5, 0]] {
      adam.step(&image, along: Tensor(gradient, shape: [1, 1, 3]), on: workers)
    }
    #expect(largestDifference(image, Tensor(Self.expected, shape: [1, 1, 3])) < 1e-6)
  }

  static let expected: [Float] = [0.295577, 0.6328288, 0.2343352]

  @Test func `a long gradient is shortened and the picture stays in range`() {
    var settings = AdamSettings()
    settings.learningRate = 10
    settings.clip = 1
    var adam = Adam(settings, shape: [1, 2, 3])
    var image = Tensor(repeating: 0.5, shape: [1, 2, 3])
    let gradient = Tensor([3e30, -3e30, 0, 0, 0, 0], shape: [1, 2, 3])
    adam.step(&image, along: gradient, on: workers)
    #expect(image.elements == [0, 1, 0.5, 0.5, 0.5, 0.5])
  }

  @Test func `the learning rate decays exponentially`() {
    var settings = AdamSettings()
    settings.learningRate = 0.01
    settings.decay = 0.5
    settings.decaySteps = 2
    settings.beta1 = 0
    settings.beta2 = 0
    var adam = Adam(settings, shape: [1, 1, 3])
    var image = Tensor(repeating: 0.5, shape: [1, 1, 3])
    let gradient = Tensor(repeating: 1, shape: [1, 1, 3])
    var steps: [Float] = []
    for _ in 0..<3 {
      let before = image[0]
      adam.step(&image, along: gradient, on: workers)
      steps.append(before - image[0])
    }
    for (step, expected) in zip(steps, [0.01, 0.01 / 2.0.squareRoot(), 0.005]) {
      #expect(abs(Double(step) - expected) < 1e-6)
    }
  }
}
