import Files
import Pictures
import Recipes
import Terminal
import Testing

@testable import Studio

/// Masks are chosen, shown, thresholded and taken away.
@Suite struct MaskUpdateTests {
  private func picture() -> IdentifiedPicture {
    IdentifiedPicture(Picture(width: 4, height: 4, rgb: Array(repeating: 9, count: 48)))
  }

  private func loaded(_ width: Int = 400, _ height: Int = 300) -> Source.Content {
    .loaded(thumbnail: picture(), width: width, height: height)
  }

  /// A studio with a photograph and two paintings, the second one selected.
  private func ready() -> StudioState {
    var state = StudioState(
      size: Size(columns: 120, rows: 40), traits: TerminalTraits(), themes: [.standard])
    state.sources.content = Source(path: "/p/harbor.jpg", content: loaded())
    state.sources.styles = ["/p/knife.jpg", "/p/ink.jpg"].map {
      StyleSource(source: Source(path: $0, content: loaded()))
    }
    state.sources.selection = 2
    state.focus = .sources
    return state
  }

  private func press(_ character: Character, _ state: inout StudioState) -> [StudioEffect] {
    update(&state, with: .input(.key(KeyPress(.character(character)))))
  }

  /// Chooses a picture in the browser that is open.
  private func choose(_ path: String, _ state: inout StudioState) -> [StudioEffect] {
    finishChoice(&state, [path], from: [RawPath(path)])
  }

  @Test func `a painting's mask is chosen, read, shown and becomes part of the recipe`() {
    var state = ready()
    _ = press("m", &state)
    #expect(state.screen == .picker && state.picker.role == .mask(1))
    #expect(!state.picker.isMultiple)
    let effects = choose("/m/sky.png", &state)
    #expect(effects.contains(.load(.mask(1), path: "/m/sky.png")))
    #expect(state.screen == .workspace && state.preview.mode == .mask)
    #expect(!state.sources.isComplete)

    let asked = update(
      &state, with: .sourceLoaded(.mask(1), path: "/m/sky.png", loaded(200, 150)))
    let request = MaskOverlay.Request(
      content: "/p/harbor.jpg", mask: "/m/sky.png", threshold: nil)
    #expect(asked.contains(.layMask(request)))
    #expect(state.sources.isComplete)
    #expect(state.completeRecipe.styles.map(\.mask) == [nil, "/m/sky.png"])
    let overlay = picture()
    #expect(update(&state, with: .maskLaid(request, overlay)).isEmpty)
    #expect(state.maskOverlay.picture == overlay)
  }

  @Test func `the photograph's mask says what stays`() {
    var state = ready()
    state.sources.selection = 0
    _ = press("m", &state)
    #expect(state.picker.role == .protection)
    #expect(choose("/m/face.png", &state).contains(.load(.protection, path: "/m/face.png")))
    _ = update(&state, with: .sourceLoaded(.protection, path: "/m/face.png", loaded()))
    #expect(state.completeRecipe.protect == "/m/face.png")
    _ = press("M", &state)
    #expect(state.completeRecipe.protect == nil && state.shownMode == .content)
  }

  @Test func `a mask of another shape is complained about, one that cannot be read named`() {
    var state = ready()
    state.sources.styles[1].mask = Source(path: "/m/sky.png")
    _ = update(&state, with: .sourceLoaded(.mask(1), path: "/m/sky.png", loaded(300, 300)))
    #expect(state.notice?.kind == .warning && state.notice?.text.contains("another shape") == true)
    _ = update(&state, with: .sourceLoaded(.mask(1), path: "/m/sky.png", .failed("no picture")))
    #expect(!state.sources.isComplete && state.sources.missing(paintings: true) == "no picture")
  }

  @Test func `the threshold is typed, and the overlay follows`() {
    var state = ready()
    state.sources.styles[1].mask = Source(path: "/m/sky.png", content: loaded())
    state.preview.mode = .mask
    _ = press("T", &state)
    for character in "0.5" { _ = press(character, &state) }
    let effects = update(&state, with: .input(.key(KeyPress(.enter))))
    #expect(state.recipe.maskThreshold == 0.5 && state.overlays.isEmpty)
    #expect(
      effects == [
        .layMask(.init(content: "/p/harbor.jpg", mask: "/m/sky.png", threshold: 0.5))
      ])
    _ = press("T", &state)
    for _ in 0..<3 { _ = update(&state, with: .input(.key(KeyPress(.backspace)))) }
    _ = press("7", &state)
    _ = update(&state, with: .input(.key(KeyPress(.enter))))
    guard case .prompt(let prompt) = state.overlays.last else {
      Issue.record("the answer was taken")
      return
    }
    #expect(prompt.complaint != nil && state.recipe.maskThreshold == 0.5)
  }

  @Test func `a running job keeps its masks`() {
    var state = ready()
    _ = press(" ", &state)
    let before = state.run.recipe
    state.sources.styles[1].mask = Source(path: "/m/sky.png", content: loaded())
    state.sources.styles[1].weight = 3
    #expect(steer(&state).isEmpty && state.run.recipe == before)
  }

  @Test func `the mask's view is left out where there is no mask`() {
    var state = ready()
    for _ in 0..<12 {
      _ = press("v", &state)
      #expect(state.preview.mode != .mask)
    }
    state.sources.protection = Source(path: "/m/face.png", content: loaded())
    var modes: Set<Preview.Mode> = []
    for _ in 0..<12 {
      _ = press("v", &state)
      modes.insert(state.preview.mode)
    }
    #expect(modes == Set(Preview.Mode.allCases))
  }
}
