import Foundation
import Pictures
import Tensors
import Testing

@testable import Terminal

@Suite struct PictureRendererTests {
  private func render(
    _ source: PicturePlacement.Source, crop: PicturePlacement.Crop = .whole, columns: Int,
    rows: Int, traits: TerminalTraits
  ) -> Rendering.Content {
    let placement = PicturePlacement(
      slot: "slot", source: source, crop: crop,
      rectangle: Rectangle(column: 0, row: 0, columns: columns, rows: rows))
    var renderer = PictureRenderer()
    return renderer.render(
      RenderingRequest(
        key: RenderingKey(
          placement, size: Size(columns: columns, rows: rows), traits: traits),
        slot: "slot", source: source))
  }

  private func render(
    _ picture: Picture, columns: Int, rows: Int, traits: TerminalTraits
  ) -> Rendering.Content {
    render(.picture(IdentifiedPicture(picture)), columns: columns, rows: rows, traits: traits)
  }

  private func traits(
    _ graphics: TerminalTraits.Graphics, colors: TerminalTraits.Colors = .direct,
    glyphs: TerminalTraits.Glyphs = .full, cell: (Int, Int) = (10, 20), name: String? = nil
  ) -> TerminalTraits {
    TerminalTraits(
      colors: colors, glyphs: glyphs, graphics: graphics,
      cell: .init(width: cell.0, height: cell.1), name: name)
  }

  // MARK: - Kitty

  @Test func `a Kitty terminal gets the pixels exactly, in pieces it accepts`() throws {
    let picture = testPicture(120, 100)
    guard
      case .kitty(let kitty) = render(picture, columns: 12, rows: 5, traits: traits(.kitty))
    else {
      Issue.record("no Kitty picture")
      return
    }
    var terminal = KittyTerminal()
    try terminal.receive(kitty.transmission(number: 77))
    let image = try #require(terminal.images[77])
    #expect(image.pixels == picture.rgb)
    #expect(terminal.longestPiece <= 4096)
    for (key, value) in ["a": "T", "U": "1", "q": "2", "f": "24", "o": "z", "c": "12", "r": "5"] {
      #expect(image.keys[key] == value)
    }
    try terminal.receive(KittyPicture.deletion(number: 77))
    #expect(terminal.images.isEmpty)
  }

  @Test func `each cell of a Kitty picture names its row and column`() throws {
    guard
      case .kitty(let kitty) = render(
        testPicture(30, 30), columns: 3, rows: 2, traits: traits(.kitty))
    else {
      Issue.record("no Kitty picture")
      return
    }
    // The first three of the protocol's diacritics.
    let marks = ["\u{305}", "\u{30D}", "\u{30E}"]
    let expected = (0..<2).flatMap { row in
      (0..<3).map { "\u{10EEEE}\(marks[row])\(marks[$0])" }
    }
    #expect(kitty.placeholders.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }

  /// From Kitty's list: `gen/rowcolumn-diacritics.txt`.
  @Test func `there are 297 diacritics, as Kitty numbers them`() {
    let diacritics = KittyPicture.diacritics.map(\.value)
    #expect(diacritics.count == KittyPicture.largestSide)
    #expect(diacritics.prefix(8) == [0x305, 0x30D, 0x30E, 0x310, 0x312, 0x33D, 0x33E, 0x33F])
    #expect(diacritics[35...37] == [0x592, 0x593, 0x594])
    #expect(diacritics[100] == 0x7EB)
    #expect(diacritics[200] == 0x20D4)
    #expect(diacritics[296] == 0x1D244)
  }

  @Test func `no more pixels than there are go to a terminal that enlarges them itself`() throws {
    guard
      case .kitty(let kitty) = render(
        testPicture(32, 32), columns: 40, rows: 20, traits: traits(.kitty))
    else {
      Issue.record("no Kitty picture")
      return
    }
    #expect((kitty.width, kitty.height) == (32, 32))
  }

  // MARK: - iTerm2

  @Test func `an iTerm2 terminal gets a PNG of the picture`() throws {
    let picture = testPicture(80, 60)
    guard case .image(let bytes) = render(picture, columns: 8, rows: 3, traits: traits(.iterm))
    else {
      Issue.record("no image")
      return
    }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("\u{1B}]1337;File=inline=1;"))
    #expect(text.hasSuffix("\u{7}"))
    let parts = text.dropFirst("\u{1B}]1337;File=".count).dropLast().split(separator: ":")
    let file = try #require(Data(base64Encoded: String(parts[1])))
    let options = parts[0].split(separator: ";")
    for option in [
      "size=\(file.count)", "width=8", "height=3", "preserveAspectRatio=0", "doNotMoveCursor=1",
    ] {
      #expect(options.contains(Substring(option)))
    }
    #expect(try PictureDecoder.decode([UInt8](file), named: "image") == picture)
  }

