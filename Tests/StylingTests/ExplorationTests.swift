import Dispatch
import Networks
import Pictures
import Recipes
import Synchronization
import Tensors
import Testing

@testable import Styling

/// Several runs on one engine, on the small network.
@Suite struct ExplorationTests {
  private func job(_ recipe: Recipe, beside golden: Golden, threads: Int = 2) throws -> StylingJob {
    let flat = Picture(width: 40, height: 40, rgb: Array(repeating: 200, count: 4800))
    return try StylingJob(
      content: Picture(try golden["content"]),
      styles: zip([Picture(try golden["style"]), flat], recipe.styles).map {
        .init(picture: $0, weight: $1.weight)
      },
      recipe: recipe, network: try VGG(checkpoint: golden.file), threads: threads)
  }

  private func recipe(iterations: Int, _ change: (inout Recipe) -> Void = { _ in }) -> Recipe {
    var recipe = Recipe()
    recipe.size = 50
    recipe.iterations = iterations
    recipe.styles = [.init(picture: "a", weight: 1), .init(picture: "b", weight: 0)]
    change(&recipe)
    return recipe
  }

  /// Recipes that differ in all that may differ.
  private func recipes(iterations: Int) -> [Recipe] {
    [
      recipe(iterations: iterations),
      recipe(iterations: iterations) { $0.styleWeight = 50 },
      recipe(iterations: iterations) { $0.styles[1].weight = 0.5 },
      recipe(iterations: iterations + 2) {
        $0.start = .noise
        $0.seed = 3
      },
      recipe(iterations: iterations) {
        $0.adam.learningRate = 0.05
        $0.tvWeight = 10
        $0.contentWeight = 0
      },
      recipe(iterations: iterations) {
        $0.averaging = 0.9
        $0.adam.beta1 = 0.9
      },
      hasty(iterations: iterations),
      recipe(iterations: iterations + 1) { $0.firstSize = 30 },
      recipe(iterations: iterations) {
        $0.firstSize = 30
        $0.scaleTaper = 2
        $0.optimizer = .lbfgs
      },
    ]
  }

  /// A recipe whose first step is too long, and taken back in part.
  private func hasty(iterations: Int) -> Recipe {
    recipe(iterations: iterations) {
      $0.optimizer = .lbfgs
      $0.contentWeight = 1
    }
  }

  private func variations(_ recipes: [Recipe]) -> [Exploration.Variation] {
    recipes.enumerated().map { .init(id: $0, recipe: $1) }
  }

  /// Runs until every run is over, and returns all reports.
  private func reports(
    of exploration: Exploration, count: Int, onReport: (Exploration.Report) -> Void = { _ in }
  ) throws -> [Exploration.Report] {
    var reports: [Exploration.Report] = []
    try exploration.run(
      onReport: { report in
        reports.append(report)
        onReport(report)
        if reports.count(where: \.isLast) == count { exploration.stop() }
      }, onDivergence: { Issue.record("\($0.id) diverged") })
    return reports
  }

  @Test(arguments: [1, 2])
  func `each run is that of its recipe alone, bit for bit`(threads: Int) throws {
    let golden = try Golden.thin()
    let recipes = recipes(iterations: 4)
    let exploration = Exploration(
      try job(recipes[0], beside: golden, threads: threads), of: variations(recipes))
    let reports = try reports(of: exploration, count: recipes.count)
    for (id, recipe) in recipes.enumerated() {
      var images: [[Float]] = []
      var losses: [Losses] = []
      let alone = try StyleTransfer(try job(recipe, beside: golden)).run {
        images.append($0.image.elements)
        losses.append($0.losses)
      }
      let own = reports.filter { $0.variation.id == id }
      #expect(own.map(\.iteration) == Array(1...recipe.iterations))
      #expect(own.dropLast().map(\.image.elements) == Array(images.dropFirst()), "run \(id)")
      #expect(own.map(\.losses) == losses, "run \(id)")
      #expect(own.last?.picture == alone.picture, "run \(id)")
    }
  }

