import Pictures
import Recipes
import Styling
import Terminal
import Testing

@testable import Studio

/// The studio played without a terminal or an engine: events in, states and effects out.
@Suite struct UpdateTests {
  private func picture(_ side: Int = 4) -> IdentifiedPicture {
    IdentifiedPicture(
      Picture(width: side, height: side, rgb: Array(repeating: 9, count: 3 * side * side)))
  }

  private func source(_ path: String, side: Int = 400) -> Source {
    Source(path: path, content: .loaded(thumbnail: picture(), width: side, height: side))
  }

  private func blank() -> StudioState {
    var state = StudioState(
      size: Size(columns: 120, rows: 40), traits: TerminalTraits(), themes: [.standard])
    state.takeArticle()
    return state
  }

  /// A studio with a photograph and two paintings.
  private func ready() -> StudioState {
    var state = blank()
    state.sources.content = source("/p/harbor.jpg")
    state.sources.styles = [
      StyleSource(source: source("/p/knife.jpg")), StyleSource(source: source("/p/ink.jpg")),
    ]
    return state
  }

  /// A studio whose run has taken some steps.
  private func running(iterations: Int = 5) -> StudioState {
    var state = ready()
    _ = press(" ", &state)
    for iteration in 0..<iterations { _ = iterate(iteration, &state) }
    return state
  }

  private func press(_ key: KeyPress, _ state: inout StudioState) -> [StudioEffect] {
    update(&state, with: .input(.key(key)))
  }

  private func press(_ character: Character, _ state: inout StudioState) -> [StudioEffect] {
    press(KeyPress(.character(character)), &state)
  }

  private func type(_ text: String, _ state: inout StudioState) {
    for character in text { _ = press(character, &state) }
  }

  private func iterate(
    _ iteration: Int, run: Int? = nil, scale: Int = 64, _ state: inout StudioState
  ) -> [StudioEffect] {
    let sample = LossHistory.Sample(
      iteration: iteration, total: 1, content: 1, style: 1, tv: 1)
    return update(
      &state,
      with: .run(
        id: run ?? state.run.id,
        .iterated(
          sample, picture: picture(), scale: scale, secondsPerIteration: 0.5, memoryBytes: 7)))
  }

  @Test func `a start without pictures says what is missing and does nothing`() {
    var state = blank()
    #expect(press(" ", &state).isEmpty)
    #expect(state.notice == .init(.warning, "choose a photograph first: o"))
    state.sources.content = source("/p/harbor.jpg")
    #expect(press(" ", &state).isEmpty)
    #expect(state.notice == .init(.warning, "add a painting first: a"))
  }

  @Test func `space starts, pauses and resumes`() {
    var state = ready()
    var recipe = Recipe()
    recipe.content = "/p/harbor.jpg"
    recipe.styles = [.init(picture: "/p/knife.jpg"), .init(picture: "/p/ink.jpg")]
    #expect(press(" ", &state) == [.start(id: 1, recipe, from: .recipe)])
    #expect(state.run.phase == .preparing)
    #expect(iterate(0, &state).isEmpty)
    #expect(state.run.phase == .running)
    #expect(press(" ", &state) == [.pause] && state.run.phase == .paused)
    #expect(press(" ", &state) == [.resume] && state.run.phase == .running)
    #expect(press("x", &state) == [.stop] && state.run.phase == .stopping)
  }

  @Test func `moving the style slider steers a running job at once and marks the chart`() throws {
    var state = running()
    state.focus = .settings
    state.setting = .slider(.styleWeight)
    let effects = press(KeyPress(.right), &state)
    #expect(state.recipe.styleWeight > 10 && state.isChanged(.slider(.styleWeight)))
    var wanted = state.recipe
    wanted.styles = [.init(picture: "/p/knife.jpg"), .init(picture: "/p/ink.jpg")]
    #expect(effects == [.steer(Steering.Controls(wanted))])
    #expect(state.losses.marks == [.init(.steered, iteration: 5)])
    let fine = state.recipe.styleWeight
    _ = press(KeyPress(.right, .shift), &state)
    #expect(state.recipe.styleWeight > fine && state.recipe.styleWeight < fine * 1.05)
    _ = press("0", &state)
    #expect(state.recipe.styleWeight == 10 && !state.isChanged(.slider(.styleWeight)))
  }

