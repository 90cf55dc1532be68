import Foundation
import Kernels
import Networks
import Pictures
import Recipes
import Tensors
import TestSupport
import Testing

@testable import Styling

/// The engine against PyTorch: features, Gram matrices, losses, gradient and twenty steps.
@Suite struct ReferenceAgreementTests {
  @Test(arguments: KernelLevel.supported)
  func `a small network agrees with PyTorch`(level: KernelLevel) throws {
    let golden = try Golden.thin()
    try expectAgreement(of: try VGG(checkpoint: golden.file, level: level), with: golden)
  }

  @Test(
    .enabled("vgg16 is neither installed nor to be had") { RealModel.store != nil })
  func `VGG-16 agrees with PyTorch`() throws {
    let store = try #require(RealModel.store)
    try expectAgreement(
      of: try VGG(checkpoint: try store.open("vgg16")), with: try Golden.vgg16())
  }

  @Test(arguments: KernelLevel.supported)
  func `a small network in mixed precision agrees as far as that goes`(level: KernelLevel) throws {
    let golden = try Golden.thin()
    // Few pixels on few channels: next to nothing averages out.
    try expectRoughAgreement(
      of: try VGG(checkpoint: golden.file, precision: .mixed, level: level), with: golden,
      tolerance: 0.1, likeness: 20)
  }

  @Test(
    .enabled("vgg16 is neither installed nor to be had") { RealModel.store != nil })
  func `VGG-16 in mixed precision keeps to PyTorch's losses within two hundredths`() throws {
    let store = try #require(RealModel.store)
    try expectRoughAgreement(
      of: try VGG(checkpoint: try store.open("vgg16"), as: .mixed), with: try Golden.vgg16(),
      tolerance: 0.02, likeness: 30)
  }

  private func expectRoughAgreement(
    of network: VGG, with golden: Golden, tolerance: Double, likeness: Double
  ) throws {
    let image = try golden["image"]
    let layers = Set(Golden.styleLayers + [Golden.contentLayer])
    let features = FeatureExtractor(
      of: layers, through: network, height: image.shape.height, width: image.shape.width,
      on: Workers(threads: 2)
    ).features(of: image)
    for layer in layers {
      #expect(features[layer].format == .brain)
      #expect(
        relativeDistance(features[layer], try golden["features.\(layer)"]) < 1e-2,
        "features of \(layer)")
    }
    try expectTrajectory(of: network, with: golden, tolerance: tolerance, likeness: likeness)
  }

  private func expectAgreement(of network: VGG, with golden: Golden) throws {
    let workers = Workers(threads: 2)
    let layers = Set(Golden.styleLayers + [Golden.contentLayer])
    let (content, image) = (try golden["content"], try golden["image"])
    let extractor = FeatureExtractor(
      of: layers, through: network, height: content.shape.height, width: content.shape.width,
      on: workers)

    let style = StyleTargets(
      of: try golden["style"], at: Set(Golden.styleLayers), through: network, on: workers,
      checkpoint: {})
    for layer in Golden.styleLayers {
      let gram = try #require(style.layers[layer]).moments.second
      #expect(relativeDistance(gram, try golden["gram.style.\(layer)"]) < 1e-4, "Gram of \(layer)")
    }

    let objective = Objective(
      content: extractor.features(of: content), at: [Golden.contentLayer],
      style: style, weights: LossWeights(content: 1e-3, style: 1e1, tv: 0), on: workers)
    let features = extractor.features(of: image)
    for layer in layers {
      #expect(
        relativeDistance(features[layer], try golden["features.\(layer)"]) < 1e-4,
        "features of \(layer)")
    }

    let appraisal = objective.appraisal(of: features)
    let losses = try golden["losses"].elements.map(Double.init)
    #expect(abs(appraisal.losses.total / losses[0] - 1) < 1e-4)
    #expect(abs(appraisal.losses.content / losses[1] - 1) < 1e-4)
    #expect(abs(appraisal.losses.style / losses[2] - 1) < 1e-4)
    #expect(relativeDistance(extractor.gradient(of: appraisal), try golden["gradient"]) < 1e-3)

    try expectTrajectory(of: network, with: golden)
  }

  private func expectTrajectory(
    of network: VGG, with golden: Golden, tolerance: Double = 0.005, likeness: Double = 45
  ) throws {
    let (content, style) = (Picture(try golden["content"]), Picture(try golden["style"]))
    var recipe = Recipe()
    recipe.size = max(content.width, content.height)
    recipe.styleScale = Double(max(style.width, style.height)) / Double(recipe.size)
    recipe.iterations = 20
    let transfer = StyleTransfer(
      try StylingJob(
        content: content, styles: [.init(picture: style, weight: 1)], recipe: recipe,
        network: network, threads: 2))
    var track: [Losses] = []
    let outcome = try transfer.run { track.append($0.losses) }
    let expected = try golden["trajectory.losses"].elements.map(Double.init)
    #expect(track.count == 20 && expected.count == 60)
    for (i, losses) in track.enumerated() {
      let found = [losses.total, losses.content, losses.style]
      for (part, value) in found.enumerated() {
        let reference = expected[3 * i + part]
        #expect(
          abs(value - reference) <= tolerance * reference + 1e-9, "step \(i), part \(part)")
      }
    }
    #expect(peakSignalToNoise(Tensor(outcome.picture), try golden["trajectory.image"]) > likeness)
  }
}
