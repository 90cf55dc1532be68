import Terminal
import Testing

@testable import Studio

@Suite struct ViewGoldenTests {
  private static let ascii = TerminalTraits(
    colors: .sixteen, glyphs: .ascii, graphics: .ascii, graphicsReason: "asked for")
  private static let blocks = TerminalTraits(colors: .indexed, glyphs: .blocks)
  private static let colorless = TerminalTraits(colors: .none, glyphs: .full)

  private func text(_ state: StudioState) -> String {
    let surface = view(state)
    return SurfaceText.characters(surface) + SurfaceText.placements(surface)
  }

  @Test(arguments: SampleState.allCases)
  func `views look as recorded at 80×24`(sample: SampleState) throws {
    try Golden.expect(text(sample.state(80, 24)), matches: "\(sample)-80x24")
  }

  @Test(arguments: SampleState.allCases)
  func `views look as recorded at 40×12`(sample: SampleState) throws {
    try Golden.expect(text(sample.state(40, 12)), matches: "\(sample)-40x12")
  }

  @Test(arguments: [SampleState.running, .manyStyles, .help, .paused, .exploring])
  func `views look as recorded at 200×60`(sample: SampleState) throws {
    try Golden.expect(text(sample.state(200, 60)), matches: "\(sample)-200x60")
  }

  @Test(arguments: [SampleState.queue, .film])
  func `the queue looks as recorded at 120×40`(sample: SampleState) throws {
    try Golden.expect(text(sample.state(120, 40)), matches: "\(sample)-120x40")
  }

  @Test(arguments: [SampleState.instant, .styles, .blending])
  func `painting in one pass looks as recorded at 120×40`(sample: SampleState) throws {
    try Golden.expect(text(sample.state(120, 40)), matches: "\(sample)-120x40")
  }

  @Test func `the exploration looks as recorded at 120×40`() throws {
    try Golden.expect(text(SampleState.exploring.state(120, 40)), matches: "exploring-120x40")
    try Golden.expect(
      SurfaceText.looks(view(SampleState.exploring.state(80, 24)), SampleState.allThemes[1]),
      matches: "exploring-\(SampleState.allThemes[1].slug)")
  }

  @Test func `narrow and high windows stack the panes`() throws {
    try Golden.expect(text(SampleState.paused.state(60, 40)), matches: "paused-60x40")
  }

  @Test func `a window that is too small says so`() throws {
    try Golden.expect(text(SampleState.running.state(30, 8)), matches: "running-30x8")
    try Golden.expect(text(SampleState.help.state(12, 6)), matches: "help-12x6")
  }

  @Test(arguments: [
    SampleState.steered, .prompt, .strangeNames, .exploring, .exploringPaintings, .blending,
  ])
  func `lesser character sets look as recorded`(sample: SampleState) throws {
    try Golden.expect(
      text(sample.state(80, 24, traits: Self.ascii)), matches: "\(sample)-80x24-ascii")
    try Golden.expect(
      text(sample.state(80, 24, traits: Self.blocks)), matches: "\(sample)-80x24-blocks")
  }

  @Test(arguments: SampleState.allThemes.indices)
  func `every theme looks as recorded`(theme: Int) throws {
    for sample in [SampleState.steered, .themes, .palette] {
      let state = sample.state(80, 24, theme: theme)
      try Golden.expect(
        SurfaceText.looks(view(state), state.theme), matches: "\(sample)-\(state.theme.slug)")
    }
  }

  @Test func `without colors there are attributes`() throws {
    let state = SampleState.steered.state(80, 24, traits: Self.colorless)
    try Golden.expect(text(state), matches: "steered-80x24-colorless")
    try Golden.expect(
      SurfaceText.looks(view(state), .monochrome), matches: "steered-colorless")
  }
}
