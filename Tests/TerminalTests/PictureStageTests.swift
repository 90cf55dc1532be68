import Dispatch
import Foundation
import Pictures
import Testing

@testable import Terminal

@Suite struct PictureStageTests {
  /// A stage and a way to wait until it has something new.
  private final class Theater {
    let stage: PictureStage
    private let ready = DispatchSemaphore(value: 0)

    init(cacheBytes: Int = 1 << 24) {
      let ready = ready
      stage = PictureStage(cacheBytes: cacheBytes) { ready.signal() }
    }

    func wait(for count: Int = 1) {
      for _ in 0..<count { #expect(ready.wait(timeout: .now() + 60) == .success) }
    }

    /// The frame when all is ready.
    func finished(_ surface: Surface, _ traits: TerminalTraits) -> StagedFrame {
      let before = stage.stage(surface, traits: traits)
      wait(for: Set(surface.placements.map(\.slot)).count)
      var frame = stage.stage(surface, traits: traits)
      frame.transmissions = before.transmissions + frame.transmissions
      return frame
    }
  }

  private func surface(
    _ picture: IdentifiedPicture, columns: Int = 8, rows: Int = 4, at column: Int = 1,
    slot: String = "preview"
  ) -> Surface {
    var surface = Surface(size: Size(columns: 20, rows: 10))
    surface.place(
      PicturePlacement(
        slot: slot, source: .picture(picture),
        rectangle: Rectangle(column: column, row: 1, columns: columns, rows: rows)))
    return surface
  }

  private func plain(_ value: UInt8) -> IdentifiedPicture {
    IdentifiedPicture(
      Picture(width: 16, height: 16, rgb: [UInt8](repeating: value, count: 768)))
  }

  private func cell(_ frame: StagedFrame, _ column: Int, _ row: Int) -> Cell {
    frame.cells[row * 20 + column]
  }

  private func gray(_ value: UInt8) -> Cell {
    Cell(style: Style(background: .rgb(red: value, green: value, blue: value)))
  }

  private let symbols = TerminalTraits(colors: .direct, glyphs: .full, graphics: .symbols)
  private let kitty = TerminalTraits(colors: .direct, glyphs: .full, graphics: .kitty)
  private let sixel = TerminalTraits(colors: .direct, glyphs: .full, graphics: .sixel)

  @Test func `a picture is blank at first, and there when it is ready`() {
    let theater = Theater()
    let surface = surface(plain(90))
    let first = theater.stage.stage(surface, traits: symbols)
    #expect(first.cells == Array(repeating: Cell(), count: 200))
    theater.wait()
    let second = theater.stage.stage(surface, traits: symbols)
    #expect(cell(second, 1, 1) == gray(90))
    #expect(cell(second, 8, 4) == gray(90))
    #expect(cell(second, 0, 1) == Cell())
    #expect(cell(second, 9, 1) == Cell())
    #expect(second.images.isEmpty && second.transmissions.isEmpty)
  }

  @Test func `a predecessor stays until its successor is ready`() {
    let theater = Theater()
    _ = theater.finished(surface(plain(90)), symbols)
    let next = surface(plain(200))
    #expect(cell(theater.stage.stage(next, traits: symbols), 4, 2) == gray(90))
    theater.wait()
    #expect(cell(theater.stage.stage(next, traits: symbols), 4, 2) == gray(200))
  }

  @Test func `a picture that came too late is shown rather than none`() {
    let theater = Theater()
    _ = theater.stage.stage(surface(plain(10)), traits: symbols)
    theater.wait()
    let late = theater.stage.stage(surface(plain(20)), traits: symbols)
    #expect(cell(late, 4, 2) == gray(10))
  }

  @Test func `a picture that moves goes along; one that grows is shown where it was`() {
    let theater = Theater()
    let picture = plain(90)
    _ = theater.finished(surface(picture), symbols)
    #expect(cell(theater.stage.stage(surface(picture, at: 5), traits: symbols), 12, 1) == gray(90))
    let wider = theater.stage.stage(surface(picture, columns: 10, at: 5), traits: symbols)
    #expect(cell(wider, 12, 1) == gray(90))
    #expect(cell(wider, 13, 1) == Cell())
  }

  @Test func `what lies over a picture is left alone`() {
    let theater = Theater()
    var surface = surface(plain(90))
    surface.write("OK", column: 3, row: 2, style: Style())
    let frame = theater.finished(surface, symbols)
    #expect(cell(frame, 3, 2) == Cell(.text("O")))
    #expect(cell(frame, 5, 2) == gray(90))
  }

  @Test func `what was seen before is there at once, within the memory for it`() {
    let picture = plain(90)
    let roomy = Theater()
    _ = roomy.finished(surface(picture), symbols)
    _ = roomy.finished(surface(plain(10)), symbols)
    #expect(cell(roomy.stage.stage(surface(picture), traits: symbols), 4, 2) == gray(90))

    let narrow = Theater(cacheBytes: 1)
    _ = narrow.finished(surface(picture), symbols)
    _ = narrow.finished(surface(plain(10)), symbols)
    #expect(cell(narrow.stage.stage(surface(picture), traits: symbols), 4, 2) == gray(10))
  }

  @Test func `what memory has no room for is not made over and over`() {
    var surface = surface(plain(90))
    surface.place(
      PicturePlacement(
        slot: "other", source: .picture(plain(30)),
        rectangle: Rectangle(column: 12, row: 1, columns: 4, rows: 4)))
    let theater = Theater(cacheBytes: 1)
    _ = theater.stage.stage(surface, traits: symbols)
    #expect(!theater.stage.isComplete)
    theater.wait(for: 2)
    for _ in 0..<2 {
      let frame = theater.stage.stage(surface, traits: symbols)
      #expect(cell(frame, 4, 2) == gray(90))
      #expect(cell(frame, 13, 2) == gray(30))
      #expect(theater.stage.isComplete)
    }
  }

