import Favorites
import Foundation
import History
import Recipes
import Styling
import Terminal
import Testing

@testable import Studio

/// The history and recovery, played without a disk.
@Suite struct HistoryUpdateTests {
  private let picture = SamplePicture.result.identified

  private func blank() -> StudioState {
    StudioState(size: Size(columns: 80, rows: 24), traits: TerminalTraits(), themes: [.standard])
  }

  private func press(_ key: KeyPress, _ state: inout StudioState) -> [StudioEffect] {
    update(&state, with: .input(.key(key)))
  }

  private func press(_ character: Character, _ state: inout StudioState) -> [StudioEffect] {
    press(KeyPress(.character(character)), &state)
  }

  private func loaded() -> Source.Content { .loaded(thumbnail: picture, width: 400, height: 300) }

  private func reopened(_ iteration: Int = 118) -> ReopenedRun {
    ReopenedRun(
      run: SampleRuns.all[1], recipe: SampleRuns.recipe, iteration: iteration, picture: picture,
      seconds: 50, losses: SampleRuns.losses,
      frames: [.init(iteration: 0, picture: picture), .init(iteration: 12, picture: picture)])
  }

  @Test func `the history asks for what is looked at, once`() {
    var state = blank()
    #expect(press("H", &state) == [.history(.list)])
    #expect(
      update(&state, with: .history(.listed(SampleRuns.all)))
        == [.history(.look(run: "run-0", iteration: 84))])
    #expect(press(KeyPress(.down), &state) == [.history(.look(run: "run-1", iteration: 120))])
    #expect(press(KeyPress(.left), &state) == [.history(.look(run: "run-1", iteration: 108))])
    #expect(press(KeyPress(.left, .shift), &state).count == 1)
    #expect(press(KeyPress(.right), &state) == [.history(.look(run: "run-1", iteration: 108))])
    #expect(update(&state, with: .history(.losses(run: "run-1", SampleRuns.losses))).isEmpty)
    #expect(
      update(
        &state, with: .history(.frame(.init(run: "run-1", iteration: 108), .loaded(picture)))
      )
      .isEmpty)
    #expect(press("f", &state).count == 1)
    #expect(press(KeyPress(.escape), &state).isEmpty && state.screen == .workspace)
  }

  @Test func `a frame is kept with its losses and the recipe that leads to it`() throws {
    var state = blank()
    state.lookThroughSampleRuns()
    guard case .keep(picture, let recipe, let provenance) = press("f", &state).first else {
      Issue.record("nothing is kept")
      return
    }
    #expect(recipe.iterations == 108 && recipe.content == "/p/harbor.jpg")
    #expect(provenance.iterations == 108)
    #expect(provenance.losses?.total == SampleRuns.losses.rows[108].total)
  }

  @Test func `a run is taken over, gone on with exactly, or from any of its pictures`() {
    var state = blank()
    state.lookThroughSampleRuns()
    #expect(press("c", &state) == [.history(.reopen(run: "run-1", .iterate(108)))])
    _ = press(KeyPress(.right), &state)
    #expect(press("c", &state).first == .history(.reopen(run: "run-1", .resume)))
    #expect(
      press("a", &state) == [
        .load(.content, path: "/p/harbor.jpg"), .load(.style(0), path: "/p/impasto-knife.jpg"),
      ])
    #expect(state.screen == .workspace && state.adoption == nil)
    #expect(state.notice?.text == "the sliders and pictures are the run's")
  }

  @Test func `a run is deleted only after a question`() {
    var state = blank()
    state.lookThroughSampleRuns()
    #expect(press("d", &state).isEmpty && state.overlays.count == 1)
    #expect(press("n", &state).isEmpty && state.overlays.isEmpty)
    _ = press("d", &state)
    #expect(press("y", &state) == [.history(.remove(run: "run-1"))])
    _ = update(&state, with: .history(.removed(run: "run-1")))
    #expect(state.history.runs?.count == SampleRuns.all.count - 1)
    #expect(state.history.selected?.name == "run-3")
    state.history.selection = 0
    _ = press("d", &state)
    #expect(state.overlays.isEmpty, "it goes on")
  }

  @Test func `a run that was cut short goes on where it was`() throws {
    var state = blank()
    #expect(update(&state, with: .history(.foundCutShort(SampleRuns.cutShort))).isEmpty)
    #expect(state.overlays == [.cutShort(SampleRuns.cutShort)])
    #expect(press("p", &state).isEmpty && press(KeyPress(.escape), &state).isEmpty)
    #expect(state.overlays == [.cutShort(SampleRuns.cutShort)])
    #expect(
      press(KeyPress(.enter), &state) == [.history(.reopen(run: "run-1", .resume))])
    #expect(state.overlays.isEmpty)
    var effects = update(&state, with: .history(.reopened(reopened(), .resume)))
    #expect(effects.count == 2 && state.pendingStart?.iteration == 118)
    _ = update(&state, with: .sourceLoaded(.content, path: "/p/harbor.jpg", loaded()))
    effects = update(
      &state, with: .sourceLoaded(.style(0), path: "/p/impasto-knife.jpg", loaded()))
    #expect(
      effects == [.start(id: 1, SampleRuns.recipe, from: .saved(run: "run-1"), lineage: nil)])
    #expect(state.run.iteration == 118 && state.run.latest == picture && !state.run.isSaved)
    #expect(state.filmstrip.frames.map(\.iteration) == [0, 12, 118])
    #expect(state.losses.samples.count == 120 && state.run.secondsBefore == 50)
  }

  @Test func `a run that nobody wants to go on with is dismissed or deleted`() {
    var state = blank()
    _ = update(&state, with: .history(.foundCutShort(SampleRuns.cutShort)))
    var other = state
    #expect(press(KeyPress(.escape), &state) == [.history(.dismiss(run: "run-1"))])
    #expect(state.notice?.text == "the run stays in the history: H")
    #expect(press("d", &other) == [.history(.remove(run: "run-1"))])
    #expect(other.overlays.isEmpty)
  }

  @Test func `a start from a picture of the past knows what it came from`() {
    var state = blank()
    _ = update(&state, with: .history(.reopened(reopened(200), .iterate(200))))
    _ = update(&state, with: .sourceLoaded(.content, path: "/p/harbor.jpg", loaded()))
    let effects = update(
      &state, with: .sourceLoaded(.style(0), path: "/p/impasto-knife.jpg", loaded()))
    guard case .start(1, let recipe, .iterate(picture, iteration: 200), let lineage) = effects.last
    else {
      Issue.record("\(effects)")
      return
    }
    #expect(recipe.iterations == 300 && lineage?.iterate == 200)
  }

  @Test func `a chosen picture's recipe is offered, a recipe's own pictures' are not`() {
    var state = blank()
    _ = update(&state, with: .input(.paste("/p/result.png")))
    _ = update(
      &state, with: .recipeFound(.content, path: "/p/other.png", SampleRuns.recipe))
    #expect(state.overlays.isEmpty)
    _ = update(
      &state, with: .recipeFound(.content, path: "/p/result.png", SampleRuns.recipe))
    _ = update(
      &state, with: .recipeFound(.content, path: "/p/result.png", SampleRuns.recipe))
    #expect(state.overlays.count == 1)
    var other = state
    #expect(press("n", &other).isEmpty && other.sources.content?.path == "/p/result.png")
    #expect(press("y", &state).count == 2)
    #expect(state.sources.content?.path == "/p/harbor.jpg" && state.sources.styles.count == 1)
    _ = update(
      &state, with: .recipeFound(.content, path: "/p/harbor.jpg", SampleRuns.recipe))
    #expect(state.overlays.isEmpty)
  }
}
