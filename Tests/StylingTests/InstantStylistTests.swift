import Checkpoints
import Networks
import Pictures
import Recipes
import Tensors
import TestSupport
import Testing

@testable import Styling

@Suite struct InstantStylistTests {
  private let workers = Workers(threads: 2)
  private let content = Self.picture(seed: 1, width: 61, height: 42)
  private let paintings = [
    StylingJob.Style(picture: Self.picture(seed: 2, width: 70, height: 33), weight: 1),
    StylingJob.Style(picture: Self.picture(seed: 3, width: 33, height: 50), weight: 2),
  ]

  private static func picture(seed: UInt64, width: Int, height: Int) -> Picture {
    var random = SeededRandom(seed: seed)
    let coarse = random.uniform([4, 5, 3], in: 0...1)
    return Picture(
      Resampler.lanczos3(coarse, height: height, width: width, on: Workers(threads: 1)))
  }

  private func stylist(_ architecture: StylizerArchitecture) throws -> InstantStylist {
    InstantStylist(try Stylizer(checkpoint: RandomStylizer(architecture)))
  }

  private func paint(_ stylist: InstantStylist, _ look: InstantLook, side: Int? = nil) throws
    -> Picture
  {
    try stylist.stylize(content, longerSide: side, as: look, on: workers, checkpoint: {})
  }

  @Test func `a look has its network`() throws {
    let (magenta, builtin) = (try stylist(.magenta), try stylist(.multistyle26))
    let (paint, choose) = (
      InstantLook(.paintings(paintings)), InstantLook(.builtin([.init(number: 1)]))
    )
    #expect(magenta.canPaint(paint) && !magenta.canPaint(choose))
    #expect(builtin.canPaint(choose) && !builtin.canPaint(paint))
    #expect(throws: CheckpointError.self) { try Stylizer(checkpoint: Golden.thin().file) }
  }

  @Test func `the result has the size that was asked for, and the photograph's transparency`()
    throws
  {
    let stylist = try stylist(.multistyle26)
    let look = InstantLook(.builtin([.init(number: 4)]))
    let opacity = (0..<61 * 42).map { UInt8($0 % 251) }
    let photograph = Picture(width: 61, height: 42, rgb: content.rgb, alpha: opacity)
    let same = try stylist.stylize(photograph, as: look, on: workers, checkpoint: {})
    #expect((same.width, same.height) == (61, 42))
    #expect(same.alpha == opacity)
    let scaled = try paint(stylist, look, side: 90)
    #expect((scaled.width, scaled.height) == (90, 62))
  }

