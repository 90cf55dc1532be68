import Foundation
import Kernels
import Recipes
import Tensors

/// Adam (Kingma and Ba 2015) with a decaying learning rate, a bound on the gradient's length, and the
/// picture kept in 0…1.
public struct Adam: Sendable {
  /// The parameters; the learning rate may change between steps.
  public var settings: AdamSettings

  /// How many steps were taken, those before a fresh start included; decides the learning rate.
  public private(set) var step: Int

  /// How many gradients the moments have seen.
  private(set) var momentAge = 0

  private(set) var mean: Tensor
  private(set) var meanSquare: Tensor

  /// An optimizer without momentum, after `step` steps that somebody else took.
  public init(_ settings: AdamSettings, shape: Shape, after step: Int = 0) {
    self.settings = settings
    self.step = step
    mean = Tensor(shape: shape)
    meanSquare = Tensor(shape: shape)
  }

  /// An optimizer as it was after `step` steps.
  ///
  /// - Parameters:
  ///   - settings: the parameters.
  ///   - step: how many steps were taken in all.
  ///   - momentAge: how many gradients the moments have seen.
  ///   - mean: the mean of the gradients, `(height, width, 3)`.
  ///   - meanSquare: the mean of their squares, of the same shape.
  init(_ settings: AdamSettings, step: Int, momentAge: Int, mean: Tensor, meanSquare: Tensor) {
    precondition(mean.shape == meanSquare.shape && 0 <= momentAge && momentAge <= step)
    self.settings = settings
    self.step = step
    self.momentAge = momentAge
    self.mean = mean
    self.meanSquare = meanSquare
  }

  /// The shape of the pictures it moves.
  var shape: Shape { mean.shape }

  /// Goes on with other moments, of the same age.
  mutating func replaceMoments(mean: Tensor, meanSquare: Tensor) {
    precondition(mean.shape == meanSquare.shape)
    self.mean = mean
    self.meanSquare = meanSquare
  }

  /// Moves `image` one step downhill.
  ///
  /// The learning rate of step `t`, from 0, is `rate · decay^(t / decaySteps)`. A gradient longer than
  /// `clip` is shortened to it, as by PyTorch's `clip_grad_norm_`.
  ///
  /// - Parameters:
  ///   - image: `(height, width, 3)`; in 0…1 afterwards.
  ///   - gradient: of the same shape.
  ///   - workers: the threads.
  public mutating func step(_ image: inout Tensor, along gradient: Tensor, on workers: Workers) {
    precondition(image.shape == mean.shape && gradient.shape == mean.shape)
    let norm = Distance.sumOfSquares(gradient, on: workers).squareRoot()
    let scale = Float(min(1, settings.clip / (norm + 1e-6)))
    let rate = settings.learningRate * pow(settings.decay, Double(step) / settings.decaySteps)
    step += 1
    momentAge += 1
    AdamStep(
      gradientScale: scale, beta1: Float(settings.beta1), beta2: Float(settings.beta2),
      stepSize: Float(rate / (1 - pow(settings.beta1, Double(momentAge)))),
      rootCorrection: Float((1 - pow(settings.beta2, Double(momentAge))).squareRoot())
    ).move(&image, along: gradient, mean: &mean, meanSquare: &meanSquare, on: workers)
  }
}
