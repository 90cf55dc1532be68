import Pictures
import Recipes
import Styling
import Terminal
import Testing

@testable import Studio

/// The exploration played without a terminal or an engine: events in, states and effects out.
@Suite struct ExploreUpdateTests {
  private func picture() -> IdentifiedPicture {
    IdentifiedPicture(Picture(width: 4, height: 4, rgb: Array(repeating: 9, count: 48)))
  }

  private func ready(
    _ columns: Int = 80, _ rows: Int = 24, paintings: [Double] = [1, 0.5]
  ) -> StudioState {
    func source(_ path: String) -> Source {
      Source(path: path, content: .loaded(thumbnail: picture(), width: 600, height: 400))
    }
    var state = StudioState(
      size: Size(columns: columns, rows: rows), traits: TerminalTraits(), themes: [.standard])
    state.takeArticle()
    state.sources.content = source("/p/harbor.jpg")
    state.sources.styles = paintings.enumerated().map {
      StyleSource(source: source("/p/painting \($0).jpg"), weight: $1)
    }
    return state
  }

  private func exploring(_ columns: Int = 80, _ rows: Int = 24) -> StudioState {
    var state = ready(columns, rows)
    _ = press("e", &state)
    return state
  }

  private func press(_ key: KeyPress.Key, _ state: inout StudioState) -> [StudioEffect] {
    update(&state, with: .input(.key(KeyPress(key))))
  }

  private func press(_ character: Character, _ state: inout StudioState) -> [StudioEffect] {
    press(.character(character), &state)
  }

  private func develop(
    _ index: Int, to iteration: Int, isLast: Bool = false, _ state: inout StudioState
  ) -> IdentifiedPicture {
    let picture = picture()
    _ = update(
      &state,
      with: .explore(
        .developed(
          id: state.explorer.cells[index].id, picture: picture, iteration: iteration,
          content: 0.3, style: 0.02, isLast: isLast)))
    return picture
  }

  private func values(_ state: StudioState) -> [[Double]] {
    state.explorer.cells.map { [$0.recipe.contentWeight, $0.recipe.styleWeight] }
  }

