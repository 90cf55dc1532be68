import Kernels
import Networks
import Pictures
import Recipes
import TestSupport
import Tensors
import Testing

@testable import Styling

/// Whole runs on the small network: what each choice of a recipe does, and odd pictures.
@Suite struct StyleTransferTests {
  private let workers = Workers(threads: 2)

  private func job(
    content: Picture? = nil, style: Picture? = nil, threads: Int = 2,
    _ change: (inout Recipe) -> Void
  ) throws -> StylingJob {
    let golden = try Golden.thin()
    var recipe = Recipe()
    recipe.size = 48
    recipe.iterations = 8
    change(&recipe)
    try recipe.validate()
    return try StylingJob(
      content: content ?? Picture(try golden["content"]),
      styles: [.init(picture: style ?? Picture(try golden["style"]), weight: 1)], recipe: recipe,
      network: try VGG(checkpoint: golden.file), threads: threads)
  }

  private func track(_ job: StylingJob) throws -> (outcome: Outcome, losses: [Losses]) {
    var losses: [Losses] = []
    let outcome = try StyleTransfer(job).run { losses.append($0.losses) }
    return (outcome, losses)
  }

  private func picture(_ width: Int, _ height: Int, seed: UInt64, isGray: Bool = false) -> Picture {
    var random = SeededRandom(seed: seed)
    var image = random.uniform([height, width, 3], in: 0...1)
    if isGray {
      image.withMutableFloats { image in
        for i in image.indices { image[i] = image[i / 3 * 3] }
      }
    }
    return Picture(image)
  }

