import Pictures
import Recipes
import Terminal
import Testing

@testable import Studio

/// Painting in one pass, played without a terminal or a network: events in, states and effects out.
@Suite struct InstantUpdateTests {
  private func picture() -> IdentifiedPicture {
    IdentifiedPicture(Picture(width: 4, height: 4, rgb: Array(repeating: 9, count: 48)))
  }

  private func loaded(_ path: String) -> Source {
    Source(path: path, content: .loaded(thumbnail: picture(), width: 600, height: 400))
  }

  /// A studio with a photograph and two paintings, in which both networks are installed.
  private func ready(models: Set<String> = ["magenta", "multistyle26"]) -> StudioState {
    var state = StudioState(
      size: Size(columns: 120, rows: 40), traits: TerminalTraits(), themes: [.standard])
    state.instant.models = models
    state.sources.content = loaded("/p/harbor.jpg")
    state.sources.styles = [
      StyleSource(source: loaded("/p/knife.jpg")), StyleSource(source: loaded("/p/ink.jpg")),
    ]
    return state
  }

  private func press(_ key: KeyPress, _ state: inout StudioState) -> [StudioEffect] {
    update(&state, with: .input(.key(key)))
  }

  private func press(_ character: Character, _ state: inout StudioState) -> [StudioEffect] {
    press(KeyPress(.character(character)), &state)
  }

  /// What the studio asks to be painted.
  private func requests(_ effects: [StudioEffect]) -> [InstantRequest] {
    effects.compactMap { if case .instant(.paint(let request)) = $0 { request } else { nil } }
  }