  @Test func `e opens a grid around the sliders, the center first`() {
    var state = ready()
    let effects = press("e", &state)
    #expect(state.screen == .explore && state.explorer.selection == 4)
    #expect(
      values(state)
        == [3.16, 10, 31.6].flatMap { row in [3.16e-4, 1e-3, 3.16e-3].map { [$0, row] } })
    let recipe = state.completeRecipe
    #expect(state.explorer.cells[4].recipe == recipe)
    var shared = Recipe()
    shared.content = "/p/harbor.jpg"
    shared.styles = [.init(picture: "/p/painting 0.jpg"), .init(picture: "/p/painting 1.jpg")]
    shared.size = 128
    let order = [4, 1, 3, 5, 7, 0, 2, 6, 8]
    let variations = order.map {
      Exploration.Variation(
        id: state.explorer.cells[$0].id, recipe: state.explorer.cells[$0].recipe)
    }
    #expect(effects == [.explore(.develop(variations, shared: shared))])
  }

  @Test func `without pictures it says what is missing`() {
    var state = ready(paintings: [])
    #expect(press("e", &state).isEmpty && state.screen == .workspace)
    #expect(state.notice == .init(.warning, "add a painting first: a"))
  }

  @Test func `the workspace's run is halted, and waits`() {
    var state = ready()
    _ = press(" ", &state)
    let sample = LossHistory.Sample(iteration: 0, total: 1, content: 1, style: 1, tv: 1)
    _ = update(
      &state,
      with: .run(
        id: 1,
        .iterated(
          sample, picture: picture(), scale: 64, secondsPerIteration: 1, memoryBytes: 1)))
    #expect(press("e", &state).first == .pause)
    #expect(state.run.phase == .paused)
    #expect(press(.escape, &state) == [.explore(.stop)])
    #expect(state.screen == .workspace && state.run.phase == .paused)
    #expect(state.notice == .init(.information, "the run is still paused: Space resumes it"))
    #expect(press(" ", &state) == [.resume])
  }

  @Test func `arrows and letters move within the grid`() {
    var state = exploring()
    let before = state
    for (key, selection) in [(KeyPress.Key.left, 3), (.up, 0), (.up, 0), (.left, 0)] {
      #expect(press(key, &state).isEmpty && state.explorer.selection == selection)
    }
    for (key, selection) in [("l", 1), ("l", 2), ("j", 5), ("j", 8), ("l", 8), ("k", 5), ("h", 4)] {
      #expect(press(Character(key), &state).isEmpty && state.explorer.selection == selection)
    }
    #expect(state == before)
    _ = press(.home, &state)
    _ = press(.pageDown, &state)
    #expect(state.explorer.selection == 6)
  }

  @Test func `enter makes the selected one the center, and it goes on with its old neighbors`() {
    var state = exploring()
    var expected = state
    let pictures = (0..<9).map { develop($0, to: 3 + $0, &state) }
    for index in 0..<9 {
      expected.explorer.cells[index].picture = pictures[index]
      expected.explorer.cells[index].iteration = 3 + index
      expected.explorer.cells[index].contentLoss = 0.3
      expected.explorer.cells[index].styleLoss = 0.02
    }
    #expect(state == expected)
    let before = state.explorer.cells
    _ = press(.right, &state)
    let effects = press(.enter, &state)
    #expect(state.explorer.selection == 4 && state.explorer.center == 4)
    let after = state.explorer.cells
    #expect([0, 1, 3, 4, 6, 7].map { after[$0] } == [1, 2, 4, 5, 7, 8].map { before[$0] })
    for new in [2, 5, 8] {
      #expect(after[new].picture == nil && after[new].recipe.contentWeight == 0.01)
      #expect(!before.contains { $0.id == after[new].id })
    }
    guard case .explore(.develop(let variations, _))? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(variations.first?.id == after[4].id && variations.count == 9)
    #expect(press(.enter, &state).isEmpty, "the center is the center")
  }

  @Test func `there and back again everything is what it was`() {
    var state = exploring()
    state.recipe.adam.learningRate = 0.0173
    for kind in [ExploreAxis.Kind.contentWeight, .parameter(.learningRate), .parameter(.tvWeight)] {
      state.explorer.use(kind, isAcross: true, atMost: 3)
      let before = state.explorer.cells.map(\.recipe)
      let center = state.explorer.center
      for key in [KeyPress.Key.right, .enter, .right, .enter, .left, .enter, .left, .enter] {
        _ = press(key, &state)
      }
      #expect(state.explorer.cells.map(\.recipe) == before && state.explorer.center == center)
    }
  }

  @Test func `plus and minus move neighbors nearer and farther`() {
    var state = exploring()
    let wide = values(state)
    let center = state.explorer.cells[4].id
    #expect(press("+", &state).count == 1)
    #expect(values(state)[3] == [5.62e-4, 10] && values(state)[7] == [1e-3, 17.8])
    #expect(state.explorer.cells[4].id == center)
    _ = press("-", &state)
    #expect(values(state) == wide)
    _ = press("-", &state)
    #expect(values(state)[3] == [1e-4, 10])
    #expect(press("-", &state).isEmpty, "a factor of ten is the most")
    for _ in 0..<20 { _ = press("+", &state) }
    #expect(values(state)[5] == [1.07e-3, 10])
  }

  @Test func `smoothness begins at none, and the center is at the edge then`() {
    var state = exploring()
    state.explorer.use(.parameter(.tvWeight), isAcross: true, atMost: 3)
    #expect(state.explorer.cells.prefix(3).map(\.recipe.tvWeight) == [0, 3.16, 10])
    #expect(state.explorer.center == 3 && state.explorer.selection == 3)
  }

  @Test func `x and y choose what changes, never the same on both axes`() {
    var state = exploring()
    var seen: Set<ExploreAxis.Kind> = []
    for step in 0..<24 {
      let center = state.explorer.cells[state.explorer.center].recipe
      #expect(press(step % 3 == 0 ? "y" : "x", &state).count == 1)
      let explorer = state.explorer
      #expect(explorer.across.kind != explorer.down.kind)
      #expect(explorer.cells[explorer.center].recipe == center, "\(explorer.across.kind)")
      #expect(Set(explorer.cells.map(\.id)).count == explorer.cells.count)
      #expect(view(state).size == state.size)
      seen.formUnion([explorer.across.kind, explorer.down.kind])
    }
    #expect(seen == Set(ExploreAxis.Kind.all(for: state.completeRecipe)))
  }

  @Test func `the paintings come alone and in mixes`() {
    func shares(_ weights: [Double]) -> [[Double]] {
      var state = ready(200, 60, paintings: weights)
      _ = press("e", &state)
      state.explorer.use(.paintings, isAcross: true, atMost: 9)
      return state.explorer.cells.prefix(state.explorer.columns.count).map {
        $0.recipe.styles.map(\.weight)
      }
    }
    #expect(shares([1, 1]) == [[1, 0], [2, 1], [1, 1], [1, 2], [0, 1]])
    #expect(shares([1, 0.3]).first == [1, 0.3])
    #expect(
      shares([1, 0, 0]) == [
        [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1],
      ])
    #expect(!ExploreAxis.Kind.all(for: ready(paintings: [1]).completeRecipe).contains(.paintings))
  }

  @Test func `noise can be explored by its seed`() {
    var state = ready()
    state.recipe.start = .noise
    _ = press("e", &state)
    state.explorer.use(.parameter(.seed), isAcross: true, atMost: 3)
    #expect(state.explorer.cells.prefix(3).map(\.recipe.seed) == [0, 1, 2])
  }

  @Test func `reports of runs that are gone change nothing`() {
    var state = exploring()
    let before = state
    _ = update(
      &state,
      with: .explore(
        .developed(
          id: -1, picture: picture(), iteration: 1, content: 1, style: 1, isLast: false)))
    _ = update(&state, with: .explore(.diverged(id: -1)))
    #expect(state == before)
    _ = press(.escape, &state)
    let closed = state
    _ = update(&state, with: .explore(.failed("late")))
    _ = develop(0, to: 1, &state)
    #expect(state == closed)
  }

  @Test func `space halts all of them and lets them go on`() {
    var state = exploring()
    #expect(press(" ", &state) == [.explore(.pause)] && state.explorer.isPaused)
    #expect(press(" ", &state) == [.explore(.resume)] && !state.explorer.isPaused)
  }

  @Test func `brackets change the size, and all start anew`() {
    var state = exploring()
    _ = develop(4, to: 7, &state)
    let ids = Set(state.explorer.cells.map(\.id))
    guard case .explore(.develop(let variations, let shared))? = press("]", &state).first else {
      Issue.record("nothing was asked for")
      return
    }
    #expect(shared.size == 192 && ids.isDisjoint(with: variations.map(\.id)))
    #expect(state.explorer.cells.allSatisfy { $0.picture == nil })
    #expect(press("]", &state).isEmpty)
    _ = press("[", &state)
    _ = press("[", &state)
    #expect(state.explorer.side == 96 && press("[", &state).isEmpty)
  }

  @Test func `a sets the sliders to the selected picture's and goes back to them`() {
    var state = ready()
    _ = press(" ", &state)
    state.run.phase = .running
    _ = press("e", &state)
    state.explorer.use(.paintings, isAcross: true, atMost: 3)
    state.explorer.selection = 6
    let recipe = state.explorer.cells[6].recipe
    let effects = press("a", &state)
    #expect(state.screen == .workspace && state.completeRecipe == recipe)
    #expect(state.recipe.styleWeight == 31.6 && state.sources.styles.map(\.weight) == [1, 0.5])
    #expect(effects == [.steer(Steering.Controls(recipe)), .explore(.stop)])
    #expect(state.notice?.text == "the sliders are set; Space goes on with them")
  }

  @Test func `f keeps the picture with a recipe that makes it again`() {
    var state = exploring()
    #expect(press("f", &state).isEmpty, "there is no picture yet")
    let picture = develop(4, to: 17, &state)
    var recipe = state.completeRecipe
    recipe.size = 128
    recipe.iterations = 17
    #expect(press("f", &state) == [.keep(picture, recipe, Provenance(iterations: 17))])
    _ = update(&state, with: .kept(picture, .already))
    #expect(state.notice != nil && state.screen == .explore)
  }

  @Test func `a kept recipe says only what was done: time is shared`() {
    var state = ready()
    state.recipe.firstSize = 256
    state.recipe.start = .instant
    state.recipe.stopAfter = 10
    _ = press("e", &state)
    let picture = develop(4, to: 2, &state)
    var recipe = state.completeRecipe
    recipe.size = 128
    recipe.iterations = 2
    recipe.stopAfter = nil
    #expect(press("f", &state) == [.keep(picture, recipe, Provenance(iterations: 2))])
  }

  @Test func `what was spread over sizes keeps its iterations`() {
    var state = ready()
    state.recipe.firstSize = 64
    _ = press("e", &state)
    let picture = develop(4, to: 2, &state)
    var recipe = state.completeRecipe
    recipe.size = 128
    #expect(press("f", &state) == [.keep(picture, recipe, Provenance(iterations: 2))])
  }

  @Test func `what cannot start instantly starts from the photograph, and its recipe says so`() {
    var state = ready()
    state.recipe.start = .instant
    guard case .explore(.develop(_, let shared))? = press("e", &state).first else {
      Issue.record("nothing is explored")
      return
    }
    #expect(shared.start == .instant)
    _ = update(&state, with: .explore(.startsFromPhotograph("there is no model")))
    #expect(state.notice?.text == "started from the photograph: there is no model")
    let picture = develop(4, to: 2, &state)
    var recipe = state.completeRecipe
    recipe.size = 128
    recipe.iterations = 2
    recipe.start = .content
    #expect(press("f", &state) == [.keep(picture, recipe, Provenance(iterations: 2))])
    _ = press("]", &state)
    #expect(!state.explorer.startsFromPhotograph, "another size tries again")
  }

  @Test func `masks and colors are the same for all`() {
    var state = ready()
    state.recipe.color = .histogram
    state.recipe.maskThreshold = 0.5
    state.sources.styles[0].mask = Source(
      path: "/p/mask.png",
      content: .loaded(thumbnail: picture(), width: 1, height: 1))
    guard case .explore(.develop(_, let shared))? = press("e", &state).first else {
      Issue.record("nothing is explored")
      return
    }
    #expect(shared.color == .histogram && shared.maskThreshold == 0.5)
    #expect(shared.styles.map(\.mask) == ["/p/mask.png", nil])
  }

  @Test func `a preset is taken over with its optimizer`() throws {
    var state = exploring()
    state.explorer.use(.presets, isAcross: true, atMost: 9)
    state.explorer.selection = try #require(
      Preset.all.firstIndex { $0.name == "article-fast" })
    _ = press("a", &state)
    #expect(state.recipe.optimizer == .lbfgs && state.preset == "article-fast")
    #expect(Setting.all.filter(state.isChanged) == [.slider(.styleWeight)])
  }

  @Test func `a failure is told, and another size tries again`() {
    var state = exploring()
    _ = update(&state, with: .explore(.failed("too narrow")))
    #expect(state.explorer.failure == "too narrow")
    #expect(press("]", &state).count == 1 && state.explorer.failure == nil)
  }

  @Test func `large windows have five by five, and a smaller one keeps the middle`() {
    var state = exploring(200, 60)
    #expect(state.explorer.cells.count == 25 && state.explorer.center == 12)
    let center = develop(12, to: 3, &state)
    #expect(update(&state, with: .resized(Size(columns: 80, rows: 24), nil)).count == 1)
    #expect(state.explorer.cells.count == 9 && state.explorer.cells[4].picture == center)
    #expect(state.explorer.selection == 4)
    #expect(update(&state, with: .resized(Size(columns: 81, rows: 24), nil)).isEmpty)
  }

  @Test(arguments: [(40, 12), (60, 30), (80, 24), (120, 40), (200, 60)])
  func `a click anywhere does what is seen there`(columns: Int, rows: Int) {
    for sample in [SampleState.exploring, .exploringPaintings] {
      let state = sample.state(columns, rows)
      let layout = ExploreLayout(state)
      #expect(layout.pictures.count == state.explorer.cells.count)
      for (index, picture) in layout.pictures.enumerated() {
        #expect(!picture.isEmpty && layout.cell(at: picture.origin) == index)
        for other in layout.pictures.dropFirst(index + 1) {
          #expect(picture.intersection(other).isEmpty)
        }
      }
      for column in -1...columns {
        for row in -1...rows {
          var clicked = state
          let point = Point(column: column, row: row)
          let effects = update(&clicked, with: .input(.mouse(MouseEvent(.press, at: point))))
          let cell = layout.cell(at: point)
          if cell == state.explorer.selection, cell != state.explorer.center {
            #expect(effects.count == 1)
          } else {
            #expect(
              effects.isEmpty && clicked.explorer.selection == cell ?? state.explorer.selection)
          }
        }
      }
    }
  }

  @Test func `its keys are in the footer and in the help, and the workspace's are not`() {
    let state = exploring()
    let names = Action.offered(in: state).map(\.name)
    #expect(names.contains("leave") && names.contains("help") && !names.contains("start"))
    #expect(Action.matching("", in: state).allSatisfy { $0.screens.contains(.explore) })
    var keys: Set<KeyPress> = []
    for action in Action.offered(in: state) {
      #expect(keys.isDisjoint(with: action.keys), "\(action.name)")
      keys.formUnion(action.keys)
    }
  }
}

extension Rectangle {
  fileprivate var origin: Point { Point(column: column, row: row) }
}