  @Test func `a slider that waits for the next start does not steer`() {
    var state = running()
    state.focus = .settings
    state.setting = .slider(.size)
    #expect(press(KeyPress(.left), &state).isEmpty)
    #expect(state.recipe.size < 512 && state.run.recipe?.size == 512)
    #expect(state.notice?.kind == .information)
  }

  @Test func `arrows go through a choice's words and stop at its ends`() {
    var state = ready()
    state.focus = .settings
    state.setting = .choice(.optimizer)
    #expect(press(KeyPress(.left), &state).isEmpty && state.recipe.optimizer == .adam)
    #expect(press(KeyPress(.right), &state) == [.estimate(state.completeRecipe)])
    #expect(state.recipe.optimizer == .lbfgs)
    #expect(state.isChanged(.choice(.optimizer)))
    _ = press(KeyPress(.right), &state)
    #expect(state.recipe.optimizer == .lbfgs)
    _ = press("0", &state)
    #expect(state.recipe.optimizer == .adam && !state.isAnyChanged)
  }

  @Test func `a choice's list takes the word that Enter is pressed on, Esc none`() {
    var state = ready()
    state.focus = .settings
    state.setting = .choice(.start)
    _ = press(KeyPress(.enter), &state)
    #expect(state.overlays == [.choices(.start, selection: 0)])
    _ = press(KeyPress(.down), &state)
    _ = press(KeyPress(.escape), &state)
    #expect(state.overlays.isEmpty && state.recipe.start == .content)
    _ = press(KeyPress(.enter), &state)
    _ = press(KeyPress(.down), &state)
    _ = press(KeyPress(.enter), &state)
    #expect(state.overlays.isEmpty && state.recipe.start == .noise)
    _ = press("n", &state)
    _ = press("n", &state)
    #expect(state.recipe.start == .content)
  }

  @Test func `a preset brings its manner, leaves size and precision, and steers a running job`() {
    var state = running()
    state.focus = .settings
    state.setting = .choice(.preset)
    state.recipe.size = 256
    state.recipe.precision = .mixed
    let effects = press(KeyPress(.end), &state)
    let preset = Preset.all[Preset.all.count - 1]
    #expect(state.preset == preset.name && state.recipe.size == 256)
    #expect(state.recipe.precision == .mixed)
    #expect(state.recipe.tvWeight == preset.recipe.tvWeight && !state.isChanged(.slider(.tvWeight)))
    #expect(effects.count == 1 && state.run.recipe?.tvWeight == preset.recipe.tvWeight)
  }

  @Test func `a number typed where the cursor is on a choice asks for nothing`() {
    var state = ready()
    state.focus = .settings
    state.setting = .choice(.preset)
    type("5", &state)
    #expect(state.overlays.isEmpty)
  }

  @Test func `typing a number beyond the slider's end is taken, nonsense is not`() {
    var state = ready()
    state.focus = .settings
    state.setting = .slider(.styleWeight)
    type("5", &state)
    #expect(state.overlays.count == 1)
    type("e3", &state)
    _ = press(KeyPress(.enter), &state)
    #expect(state.overlays.isEmpty && state.recipe.styleWeight == 5000)
    type("1", &state)
    type("x", &state)
    _ = press(KeyPress(.enter), &state)
    guard case .prompt(let prompt) = state.overlays.last else {
      Issue.record("the prompt is gone")
      return
    }
    #expect(prompt.complaint == "type a number, such as 0.5 or 1e-3")
    _ = press(KeyPress(.escape), &state)
    #expect(state.overlays.isEmpty && state.recipe.styleWeight == 5000)
  }