  // MARK: - Sixels

  /// Heights with every remainder by six.
  @Test(arguments: [(7, 12), (5, 13), (5, 14), (5, 15), (5, 16), (5, 17), (1, 5)])
  func `sixels fill the rectangle and nothing else`(rows: Int, cellHeight: Int) throws {
    let (width, height) = (6 * 9, rows * cellHeight)
    let picture = testPicture(width, height)
    guard
      case .image(let bytes) = render(
        picture, columns: 6, rows: rows, traits: traits(.sixel, cell: (9, cellHeight)))
    else {
      Issue.record("no image")
      return
    }
    let raster = try SixelRaster(bytes)
    #expect((raster.width, raster.height) == (width, height))
    #expect(raster.pixels.count == width * height)
    #expect(raster.strayCount == 0)
    #expect(!raster.endsInNewLine)
    let painted = Picture(
      width: width, height: height,
      rgb: (0..<width * height).flatMap { index -> [UInt8] in
        guard let (red, green, blue) = raster.pixels[index] else { return [0, 0, 0] }
        return [red, green, blue]
      })
    // A palette of 256 colors in steps of a hundredth.
    #expect(meanDifference(painted, picture) < 6)
  }

  // MARK: - Characters

  @Test(arguments: [
    (SymbolSet.blocks, TerminalTraits.Colors.direct, 14.0), (.quadrants, .direct, 11),
    (.sextants, .direct, 10), (.quadrants, .indexed, 24), (.quadrants, .sixteen, 60),
  ])
  func `cells look like the picture`(
    set: SymbolSet, colors: TerminalTraits.Colors, tolerance: Double
  ) throws {
    let size = Size(columns: 24, rows: 12)
    let name = set == .sextants ? "foot(1.16.2)" : nil
    let picture = testPicture(96, 48)
    let terminal = traits(
      .symbols, colors: colors, glyphs: set == .blocks ? .blocks : .full, name: name)
    #expect(SymbolSet(terminal) == set)
    guard
      case .cells(let cells) = render(
        picture, columns: size.columns, rows: size.rows, traits: terminal)
    else {
      Issue.record("no cells")
      return
    }
    let raster = try CellRaster(cells, size: size)
    let side = CellRaster.side
    let expected = picture.scaled(
      picture.whole, width: size.columns * side, height: size.rows * side,
      on: Workers(threads: 1))
    #expect(meanDifference(raster.picture, expected) < tolerance)
  }

  @Test func `colors keep to what the terminal has`() {
    for (colors, isRight) in [
      (TerminalTraits.Colors.indexed, { (index: UInt8) in index >= 16 }),
      (.sixteen, { (index: UInt8) in index < 16 }),
    ] {
      guard
        case .cells(let cells) = render(
          testPicture(64, 64), columns: 16, rows: 8, traits: traits(.symbols, colors: colors))
      else { continue }
      for color in cells.flatMap({ [$0.style.foreground, $0.style.background] }) {
        switch color {
        case .indexed(let index): #expect(isRight(index))
        case .standard: break
        case .rgb: Issue.record("\(color) with \(colors)")
        }
      }
    }
  }

