import Networks
import Pictures
import Recipes
import TestSupport
import Tensors
import Testing

@testable import Styling

/// Runs on the small network with masks.
@Suite struct MaskedRunTests {
  private let workers = Workers(threads: 2)

  private func mask(
    _ width: Int, _ height: Int, _ value: (_ x: Int, _ y: Int) -> UInt8
  ) -> Mask {
    Mask(
      width: width, height: height,
      values: (0..<width * height).map { value($0 % width, $0 / width) })
  }

  private func pictures() throws -> (content: Picture, style: Picture) {
    let golden = try Golden.thin()
    return (Picture(try golden["content"]), Picture(try golden["style"]))
  }

  private func job(
    styles: [StylingJob.Style], protection: Mask? = nil, _ change: (inout Recipe) -> Void = { _ in }
  ) throws -> StylingJob {
    var recipe = Recipe()
    recipe.size = 50
    recipe.iterations = 6
    change(&recipe)
    return try StylingJob(
      content: try pictures().content, styles: styles, protection: protection, recipe: recipe,
      network: try VGG(checkpoint: Golden.thin().file), threads: 2)
  }

  /// The largest difference to the photograph at the result's size, where a mask of that size has a value.
  private func change(_ outcome: Outcome, where isMeant: (_ x: Int, _ y: Int) -> Bool) throws -> Int
  {
    let photograph = try pictures().content.resized(longerSide: 50, on: workers)
    #expect(
      (photograph.width, photograph.height) == (outcome.picture.width, outcome.picture.height))
    return photograph.rgb.indices
      .filter { isMeant($0 / 3 % photograph.width, $0 / 3 / photograph.width) }
      .reduce(0) { max($0, abs(Int(photograph.rgb[$1]) - Int(outcome.picture.rgb[$1]))) }
  }

  @Test(
    arguments: Recipe.Start.allCases.filter { $0 != .instant }, [Recipe.Optimizer.adam, .lbfgs])
  func `what is protected stays the photograph while the rest changes`(
    start: Recipe.Start, optimizer: Recipe.Optimizer
  ) throws {
    let (content, style) = try pictures()
    // White on the left, soft in the middle.
    let (width, height) = (content.width, content.height)
    let protection = mask(width, height) { x, _ in
      UInt8(min(max(255 * (width * 6 / 10 - x) / max(1, width / 10), 0), 255))
    }
    for color in [Recipe.Color.style, .content] {
      let transfer = StyleTransfer(
        try job(styles: [.init(picture: style, weight: 1)], protection: protection) {
          $0.start = start
          $0.optimizer = optimizer
          $0.color = color
          $0.firstSize = 32
          $0.averaging = 0.5
        })
      var seen: [Picture] = []
      let outcome = try transfer.run { seen.append($0.picture) }
      let edge = outcome.picture.width * 45 / 100
      #expect(try change(outcome) { x, _ in x < edge } <= 1)
      #expect(try change(outcome) { x, _ in x > edge * 2 - 2 } > 8)
      // What is shown on the way is protected too.
      let first = try #require(seen.last { $0.width == outcome.picture.width })
      #expect(first.rgb[0..<3] == outcome.picture.rgb[0..<3])
    }
  }

  @Test func `a painting changes nothing beyond its mask`() throws {
    let (content, style) = try pictures()
    let left = mask(content.width, content.height) { x, _ in x < content.width / 2 ? 255 : 0 }
    for loss in Recipe.StyleLoss.allCases {
      let transfer = StyleTransfer(
        try job(styles: [.init(picture: style, weight: 1, mask: left)]) {
          // A layer that looks no farther than a pixel.
          $0.styleLayers = ["conv1_1"]
          $0.contentWeight = 0
          $0.styleLoss = loss
        })
      let outcome = try transfer.run { _ in }
      let middle = outcome.picture.width / 2
      #expect(try change(outcome) { x, _ in x > middle + 6 } == 0, "\(loss)")
      #expect(try change(outcome) { x, _ in x < middle - 2 } > 8, "\(loss)")
    }
  }

  @Test(arguments: Recipe.StyleLoss.allCases)
  func `each half takes on its own painting`(loss: Recipe.StyleLoss) throws {
    let content = try pictures().content
    let (width, height) = (content.width, content.height)
    let dark = Picture(width: 40, height: 40, rgb: Array(repeating: 40, count: 4800))
    let light = Picture(width: 40, height: 40, rgb: Array(repeating: 220, count: 4800))
    let transfer = StyleTransfer(
      try job(
        styles: [
          .init(
            picture: dark, weight: 1, mask: mask(width, height) { x, _ in x < width / 2 ? 255 : 0 }
          ),
          .init(picture: light, weight: 1),
        ]) {
          $0.contentWeight = 0
          $0.iterations = 40
          $0.styleLayers = ["conv1_1"]
          $0.styleLoss = loss
        })
    let outcome = try transfer.run { _ in }
    let picture = outcome.picture
    func mean(_ columns: Range<Int>) -> Double {
      let places = picture.rgb.indices.filter { columns.contains($0 / 3 % picture.width) }
      return places.reduce(0.0) { $0 + Double(picture.rgb[$1]) } / Double(places.count)
    }
    let middle = picture.width / 2
    #expect(mean(0..<middle - 2) < 115)
    #expect(mean(middle + 2..<picture.width) > 135)
  }

  @Test func `white masks are as good as none, and none costs not a bit`() throws {
    let (content, style) = try pictures()
    let white = mask(content.width, content.height) { _, _ in 255 }
    func outcome(_ mask: Mask?) throws -> Outcome {
      try StyleTransfer(job(styles: [.init(picture: style, weight: 1, mask: mask)])).run { _ in }
    }
    let (plain, masked) = (try outcome(nil), try outcome(white))
    let (a, b) = (try #require(plain.losses), try #require(masked.losses))
    #expect(abs(a.total - b.total) < 1e-3 * a.total)
    let black = mask(content.width, content.height) { _, _ in 0 }
    let free = try StyleTransfer(
      job(styles: [.init(picture: style, weight: 1)], protection: black)
    ).run { _ in }
    #expect(abs(a.total - (try #require(free.losses)).total) < 1e-3 * a.total)
  }

  @Test func `a black mask takes its painting out of the mix`() throws {
    let (content, style) = try pictures()
    let black = mask(content.width, content.height) { _, _ in 0 }
    let other = Picture(width: 30, height: 30, rgb: Array(repeating: 99, count: 2700))
    let mixed = try StyleTransfer(
      job(styles: [
        .init(picture: style, weight: 1), .init(picture: other, weight: 1, mask: black),
      ])
    ).run { _ in }
    let alone = try StyleTransfer(job(styles: [.init(picture: style, weight: 1)])).run { _ in }
    let (a, b) = (try #require(mixed.losses), try #require(alone.losses))
    #expect(abs(a.total - b.total) < 1e-3 * b.total)
  }

  @Test func `masks that cannot be are refused`() throws {
    let (content, style) = try pictures()
    let (width, height) = (content.width, content.height)
    let black = mask(width, height) { _, _ in 0 }
    let white = mask(width, height) { _, _ in 255 }
    #expect(throws: StylingError.nothingToPaint) {
      try job(styles: [.init(picture: style, weight: 1, mask: black)])
    }
    #expect(throws: StylingError.nothingToPaint) {
      try job(styles: [.init(picture: style, weight: 1)], protection: white)
    }
    let wide = mask(4 * width, height) { _, _ in 255 }
    for protection in [nil, wide] {
      let error = #expect(throws: StylingError.self) {
        try job(
          styles: [.init(picture: style, weight: 1, mask: protection == nil ? wide : nil)],
          protection: protection)
      }
      guard case .otherShape = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
    // What leaves nothing only where it is looked at closely is no error: nothing changes.
    let half = mask(width, height) { x, _ in x < width / 2 ? 255 : 0 }
    let outcome = try StyleTransfer(
      job(styles: [.init(picture: style, weight: 1, mask: half)], protection: half)
    ).run { _ in }
    #expect(try change(outcome) { x, _ in x > 2 && x < outcome.picture.width / 2 - 2 } <= 1)
  }

  @Test(arguments: Recipe.StyleLoss.allCases)
  func `the gradient of regions agrees with finite differences`(loss: Recipe.StyleLoss) throws {
    let network = try VGG(checkpoint: Golden.thin().file)
    let layers = Set(Golden.styleLayers)
    var random = SeededRandom(seed: 41)
    let paintings = [(21, 16), (18, 22)].map { height, width in
      StyleTargets(
        of: random.uniform([height, width, 3], in: 0...1), at: layers, through: network,
        isSampled: true, on: workers, checkpoint: {})
    }
    let image = random.uniform([34, 38, 3], in: 0.2...0.8)
    let soft = mask(38, 34) { x, y in UInt8(min(255, max(0, 20 * (x + y) - 500))) }
    let regions = StyleRegion.regions(
      masks: [soft, nil], protection: nil, on: Canvas(image), blocks: 5, workers: workers)
    let extractor = FeatureExtractor(
      of: layers, through: network, height: 34, width: 38, on: workers)
    let objective = Objective(
      content: extractor.features(of: image), at: [], style: paintings[0],
      weights: LossWeights(content: 0, style: 5, tv: 0), on: workers
    ).aimed(
      at: zip(paintings, regions).map { StyleAim($0, in: $1, strength: 1) },
      comparison: StyleComparison(by: loss))
    let appraisal = objective.appraisal(of: extractor.features(of: image))
    let gradient = extractor.gradient(of: appraisal)
    let norm = innerProduct(gradient, gradient).squareRoot()
    let step = Float(1e-2 / norm)
    func total(_ factor: Float) -> Double {
      let moved = Tensor(
        zip(image.elements, gradient.elements).map { $0 + factor * $1 }, shape: image.shape)
      return objective.appraisal(of: extractor.features(of: moved)).losses.total
    }
    let expected = (total(step) - total(-step)) / Double(2 * step)
    #expect(abs(expected - norm * norm) < 0.02 * norm * norm, "\(expected) for \(norm * norm)")
  }
}
