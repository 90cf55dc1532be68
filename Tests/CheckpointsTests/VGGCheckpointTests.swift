import Tensors
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct VGGCheckpointTests {
  private func checkpoint(_ source: TensorDictionary) throws(CheckpointError) -> VGGCheckpoint {
    try VGGCheckpoint(from: source, origin: nil, among: [.narrow19, .narrow16])
  }

  @Test(arguments: WeightLayout.allCases, [VGGArchitecture.narrow16, .narrow19])
  func `every layout of every architecture is recognized`(
    layout: WeightLayout, architecture: VGGArchitecture
  ) throws {
    let found = try checkpoint(randomWeights(layout, architecture))
    #expect(found.architecture == architecture)
    #expect(found.metadata["architecture"] == architecture.name)
    let expected = architecture.convolutions.flatMap { ["\($0.name).weight", "\($0.name).bias"] }
    #expect(found.tensors.map(\.name) == expected + ["input.scale", "input.shift"])
  }

  @Test func `Keras' groups may have any name`() throws {
    let source = randomWeights(.keras2, .narrow19, prefix: "model_weights/vgg19/")
    #expect(try checkpoint(source).architecture == .narrow19)
  }

  @Test func `torchvision counts rectifiers and poolings`() {
    let indexes = { (architecture: VGGArchitecture) in
      architecture.convolutions.map { architecture.torchvisionIndex(of: $0) }
    }
    #expect(indexes(.vgg16) == [0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28])
    #expect(indexes(.vgg19) == [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34])
  }

  @Test func `filters of torchvision's are turned and pictures normalized`() throws {
    let source = randomWeights(.torchvision, .narrow16)
    let original = try source.tensor(named: "features.2.weight")
    let tensors = Dictionary(uniqueKeysWithValues: try checkpoint(source).tensors)
    let weight = try #require(tensors["conv1_2.weight"])
    #expect(weight.shape == [3, 3, 2, 2])
    for (output, input, y, x) in [(0, 0, 0, 0), (1, 0, 2, 1), (0, 1, 1, 2)] {
      #expect(
        weight[((y * 3 + x) * 2 + input) * 2 + output]
          == original[((output * 2 + input) * 3 + y) * 3 + x])
    }
    let scale = try #require(tensors["input.scale"]?.elements)
    let shift = try #require(tensors["input.shift"]?.elements)
    // ImageNet's mean picture becomes 0, one standard deviation more becomes 1.
    for (channel, (mean, deviation)) in [(0.485, 0.229), (0.456, 0.224), (0.406, 0.225)]
      .enumerated()
    {
      #expect(abs(scale[channel] * Float(mean) + shift[channel]) < 1e-6)
      #expect(abs(scale[channel] * Float(mean + deviation) + shift[channel] - 1) < 1e-6)
    }
  }

  @Test(arguments: [WeightLayout.keras1, .keras2, .keras3, .kerasBlocks])
  func `Keras' first filters see blue, green, red and ours the opposite`(
    layout: WeightLayout
  ) throws {
    let source = randomWeights(layout, .narrow16)
    let convolutions = VGGArchitecture.narrow16.convolutions
    let original = try source.tensor(
      named: layout.names(of: convolutions[0], in: .narrow16).filter)
    let tensors = Dictionary(uniqueKeysWithValues: try checkpoint(source).tensors)
    let weight = try #require(tensors["conv1_1.weight"])
    for tap in 0..<9 {
      for channel in 0..<3 {
        for output in 0..<2 {
          #expect(
            weight[(tap * 3 + channel) * 2 + output]
              == original[(tap * 3 + 2 - channel) * 2 + output])
        }
      }
    }
    let second = layout.names(of: convolutions[1], in: .narrow16)
    #expect(
      try tensors["conv1_2.weight"]?.elements == source.tensor(named: second.filter).elements)
    #expect(tensors["input.scale"]?.elements == [255, 255, 255])
    #expect(tensors["input.shift"]?.elements == [-123.68, -116.779, -103.939])
  }

  @Test func `our own files pass through unchanged`() throws {
    var source = randomWeights(.canonical, .narrow16)
    source.metadata = ["source": "a painter", "license": "free"]
    let found = try checkpoint(source)
    for (name, tensor) in found.tensors {
      #expect(try source.tensor(named: name).elements == tensor.elements)
    }
    #expect(
      found.metadata == ["architecture": "vgg16", "source": "a painter", "license": "free"])
  }

  @Test func `layers behind conv5_1 may be missing, others not`() throws {
    var source = randomWeights(.torchvision, .narrow16)
    source.tensors["features.26.weight"] = nil
    #expect(try checkpoint(source).tensors.map(\.name).suffix(3).first == "conv5_1.bias")
    source.tensors["features.24.bias"] = nil
    #expect(throws: CheckpointError.missingTensor(path: "memory", tensor: "features.24.bias")) {
      try checkpoint(source)
    }
  }

  @Test func `what does not fit is named`() throws {
    var source = randomWeights(.keras2, .narrow16, prefix: "g/")
    source.tensors["g/block2_conv1/kernel:0"] = ramp([3, 3, 2, 5])
    #expect(
      throws: CheckpointError.wrongShape(
        path: "memory", tensor: "g/block2_conv1/kernel:0", expected: [3, 3, 2, 4],
        found: [3, 3, 2, 5])
    ) { try checkpoint(source) }

    source = randomWeights(.keras2, .narrow16)
    source.tensors["block1_conv2/bias:0"]?[1] = .nan
    #expect(
      throws: CheckpointError.notFinite(path: "memory", tensor: "block1_conv2/bias:0")
    ) { try checkpoint(source) }

    source = randomWeights(.torchvision, .narrow16)
    source.tensors["features.1.running_mean"] = ramp([2])
    #expect(throws: CheckpointError.batchNormalized(path: "memory")) { try checkpoint(source) }

    #expect(throws: CheckpointError.unrecognized(path: "memory")) {
      try checkpoint(TensorDictionary(tensors: ["fc.weight": ramp([2])]))
    }
  }
}