  @Test func `built-in styles mix by their shares, and strength blends the photograph in`() throws {
    let stylist = try stylist(.multistyle26)
    var look = InstantLook(.builtin([.init(number: 2, weight: 4), .init(number: 9, weight: 4)]))
    let mixed = try paint(stylist, look)
    #expect(
      try mixed == paint(stylist, InstantLook(.builtin([.init(number: 9), .init(number: 2)]))))
    #expect(try mixed != paint(stylist, InstantLook(.builtin([.init(number: 2)]))))
    look.strength = 0
    #expect(try paint(stylist, look) == content)
    look.strength = 0.5
    let half = Tensor(try paint(stylist, look))
    let middle = zip(Tensor(mixed).elements, Tensor(content).elements).map { ($0 + $1) / 2 }
    #expect(largestDifference(half, Tensor(middle, shape: half.shape)) <= 1.01 / 255)
  }

  @Test func `paintings mix, weigh and fade`() throws {
    let stylist = try stylist(.magenta)
    var look = InstantLook(.paintings(paintings))
    let mixed = try paint(stylist, look)
    #expect(try paint(stylist, look) == mixed)
    let first = try paint(stylist, InstantLook(.paintings([paintings[0]])))
    #expect(first != mixed)
    let ignored = StylingJob.Style(picture: paintings[1].picture, weight: 0)
    #expect(try paint(stylist, InstantLook(.paintings([paintings[0], ignored]))) == first)
    // At no strength the paintings do not matter.
    look.strength = 0
    var other = InstantLook(.paintings([paintings[0]]))
    other.strength = 0
    #expect(try paint(stylist, look) == paint(stylist, other))
  }

  @Test func `upsampling and the median filter are options`() throws {
    let stylist = try stylist(.multistyle26)
    var look = InstantLook(.builtin([.init(number: 0)]))
    let plain = try paint(stylist, look)
    look.upsampling = .bilinear
    let smooth = try paint(stylist, look)
    #expect(smooth != plain)
    look.median = true
    #expect(try paint(stylist, look) != smooth)
  }

  @Test(arguments: [false, true])
  func `tiles make the same picture, what follows the network included`(exact: Bool) throws {
    let stylist = try stylist(.multistyle26)
    var look = InstantLook(.builtin([.init(number: 8)]))
    look.strength = 0.6
    look.median = true
    look.exact = exact
    let whole = try paint(stylist, look)
    let painter = stylist.painter(of: look, from: content, on: workers, checkpoint: {})
    let tiled = stylist.paintTiles(
      of: content, by: painter, as: look, side: 24, on: workers, checkpoint: {})
    #expect((tiled.width, tiled.height) == (61, 42))
    #expect(largestDifference(Tensor(tiled), Tensor(whole)) <= 1.01 / 255)
  }

  @Test func `work ends where the checkpoint says so`() throws {
    struct Stop: Error {}
    let stylist = try stylist(.magenta)
    var asked = 0
    func stop() throws(Stop) {
      asked += 1
      if asked == 70 { throw Stop() }
    }
    #expect(throws: Stop.self) {
      try stylist.stylize(
        content, as: InstantLook(.paintings(paintings)), on: workers, checkpoint: stop)
    }
    #expect(asked == 70)
  }

  @Test func `an optimization starts from what the stylist paints`() throws {
    let stylist = try stylist(.magenta)
    var recipe = Recipe()
    recipe.size = 48
    recipe.iterations = 0
    recipe.start = .instant
    let network = try VGG(checkpoint: Golden.thin().file)
    func job(_ stylist: InstantStylist?) throws -> StylingJob {
      try StylingJob(
        content: content, styles: paintings, recipe: recipe, network: network, threads: 2,
        stylist: stylist)
    }
    #expect(throws: StylingError.noStylist) { try job(nil) }
    #expect(throws: StylingError.noStylist) { try job(self.stylist(.multistyle26)) }
    let outcome = try StyleTransfer(job(stylist)).run { _ in }
    #expect(try outcome.picture == paint(stylist, InstantLook(.paintings(paintings)), side: 48))
  }

  @Test func `so do the runs of an exploration, each in its own mix`() throws {
    let stylist = try stylist(.magenta)
    let network = try VGG(checkpoint: Golden.thin().file)
    let recipes = [[1.0, 0], [1, 2]].map { shares in
      var recipe = Recipe()
      recipe.size = 48
      recipe.iterations = 2
      recipe.start = .instant
      recipe.styles = shares.map { .init(picture: "", weight: $0) }
      return recipe
    }
    func job(_ recipe: Recipe, _ stylist: InstantStylist?) throws -> StylingJob {
      try StylingJob(
        content: content,
        styles: zip(paintings, recipe.styles).map {
          .init(picture: $0.picture, weight: $1.weight)
        }, recipe: recipe, network: network, threads: 2, stylist: stylist)
    }
    func results(of job: StylingJob) throws -> [Int: Picture] {
      let exploration = Exploration(
        job, of: recipes.enumerated().map { .init(id: $0, recipe: $1) })
      var results: [Int: Picture] = [:]
      try exploration.run(
        onReport: { report in
          if report.isLast { results[report.variation.id] = report.picture }
          if results.count == recipes.count { exploration.stop() }
        }, onDivergence: { Issue.record("\($0.id) diverged") })
      return results
    }
    let painted = try results(of: job(recipes[0], stylist))
    for (id, recipe) in recipes.enumerated() {
      let alone = try StyleTransfer(job(recipe, stylist)).run { _ in }
      #expect(painted[id] == alone.picture, "run \(id)")
    }
    // Without a stylist they start from the photograph.
    var plain = recipes[1]
    plain.start = .content
    let unpainted = try results(of: job(plain, nil))
    let alone = try StyleTransfer(job(plain, nil)).run { _ in }
    #expect(unpainted[1] == alone.picture && unpainted[1] != painted[1])
  }
}