  // MARK: - Kitty

  /// The number that a cell's color carries.
  private func number(_ cell: Cell) -> Int? {
    switch cell.style.foreground {
    case .rgb(let red, let green, let blue): Int(red) << 16 | Int(green) << 8 | Int(blue)
    case .indexed(let index): Int(index)
    case .standard: nil
    }
  }

  @Test(arguments: [TerminalTraits.Colors.direct, .indexed])
  func `cells of a Kitty picture name a picture that the terminal holds`(
    colors: TerminalTraits.Colors
  ) throws {
    var traits = kitty
    traits.colors = colors
    let theater = Theater()
    var terminal = KittyTerminal()
    for value in [UInt8(90), 200, 30] {
      let frame = theater.finished(surface(plain(value)), traits)
      try terminal.receive(frame.transmissions)
      let id = try #require(number(cell(frame, 8, 4)))
      let image = try #require(terminal.images[id])
      #expect(image.pixels.allSatisfy { $0 == value })
      #expect(cell(frame, 8, 4).content == .text(KittyPicture.placeholder(column: 7, row: 3)))
    }
    // The one on the screen and the one it replaced.
    #expect(terminal.images.count == 2)
    try terminal.receive(
      theater.stage.stage(Surface(size: Size(columns: 20, rows: 10)), traits: traits).transmissions)
    try terminal.receive(theater.stage.farewell)
    #expect(terminal.images.keys.isEmpty)
  }

  @Test func `a picture goes to a Kitty terminal once, and again when it was lost`() throws {
    let theater = Theater()
    let surface = surface(plain(90))
    let first = theater.finished(surface, kitty)
    #expect(!first.transmissions.isEmpty)
    #expect(theater.stage.stage(surface, traits: kitty).transmissions.isEmpty)
    theater.stage.forgetTransmissions()
    let again = theater.stage.stage(surface, traits: kitty)
    var terminal = KittyTerminal()
    try terminal.receive(again.transmissions)
    #expect(terminal.images.keys.map { $0 } == [number(cell(again, 1, 1))])
  }

  @Test func `tmux hands Kitty's sequences on`() throws {
    var traits = kitty
    traits.isInsideTmux = true
    let frame = Theater().finished(surface(plain(90)), traits)
    let text = String(decoding: frame.transmissions, as: UTF8.self)
    #expect(text.hasPrefix("\u{1B}Ptmux;\u{1B}\u{1B}_G"))
    #expect(text.hasSuffix("\u{1B}\u{1B}\\\u{1B}\\"))
  }

  @Test func `more pictures than numbers leave the rest blank`() {
    var surface = Surface(size: Size(columns: 20, rows: 20))
    let picture = plain(90)
    for index in 0..<300 {
      surface.place(
        PicturePlacement(
          slot: "\(index)", source: .picture(picture),
          rectangle: Rectangle(column: index % 20, row: index / 20, columns: 1, rows: 1)))
    }
    let theater = Theater()
    _ = theater.stage.stage(surface, traits: kitty)
    theater.wait()
    let frame = theater.stage.stage(surface, traits: kitty)
    #expect(frame.cells.filter { number($0) != nil }.count == 240)
    #expect(Set(frame.cells.compactMap(number)).count == 240)
  }

  // MARK: - Sixels

  @Test func `sixels lie over blanks, and their identity tells whether they are the same`() throws {
    let theater = Theater()
    let picture = plain(90)
    let frame = theater.finished(surface(picture), sixel)
    #expect(frame.cells == Array(repeating: Cell(), count: 200))
    let image = try #require(frame.images.first)
    #expect(image.rectangle == Rectangle(column: 1, row: 1, columns: 8, rows: 4))
    #expect(!image.isCovered)
    let raster = try SixelRaster(image.bytes)
    #expect((raster.width, raster.height) == (64, 64))
    #expect(theater.stage.stage(surface(picture), traits: sixel).images == frame.images)
    let other = theater.finished(surface(plain(91)), sixel)
    #expect(other.images.first?.identity != image.identity)
  }

  @Test func `a dialog covers sixels`() throws {
    let theater = Theater()
    var surface = surface(plain(90))
    surface.write("OK", column: 3, row: 2, style: Style())
    #expect(theater.finished(surface, sixel).images.map(\.isCovered) == [true])
  }

  @Test func `sixels stay off the last row and within the terminal's limit`() throws {
    let theater = Theater()
    var surface = Surface(size: Size(columns: 20, rows: 10))
    surface.place(
      PicturePlacement(
        slot: "preview", source: .picture(plain(90)),
        rectangle: Rectangle(column: 0, row: 2, columns: 20, rows: 8)))
    let whole = theater.finished(surface, sixel)
    #expect(
      whole.images.map(\.rectangle) == [Rectangle(column: 0, row: 2, columns: 20, rows: 7)])
    var limited = sixel
    limited.pictureLimit = .init(width: 100, height: 1000)
    let part = theater.finished(surface, limited)
    #expect(
      part.images.map(\.rectangle) == [Rectangle(column: 4, row: 3, columns: 12, rows: 4)])
    let raster = try SixelRaster(try #require(part.images.first).bytes)
    #expect((raster.width, raster.height) == (96, 64))
  }
}