  @Test func `a last step that leads up is taken back before anybody sees it`() throws {
    let golden = try Golden.thin()
    let recipe = hasty(iterations: 1)
    let exploration = Exploration(try job(recipe, beside: golden), of: variations([recipe]))
    let reports = try reports(of: exploration, count: 1)
    let alone = try StyleTransfer(try job(recipe, beside: golden)).run { _ in }
    #expect(reports.map(\.iteration) == [1] && reports.first?.picture == alone.picture)
  }

  @Test func `they take turns in the order given`() throws {
    let recipes = Array(recipes(iterations: 2).prefix(5))
    let exploration = Exploration(
      try job(recipes[0], beside: try Golden.thin()), of: variations(recipes).reversed())
    let reports = try reports(of: exploration, count: recipes.count)
    #expect(reports.map(\.variation.id) == [4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 3, 3])
  }

  @Test func `of other runs those that were there before go on, and the others start`() throws {
    let golden = try Golden.thin()
    let recipes = recipes(iterations: 3)
    let all = variations(recipes)
    let exploration = Exploration(try job(recipes[0], beside: golden), of: [all[0], all[1]])
    let reports = try reports(of: exploration, count: 2) { report in
      if report.iteration == 2, report.variation.id == 0 { exploration.explore([all[2], all[0]]) }
    }
    #expect(reports.map(\.variation.id) == [0, 1, 0, 2, 0, 2, 2])
    #expect(reports.map(\.iteration) == [1, 1, 2, 1, 3, 2, 3])
    for id in [0, 2] {
      let alone = try StyleTransfer(try job(recipes[id], beside: golden)).run { _ in }
      #expect(reports.last { $0.variation.id == id }?.picture == alone.picture)
    }
  }

  @Test func `a run that diverges leaves the others alone`() throws {
    let recipes = [recipe(iterations: 2), recipe(iterations: 2) { $0.styleWeight = .infinity }]
    let exploration = Exploration(
      try job(recipes[0], beside: try Golden.thin()), of: variations(recipes))
    var diverged: [Int] = []
    var iterations: [Int] = []
    try exploration.run(
      onReport: { report in
        iterations.append(report.iteration)
        if report.isLast { exploration.stop() }
      }, onDivergence: { diverged.append($0.id) })
    #expect(diverged == [1] && iterations == [1, 2])
  }

  @Test func `a run ends when its loss is low enough`() throws {
    let recipe = recipe(iterations: 1000) { $0.stopBelow = 1 }
    let golden = try Golden.thin()
    let exploration = Exploration(try job(recipe, beside: golden), of: variations([recipe]))
    let reports = try reports(of: exploration, count: 1)
    let alone = try StyleTransfer(try job(recipe, beside: golden)).run { _ in }
    #expect(reports.last?.picture == alone.picture && reports.last?.losses == alone.losses)
  }

  @Test func `pausing halts all runs, and idle ones wake up for more`() throws {
    let recipes = recipes(iterations: 2)
    let all = variations(recipes)
    let exploration = Exploration(
      try job(recipes[0], beside: try Golden.thin()), of: [all[0]])
    let (halted, idle, ended) = (
      DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)
    )
    let seen = Mutex<[Int]>([])
    exploration.start(
      onReport: { report in
        seen.withLock { $0.append(report.variation.id) }
        if report.iteration == 1, report.variation.id == 0 {
          exploration.pause()
          halted.signal()
        }
        if report.isLast { idle.signal() }
      }, onDivergence: { _ in }, onEnd: { _ in ended.signal() })
    halted.wait()
    #expect(seen.withLock { $0 } == [0])
    exploration.resume()
    idle.wait()
    exploration.explore([all[0], all[1]])
    idle.wait()
    exploration.stop()
    ended.wait()
    #expect(seen.withLock { $0 } == [0, 0, 1, 1])
  }
}