  @Test func `a painting's share steers, and the last share other than 0 stays`() {
    var state = running()
    state.focus = .sources
    state.sources.selection = 2
    let effects = press(KeyPress(.left), &state)
    #expect(state.sources.styles[1].weight == 0.9)
    guard case .steer(let controls) = effects.first else {
      Issue.record("no steering")
      return
    }
    #expect(controls.styleShares == [1, 0.9])
    _ = setShare(of: 0, to: 0, in: &state)
    _ = setShare(of: 1, to: 0, in: &state)
    #expect(state.sources.styles.map(\.weight) == [0, 0.9] && state.notice?.kind == .warning)
  }

  @Test func `reports of a run that was replaced change nothing`() {
    var state = running()
    _ = press("R", &state)
    let before = state
    #expect(iterate(9, run: 1, &state).isEmpty)
    _ = update(
      &state, with: .run(id: 1, .ended(.stopped, picture: picture(), iterations: 5)))
    #expect(state == before)
  }

  @Test func `starting over keeps what was not saved`() throws {
    var state = running()
    let unsaved = try #require(state.run.latest)
    let effects = press("R", &state)
    #expect(effects.count == 3 && effects[0] == .stop)
    guard case .rescue(let picture, _) = effects[1], case .start(2, _, .recipe, _) = effects[2]
    else {
      Issue.record("\(effects)")
      return
    }
    #expect(picture == unsaved && state.losses.samples.isEmpty)
  }

  @Test func `an earlier picture can be looked at and gone on from`() throws {
    var state = running(iterations: 10)
    _ = press(" ", &state)
    _ = press(",", &state)
    _ = press(",", &state)
    let frame = try #require(state.filmstrip.selected)
    #expect(frame.iteration == 7 && state.result == frame.picture)
    let effects = press("c", &state)
    #expect(effects.first == .stop)
    guard case .start(2, _, .iterate(let picture, iteration: 7), _) = effects.last else {
      Issue.record("\(effects)")
      return
    }
    #expect(picture == frame.picture)
    #expect(state.losses.samples.last?.iteration == 6)
    #expect(state.losses.marks == [.init(.continued, iteration: 7)])
    #expect(state.filmstrip.frames.last?.iteration == 7)
  }

  @Test func `a run that is done goes on for as many iterations as asked`() throws {
    var state = running()
    _ = update(
      &state, with: .run(id: 1, .ended(.completed, picture: picture(), iterations: 200)))
    #expect(state.run.phase == .ended(.completed) && state.notice?.kind == .success)
    _ = press("m", &state)
    let effects = press(KeyPress(.enter), &state)
    guard case .start(2, let recipe, .end, _) = effects.last else {
      Issue.record("\(effects)")
      return
    }
    #expect(recipe.iterations == 300 && state.run.iteration == 200)
    #expect(!state.losses.samples.isEmpty)
  }

  @Test func `a run that goes on is lengthened without a stop`() {
    var state = running()
    _ = press("m", &state)
    let effects = press(KeyPress(.enter), &state)
    guard case .steer(let controls) = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(controls.iterations == 300 && state.losses.marks.isEmpty)
  }