  @Test(arguments: Recipe.StyleLoss.allCases)
  func `a texture from noise comes to have the painting's moments`(
    loss: Recipe.StyleLoss
  ) throws {
    let job = try job {
      $0.styleLoss = loss
      $0.start = .noise
      $0.contentWeight = 0
      $0.iterations = 150
      $0.adam.beta1 = 0.9
      $0.adam.learningRate = 0.03
    }
    let (outcome, losses) = try track(job)
    let last = try #require(outcome.losses).style
    #expect(last < 0.45 * losses[0].style, "\(losses[0].style) to \(last)")
    // Judged by what it was not told.
    let layers = job.styleLayers
    func moments(_ picture: Picture) -> [LayerName: Moments] {
      let image = Tensor(picture)
      let features = FeatureExtractor(
        of: layers, through: job.network, height: image.shape.height, width: image.shape.width,
        on: workers
      ).features(of: image)
      return Dictionary(
        uniqueKeysWithValues: layers.map { ($0, Moments(of: features[$0], on: workers)) })
    }
    let painting = moments(
      job.styles[0].picture.resized(longerSide: job.recipe.size, on: workers))
    let start = moments(Picture(try #require(try noise(job))))
    let end = moments(outcome.picture)
    func distance(_ moments: [LayerName: Moments]) throws -> Double {
      try layers.reduce(0) {
        $0 + relativeDistance(try #require(moments[$1]).second, try #require(painting[$1]).second)
      }
    }
    #expect(try distance(end) < 0.7 * distance(start))
  }

  private func noise(_ job: StylingJob) throws -> Tensor? {
    var first: Tensor?
    var recipe = job.recipe
    recipe.iterations = 1
    _ = try StyleTransfer(
      StylingJob(
        content: job.content, styles: job.styles, recipe: recipe, network: job.network, threads: 2)
    ).run { first = $0.image }
    return first
  }

  @Test(arguments: Recipe.StyleLoss.allCases, Recipe.Optimizer.allCases)
  func `the same recipe gives the same picture, whatever the number of threads`(
    loss: Recipe.StyleLoss, optimizer: Recipe.Optimizer
  ) throws {
    let pictures = try [1, 3].map { threads in
      try track(
        job(threads: threads) {
          $0.styleLoss = loss
          $0.optimizer = optimizer
          $0.start = .noise
          $0.seed = 5
          $0.firstSize = 32
          $0.iterations = 5
        }
      ).outcome.picture
    }
    #expect(pictures[0] == pictures[1])
  }

  @Test(arguments: Recipe.StyleLoss.allCases, Recipe.Optimizer.allCases)
  func `odd pictures give pictures`(loss: Recipe.StyleLoss, optimizer: Recipe.Optimizer) throws {
    let photograph = picture(48, 40, seed: 1)
    let flat = Picture(width: 40, height: 40, rgb: Array(repeating: 128, count: 4800))
    let pairs: [(String, Picture, Picture)] = [
      ("gray", picture(48, 36, seed: 2, isGray: true), picture(40, 40, seed: 3)),
      ("identical", photograph, photograph),
      ("panorama", picture(192, 48, seed: 4), picture(40, 48, seed: 5)),
      ("tiny", picture(16, 16, seed: 6), picture(16, 16, seed: 7)),
      (
        "alpha", Picture(Tensor(photograph), alpha: (0..<48 * 40).map { UInt8($0 % 256) }),
        picture(40, 40, seed: 8)
      ),
      ("flat painting", photograph, flat), ("flat photograph", flat, photograph),
    ]
    for (name, content, style) in pairs {
      let (outcome, losses) = try track(
        job(content: content, style: style) {
          $0.styleLoss = loss
          $0.optimizer = optimizer
          $0.size = name == "tiny" ? 16 : name == "panorama" ? 96 : 48
          $0.firstSize = 32
          $0.iterations = 6
          $0.averaging = 0.9
          $0.tvWeight = 1
        })
      #expect(outcome.reason == .completed, "\(name)")
      #expect((outcome.picture.alpha != nil) == (name == "alpha"))
      #expect(losses.allSatisfy { $0.total.isFinite }, "\(name)")
      #expect(
        outcome.checkpoint.image.withFloats { $0.allSatisfy { (0...1).contains($0) } }, "\(name)")
    }
  }

  @Test(arguments: Recipe.Optimizer.allCases)
  func `what is no number ends the run with the last good picture`(
    optimizer: Recipe.Optimizer
  ) throws {
    let transfer = StyleTransfer(
      try job {
        $0.optimizer = optimizer
        $0.iterations = 20
      })
    var last: (iteration: Int, image: Tensor)?
    let outcome = try transfer.run { iterate in
      last = (iterate.iteration, iterate.image)
      if iterate.iteration == 3 { transfer.steering.steer { $0.weights.content = .nan } }
    }
    #expect(outcome.reason == .diverged && outcome.losses == nil)
    #expect((3...4).contains(outcome.iterations) && last?.iteration == 3)
    #expect(outcome.checkpoint.image.withFloats { $0.allSatisfy { (0...1).contains($0) } })
    let before = Picture(try #require(last).image)
    #expect(peakSignalToNoise(Tensor(outcome.picture), Tensor(before)) > 20, "it was painted")
  }

  @Test func `a weight of smoothness makes smoother pictures`() throws {
    let rough = try track(job { $0.iterations = 30 }).outcome
    let smooth = try track(
      job {
        $0.iterations = 30
        $0.tvWeight = 300
      }
    ).outcome
    #expect(try #require(smooth.losses).tv < 0.7 * #require(rough.losses).tv)
  }

  @Test func `content first sees nothing but the photograph until texture comes in`() throws {
    let (_, losses) = try track(
      job {
        $0.start = .noise
        $0.contentFirst = 20
        $0.iterations = 25
        $0.contentWeight = 1e-2
      })
    #expect(losses[19].content < losses[0].content)
    #expect(losses[19].total == 1000 * 1e-2 * losses[19].content)
    #expect(losses[20].total > losses[20].style)
  }

  @Test func `a fine recipe is nearer in shallow layers and a coarse one in deep ones`() throws {
    func layers(_ detail: Double) throws -> [LayerName: Double] {
      try #require(
        try track(
          job {
            $0.detail = detail
            $0.iterations = 40
            $0.contentWeight = 0
          }
        ).outcome.losses
      ).styleByLayer
    }
    let (fine, coarse) = (try layers(1.5), try layers(-1.5))
    let (first, last) = (Golden.styleLayers[0], Golden.styleLayers[4])
    #expect(try #require(fine[first]) < #require(coarse[first]))
    #expect(try #require(coarse[last]) < #require(fine[last]))
  }

  @Test func `normalized gradients lead down too`() throws {
    let (outcome, losses) = try track(
      job {
        $0.normalizesGradients = true
        $0.iterations = 40
      })
    #expect(try #require(outcome.losses).style < 0.5 * losses[0].style)
  }

  @Test func `moments taken along to a larger size save steps there`() throws {
    // Both go on from the same small picture; one optimizer remembers its way and the other does not.
    let small = try job {
      $0.size = 48
      $0.iterations = 40
      $0.adam.beta1 = 0.9
    }
    let half = try StyleTransfer(small).run { _ in }.checkpoint
    let large = try job {
      $0.size = 68
      $0.iterations = 80
      $0.adam.beta1 = 0.9
    }
    func losses(from beginning: StylingJob.Beginning) throws -> [Double] {
      var losses: [Double] = []
      _ = try StyleTransfer(
        try StylingJob(
          content: large.content, styles: large.styles, recipe: large.recipe,
          network: large.network, threads: 2, beginning: beginning)
      ).run { losses.append($0.losses.total) }
      return losses
    }
    let resampled = try losses(from: .checkpoint(half))
    var forgetful = half
    forgetful.optimizer = .adam(Adam(large.recipe.adam, shape: half.image.shape, after: 40))
    let fresh = try losses(from: .checkpoint(forgetful))
    #expect(resampled.count == 40 && fresh.count == 40)
    let reached = try #require(resampled.firstIndex { $0 <= fresh[9] })
    #expect(reached < 9, "\(reached) steps for what takes the other 9")
  }

  @Test func `a run without end ends when its time is over`() throws {
    let transfer = StyleTransfer(
      try job {
        $0.size = 96
        $0.firstSize = 48
        $0.iterations = 1_000_000
        $0.stopAfter = 0.3
      })
    let outcome = try transfer.run { _ in }
    #expect(outcome.reason == .ranOutOfTime && outcome.iterations > 0)
    #expect(max(outcome.picture.width, outcome.picture.height) == 96)
  }
}