  private func painted(_ state: inout StudioState) throws -> IdentifiedPicture {
    let picture = picture()
    _ = update(
      &state, with: .instant(.painted(try #require(state.instant.request), picture)))
    return picture
  }

  @Test func `the preview is painted as soon as the last picture was read`() throws {
    var state = ready()
    state.sources.styles[1].source.content = .loading
    #expect(press("v", &state).isEmpty)
    _ = press("v", &state)
    state.preview.mode = .result
    let content = loaded("").content
    let effects = update(
      &state, with: .sourceLoaded(.style(1), path: "/p/ink.jpg", content))
    let request = try #require(requests(effects).first)
    #expect(request.content == state.contentPicture && request.side == 384)
    #expect(request.look.method == .instant && request.styles.map(\.weight) == [1, 1])
    #expect(state.shownMode == .content)
    let picture = try painted(&state)
    #expect(state.shownMode == .result && state.previewedResult == picture)
    #expect(state.result == nil)
    // Nothing is asked for twice.
    #expect(requests(press("V", &state)).isEmpty)
  }

  @Test func `strength and shares are followed, other sliders are not`() throws {
    var state = ready()
    _ = press("V", &state)
    state.focus = .settings
    state.setting = .slider(.strength)
    let weaker = requests(press(KeyPress(.left), &state))
    #expect(weaker.map(\.look.strength) == [0.975])
    state.focus = .sources
    state.sources.selection = 2
    let mixed = requests(press(KeyPress(.left), &state))
    #expect(mixed.map { $0.styles.map(\.weight) } == [[1, 0.9]])
    state.focus = .settings
    state.setting = .slider(.styleWeight)
    #expect(requests(press(KeyPress(.left), &state)).isEmpty)
  }

  @Test func `without the network it says how to get it, and fetches it when asked`() throws {
    var state = ready(models: [])
    #expect(press("V", &state).isEmpty && state.shownMode == .content)
    #expect(press("I", &state) == [.instant(.fetch(model: "magenta"))])
    #expect(press("I", &state).isEmpty, "it is under way")
    _ = update(&state, with: .instant(.fetching(model: "magenta", share: 0.5)))
    #expect(state.instant.fetching?.share == 0.5)
    let effects = update(&state, with: .instant(.fetched(model: "magenta", failure: nil)))
    #expect(requests(effects).count == 1 && state.instant.fetching == nil)
    #expect(press("I", &state).isEmpty)

    var other = ready(models: [])
    _ = press("I", &other)
    _ = update(&other, with: .instant(.fetched(model: "magenta", failure: "no network")))
    #expect(other.notice == .init(.error, "no network") && other.instant.models.isEmpty)
  }

  @Test func `a run has the threads for itself, unless the preview is looked at`() throws {
    var state = ready()
    _ = press("V", &state)
    _ = try painted(&state)
    #expect(requests(press(" ", &state)).isEmpty)
    let sample = LossHistory.Sample(iteration: 0, total: 1, content: 1, style: 1, tv: 1)
    _ = update(
      &state,
      with: .run(
        id: state.run.id,
        .iterated(
          sample, picture: picture(), scale: 64, secondsPerIteration: nil, memoryBytes: nil)))
    state.recipe.strength = 0.5
    #expect(requests(press("V", &state)).isEmpty)
    // The view behind the result is what one pass paints.
    #expect(requests(press("v", &state)).map(\.look.strength) == [0.5])
    #expect(state.preview.mode == .instant)
  }

  @Test func `a picture of another photograph is not shown`() throws {
    var state = ready()
    _ = press("V", &state)
    let request = try #require(state.instant.request)
    state.sources.content = loaded("/p/other.jpg")
    _ = update(&state, with: .instant(.painted(request, picture())))
    #expect(state.instantPicture == nil && state.shownMode == .content)
  }

  @Test func `a start in one pass paints at full size and can be gone on from`() throws {
    var state = ready()
    state.recipe.method = .instant
    state.focus = .preview
    let effects = press(" ", &state)
    guard case .start(1, let recipe, .recipe)? = effects.last else {
      Issue.record("\(effects)")
      return
    }
    #expect(recipe.method == .instant && recipe.styles.count == 2)
    let result = picture()
    _ = update(
      &state, with: .run(id: 1, .ended(.completed, picture: result, iterations: 0)))
    #expect(state.result == result && !state.run.isSaved)
    #expect(state.notice == .init(.success, "painted: s saves, f keeps"))
    #expect(press("m", &state).isEmpty && state.overlays.isEmpty)
    state.recipe.method = .optimize
    let more = addIterations(50, to: &state)
    guard case .start(2, _, .iterate(let picture, iteration: 0))? = more.last else {
      Issue.record("\(more)")
      return
    }
    #expect(picture == result)
  }

  @Test func `built-in styles need no painting`() throws {
    var state = ready()
    state.sources.styles = []
    #expect(state.missing == "add a painting first: a")
    state.recipe.method = .builtin([.init(number: 3)])
    #expect(state.missing == nil)
    let request = try #require(requests(press("V", &state)).first)
    #expect(request.styles.isEmpty && request.look.method == .builtin([.init(number: 3)]))
    guard case .start(_, let recipe, _)? = press(" ", &state).last else {
      Issue.record("no start")
      return
    }
    #expect(recipe.styles.isEmpty)
  }

  // MARK: The contact sheet

  @Test func `b shows the photograph in all styles, those in sight first`() throws {
    var state = ready()
    state.size = Size(columns: 40, rows: 12)
    state.contactSheet.selection = 20
    let effects = press("b", &state)
    #expect(state.screen == .styles)
    guard case .instant(.paintSheet(let request, let styles))? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(request == state.contactSheet.request && request.side == 192)
    let visible = ContactSheetLayout(state).tiles.map(\.style)
    #expect(visible.contains(20) && !visible.contains(0))
    #expect(styles.sorted() == Array(0..<26) && Array(styles.prefix(visible.count)) == visible)
    let tile = picture()
    _ = update(&state, with: .instant(.developed(request, style: 7, tile)))
    #expect(state.contactSheet.pictures[7] == tile && state.contactSheet.paintedCount == 1)
    _ = update(&state, with: .instant(.developed(request, style: 99, tile)))

    // What is painted is not painted again.
    #expect(press(KeyPress(.escape), &state).contains(.instant(.leaveSheet)))
    guard case .instant(.paintSheet(_, let rest))? = press("b", &state).first else {
      Issue.record("nothing is painted")
      return
    }
    #expect(rest.count == 25 && !rest.contains(7))
  }

  @Test func `enter adopts a style, space makes a blend`() throws {
    var state = ready()
    _ = press("b", &state)
    _ = press(KeyPress(.right), &state)
    _ = press(KeyPress(.enter), &state)
    #expect(state.screen == .workspace && state.recipe.method == .builtin([.init(number: 1)]))
    #expect(state.instant.request?.look.method == .builtin([.init(number: 1)]))

    _ = press("b", &state)
    #expect(state.contactSheet.selection == 1 && state.contactSheet.blend.isEmpty)
    _ = press(" ", &state)
    _ = press(KeyPress(.right), &state)
    _ = press(KeyPress(.enter, .shift), &state)
    let effects = press("+", &state)
    let blend = [Recipe.BuiltinStyle(number: 1), .init(number: 2, weight: 1.1)]
    #expect(state.contactSheet.blend == blend)
    #expect(requests(effects).map(\.look.method) == [.builtin(blend)])
    let picture = try painted(&state)
    #expect(state.blendPicture == picture)
    _ = press(KeyPress(.enter), &state)
    #expect(state.recipe.method == .builtin(blend))
    // The blend is there already.
    #expect(state.instantPicture == picture)
    _ = press("b", &state)
    #expect(state.contactSheet.blend == blend)
    _ = press("o", &state)
    #expect(state.recipe.method == .optimize && state.screen == .workspace)
  }

  @Test func `the sheet needs a photograph and the network`() {
    var state = ready(models: ["magenta"])
    #expect(press("b", &state) == [.instant(.fetch(model: "multistyle26"))])
    let effects = update(
      &state, with: .instant(.fetched(model: "multistyle26", failure: nil)))
    guard case .instant(.paintSheet)? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    state = ready()
    state.sources.content = nil
    #expect(press("b", &state).isEmpty && state.screen == .workspace)
    #expect(state.notice == .init(.warning, "choose a photograph first: o"))
  }

  @Test(arguments: [(200, 60), (120, 40), (80, 24), (40, 12)])
  func `styles have places of their own, in sight when they have the cursor`(
    columns: Int, rows: Int
  ) {
    var state = ready()
    state.size = Size(columns: columns, rows: rows)
    _ = press("b", &state)
    for style in 0..<26 {
      state.contactSheet.selection = style
      let layout = ContactSheetLayout(state)
      #expect(layout.tiles.contains { $0.style == style })
      for tile in layout.tiles {
        #expect(Rectangle(state.size).intersection(tile.area) == tile.area)
        #expect(layout.style(at: tile.picture.origin) == tile.style)
        #expect(!tile.picture.isEmpty)
      }
    }
  }
}