  @Test func `a run too large for the memory is refused with the figures`() {
    var state = ready()
    state.estimate = Estimate(
      secondsPerIteration: 1, memoryBytes: 9_000_000_000, availableBytes: 2_000_000_000)
    #expect(press(" ", &state).isEmpty)
    #expect(
      state.notice
        == .init(
          .error, "512 px would take 9.0 GB; 2.0 GB are free: choose a smaller size"))
  }

  @Test func `leaving asks while something is not saved, and rescues it`() throws {
    var state = running()
    #expect(press("q", &state).isEmpty)
    guard case .confirm(let question) = state.overlays.last else {
      Issue.record("no question")
      return
    }
    #expect(question.purpose == .quit)
    _ = press("n", &state)
    #expect(state.overlays.isEmpty && !state.isLeaving)
    _ = press("q", &state)
    let effects = press("y", &state)
    #expect(effects.first == .leaveRun && effects.last == .quit && effects.count == 3)
    #expect(state.isLeaving)
  }

  @Test func `leaving with nothing to lose does not ask`() throws {
    var state = running()
    _ = press("s", &state)
    let effects = press(KeyPress(.enter), &state)
    guard case .save(let picture, _, "harbor-knife.png", false) = effects.first else {
      Issue.record("\(effects)")
      return
    }
    _ = update(
      &state, with: .run(id: 1, .ended(.completed, picture: nil, iterations: 5)))
    _ = update(&state, with: .saved(path: "harbor-knife.png", picture, failure: nil))
    #expect(state.notice == .init(.success, "saved as harbor-knife.png"))
    #expect(press("q", &state) == [.quit])
  }

  @Test func `a termination leaves without asking and rescues what there is`() {
    var state = running()
    let effects = update(&state, with: .terminationRequested)
    #expect(effects.count == 3 && effects.last == .quit)
  }

  @Test func `saving refuses a name without a format and asks before it replaces a file`() {
    var state = running()
    _ = press("s", &state)
    for _ in 0..<4 { _ = press(KeyPress(.backspace), &state) }
    #expect(press(KeyPress(.enter), &state).isEmpty)
    guard case .prompt(let prompt) = state.overlays.last else {
      Issue.record("no prompt")
      return
    }
    #expect(prompt.complaint == "end the name in .png, .jpg or .webp")
    _ = press(KeyPress(.escape), &state)
    _ = update(&state, with: .saveWouldOverwrite(path: "/p/x.png"))
    let effects = press("y", &state)
    guard case .save(_, _, "/p/x.png", true) = effects.first else {
      Issue.record("\(effects)")
      return
    }
  }

  @Test func `a picture that cannot be read says why, also in its slot`() {
    var state = ready()
    _ = update(
      &state,
      with: .sourceLoaded(.style(0), path: "/p/ink.jpg", .failed("ink.jpg: the file is empty")))
    #expect(state.sources.styles[1].source.content == .failed("ink.jpg: the file is empty"))
    #expect(state.notice == .init(.error, "ink.jpg: the file is empty"))
    #expect(press(" ", &state).isEmpty)
    #expect(state.notice == .init(.warning, "ink.jpg: the file is empty"))
  }

  @Test func `what a run takes is measured anew when a setting changes it, and only then`() {
    var state = ready()
    state.focus = .settings
    for setting: Setting in [
      .choice(.precision), .choice(.optimizer), .choice(.styleLoss), .slider(.margin),
      .slider(.firstSize),
    ] {
      state.setting = setting
      #expect(press(KeyPress(.right), &state) == [.estimate(state.completeRecipe)])
    }
    for setting: Setting in [.slider(.styleWeight), .slider(.iterations), .slider(.detail)] {
      state.setting = setting
      #expect(press(KeyPress(.right), &state).isEmpty)
    }
  }

  @Test func `a painting of another size is hinted at`() {
    var state = blank()
    state.sources.content = source("/p/a.jpg", side: 1000)
    state.sources.styles = [StyleSource(source: Source(path: "/p/b.jpg"))]
    let effects = update(
      &state,
      with: .sourceLoaded(
        .style(0), path: "/p/b.jpg", .loaded(thumbnail: picture(), width: 300, height: 300)))
    #expect(effects == [.estimate(state.completeRecipe)])
    #expect(state.notice?.kind == .warning)
  }

  @Test func `the mouse moves sliders, chooses frames and drags the divider`() throws {
    var state = running(iterations: 10)
    func click(_ kind: MouseEvent.Kind, _ point: Point) {
      _ = update(&state, with: .input(.mouse(MouseEvent(kind, at: point))))
    }
    let layout = WorkspaceLayout(state)
    let slider = try #require(layout.settings.first { $0.setting == .slider(.styleWeight) })
    click(.press, Point(column: slider.track.endColumn - 1, row: slider.track.row))
    #expect(state.recipe.styleWeight == 100 && state.setting == .slider(.styleWeight))
    click(.drag, Point(column: 0, row: 0))
    #expect(state.recipe.styleWeight == 1)
    let frame = try #require(layout.frames.first { $0.index == 3 })
    click(.press, Point(column: frame.rectangle.column, row: frame.rectangle.row))
    #expect(state.filmstrip.selected?.iteration == state.filmstrip.frames[3].iteration)
    state.preview.mode = .split
    let canvas = WorkspaceLayout(state).canvas
    click(.press, Point(column: canvas.endColumn - 1, row: canvas.row + canvas.rows / 2))
    #expect(state.preview.divider > 0.8)
  }

  @Test func `a click on every cell of every layout is harmless`() {
    for size in [
      Size(columns: 80, rows: 24), Size(columns: 40, rows: 12), Size(columns: 9, rows: 3),
    ] {
      for row in 0..<size.rows {
        for column in 0..<size.columns {
          var state = running()
          state.size = size
          for kind in [MouseEvent.Kind.press, .drag, .wheelUp, .wheelDown, .release] {
            _ = update(
              &state,
              with: .input(.mouse(MouseEvent(kind, at: Point(column: column, row: row)))))
          }
        }
      }
    }
  }

  @Test func `every action that is offered is one key away and in the palette`() {
    for state in [blank(), ready(), running()] {
      for pane in StudioState.Pane.allCases {
        var state = state
        state.focus = pane
        let offered = Action.offered(in: state)
        for action in offered {
          for key in action.keys {
            #expect(Action.meant(by: key, in: state)?.name == action.name, "\(action.name)")
          }
          #expect(Action.matching(action.name, in: state).contains { $0.name == action.name })
        }
      }
    }
    #expect(Set(Action.all.map(\.name)).count == Action.all.count, "names are unique")
  }

  @Test func `the palette narrows down and does what is chosen`() {
    var state = running()
    _ = press(":", &state)
    type("paus", &state)
    #expect(press(KeyPress(.enter), &state) == [.pause])
    #expect(state.overlays.isEmpty && state.run.phase == .paused)
  }

  @Test func `escape backs out step by step`() {
    var state = running()
    _ = press("z", &state)
    _ = press(",", &state)
    #expect(state.preview.isFullScreen && state.filmstrip.selected != nil)
    _ = press(KeyPress(.escape), &state)
    #expect(!state.preview.isFullScreen && state.filmstrip.selected != nil)
    _ = press(KeyPress(.escape), &state)
    #expect(state.filmstrip.selected == nil)
  }

  @Test func `themes show live and escape brings the old one back`() {
    var state = blank()
    state.themes = [.standard, .standard, .standard]
    _ = press("t", &state)
    _ = press(KeyPress(.down), &state)
    #expect(state.themeIndex == 1)
    _ = press(KeyPress(.escape), &state)
    #expect(state.themeIndex == 0 && state.overlays.isEmpty)
    _ = press("t", &state)
    _ = press(KeyPress(.down), &state)
    #expect(press(KeyPress(.enter), &state) == [.rememberTheme(state.theme.slug)])
    #expect(state.themeIndex == 1)
  }

  @Test(arguments: [
    ("/tmp/a b.jpg", "/tmp/a b.jpg"), ("'/tmp/a b.jpg'\n", "/tmp/a b.jpg"),
    ("/tmp/a\\ b.jpg ", "/tmp/a b.jpg"), ("file:///tmp/a%20b.jpg", "/tmp/a b.jpg"),
    ("hello", nil), ("/a\n/b", nil), ("", nil), ("'", nil),
  ])
  func `a dropped file is understood`(text: String, path: String?) {
    #expect(droppedPath(text) == path)
  }
}
