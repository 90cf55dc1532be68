import Terminal
import Testing

@testable import Studio

@Suite struct KeymapTests {
  private func studio(_ keymap: Keymap) -> StudioState {
    var state = StudioState(
      size: Size(columns: 120, rows: 40), traits: TerminalTraits(), themes: [.standard])
    state.keymap = keymap
    return state
  }

  private func press(_ label: String, _ state: inout StudioState) throws -> [StudioEffect] {
    update(&state, with: .input(.key(try #require(KeyPress(label: label)))))
  }

  private func problem(_ keymap: inout Keymap, _ name: String, _ labels: String...) -> Keymap
    .Problem?
  {
    do throws(Keymap.Problem) {
      try keymap.bind(name, to: labels)
      return nil
    } catch { return error }
  }

  @Test func `an action has the keys it was given and no others`() throws {
    var keymap = Keymap()
    try keymap.bind("theme", to: ["F9", "Ctrl-T"])
    var state = studio(keymap)
    _ = try press("t", &state)
    #expect(state.overlays.isEmpty)
    _ = try press("Ctrl-T", &state)
    #expect(state.overlays == [.themes(selection: 0, before: 0)])
  }

  @Test func `a key that was given away does what it was given for`() throws {
    var keymap = Keymap()
    try keymap.bind("theme", to: ["q"])
    var state = studio(keymap)
    #expect(try press("q", &state).isEmpty && state.overlays.count == 1)
    let quit = try #require(Action.all.first { $0.name == "quit" })
    #expect(quit.keys(in: state) == [KeyPress(.character("c"), .control)])
    #expect(keymap.losses.isEmpty)
    try keymap.bind("redraw", to: ["Ctrl-C"])
    #expect(keymap.losses.map(\.name) == ["quit"])
  }

  @Test func `an action without a key is in the palette only`() throws {
    var keymap = Keymap()
    try keymap.bind("theme", to: [])
    var state = studio(keymap)
    #expect(try press("t", &state).isEmpty && state.overlays.isEmpty)
    #expect(Action.matching("theme", in: state).contains { $0.name == "theme" })
  }

  @Test func `actions that take turns may share a key, others may not`() throws {
    var keymap = Keymap()
    for name in ["start", "pause", "resume"] { try keymap.bind(name, to: ["p"]) }
    #expect(problem(&keymap, "save", "p") == .taken(key: "p", by: "pause"))
    #expect(problem(&keymap, "picker-choose", "Ctrl-P") == nil)
    #expect(problem(&keymap, "gallery-adopt", "p") == nil, "another screen")
    #expect(keymap.labels(of: "save") == nil && keymap.labels(of: "start") == ["p"])
  }

  @Test func `what cannot be is said`() {
    var keymap = Keymap()
    #expect(problem(&keymap, "fly", "x") == .unknownAction("fly"))
    #expect(problem(&keymap, "save", "Banana") == .unknownKey("Banana"))
    #expect(problem(&keymap, "picker-grid", "g") == .typesText(key: "g"))
    #expect(problem(&keymap, "picker-grid", "F2") == nil)
    #expect(keymap != Keymap())
  }

  @Test func `the picker and the gallery listen to the user's keys`() throws {
    var keymap = Keymap()
    try keymap.bind("picker-close", to: ["F10"])
    try keymap.bind("gallery-back", to: ["Ctrl-B"])
    var state = studio(keymap)
    _ = openPicker(&state, for: .content)
    _ = try press("F10", &state)
    #expect(state.screen == .workspace)
    _ = openGallery(&state)
    _ = try press("Ctrl-B", &state)
    #expect(state.screen == .workspace)
  }

  @Test func `every action can be named, and no two actions at once`() {
    let names = Keymap.actions.map(\.name)
    #expect(Set(names).count == names.count && names.count > 60)
    #expect(Action.all.allSatisfy { names.contains($0.name) })
  }
}