  @Test func `ASCII is enough where there is no more`() {
    for colors in [TerminalTraits.Colors.none, .direct] {
      guard
        case .cells(let cells) = render(
          testPicture(64, 64), columns: 16, rows: 8,
          traits: traits(.ascii, colors: colors, glyphs: .ascii))
      else {
        Issue.record("no cells")
        return
      }
      #expect(cells.count == 16 * 8)
      #expect(
        cells.allSatisfy { cell in
          guard case .text(let text) = cell.content else { return false }
          return text.utf8.count == 1
        })
    }
  }

  @Test func `without colors, ink is where the light is`() throws {
    // Wide enough that the filter's ringing between the halves stays out of the outer cells.
    let half = Picture(
      width: 40, height: 1,
      rgb: [UInt8](repeating: 255, count: 60) + [UInt8](repeating: 0, count: 60))
    for (isLight, expected) in [(false, ["█", " "]), (true, [" ", "█"])] {
      var terminal = traits(.symbols, colors: .none)
      terminal.background = isLight ? .rgb(red: 250, green: 250, blue: 240) : nil
      guard
        case .cells(let cells) = render(
          half, columns: 2, rows: 1, traits: terminal)
      else {
        Issue.record("no cells")
        return
      }
      #expect(cells.map(\.content) == expected.map { .text($0) })
      #expect(cells.allSatisfy { $0.style == Style() })
    }
  }

  @Test func `what is transparent shows white`() throws {
    let clear = Picture(
      width: 4, height: 4, rgb: [UInt8](repeating: 10, count: 48),
      alpha: [UInt8](repeating: 0, count: 16))
    guard
      case .cells(let cells) = render(clear, columns: 2, rows: 2, traits: traits(.symbols))
    else {
      Issue.record("no cells")
      return
    }
    #expect(
      cells == Array(repeating: Cell(style: Style(background: Color(hex: 0xFFFFFF))), count: 4))
  }

  @Test func `equal pictures do not differ, unequal ones do where they are`() {
    let one = testPicture(20, 10)
    var changed = one.rgb
    for index in 0..<30 { changed[index] ^= 0xFF }
    let other = Picture(width: 20, height: 10, rgb: changed)
    let workers = Workers(threads: 1)
    #expect(
      DifferenceRenderer.difference(one, one, on: workers).rgb
        == [UInt8](repeating: 0, count: 600))
    let difference = DifferenceRenderer.difference(one, other, on: workers)
    #expect(difference.rgb.prefix(3).reduce(0) { $0 + Int($1) } > 300)
    #expect(difference.rgb.dropFirst(30).allSatisfy { $0 == 0 })
  }

  @Test func `a difference grows lighter with every step`() {
    let black = Picture(width: 256, height: 1, rgb: [UInt8](repeating: 0, count: 768))
    let slope = Picture(
      width: 256, height: 1, rgb: (0..<256).flatMap { [UInt8](repeating: UInt8($0), count: 3) })
    let difference = DifferenceRenderer.difference(black, slope, on: Workers(threads: 1))
    let lights = (0..<64).map {
      luma(difference.rgb[3 * $0], difference.rgb[3 * $0 + 1], difference.rgb[3 * $0 + 2])
    }
    #expect(lights == lights.sorted())
    #expect(Set(lights).count > 50)
  }

  @Test func `pictures of one pixel and slots of one cell are rendered in every way`() {
    let pixel = Picture(width: 1, height: 1, rgb: [200, 100, 50])
    for graphics in TerminalTraits.Graphics.allCases {
      for colors in [TerminalTraits.Colors.none, .sixteen, .indexed, .direct] {
        for (columns, rows) in [(1, 1), (3, 1), (1, 4)] {
          switch render(
            pixel, columns: columns, rows: rows, traits: traits(graphics, colors: colors))
          {
          case .cells(let cells): #expect(cells.count == columns * rows)
          case .kitty(let kitty): #expect(kitty.placeholders.count == columns * rows)
          case .image(let bytes): #expect(!bytes.isEmpty)
          }
        }
      }
    }
  }
}
