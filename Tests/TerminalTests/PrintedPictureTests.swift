import Pictures
import Testing

@testable import Terminal

@Suite struct PrintedPictureTests {
  private func picture(_ width: Int, _ height: Int) -> Picture {
    Picture(
      width: width, height: height,
      rgb: (0..<width * height).flatMap { [UInt8($0 % 251), UInt8($0 / 7 % 256), 90] })
  }

  private func traits(
    _ graphics: TerminalTraits.Graphics, _ colors: TerminalTraits.Colors = .direct
  ) -> TerminalTraits {
    TerminalTraits(
      colors: colors, glyphs: .full, graphics: graphics,
      cell: TerminalTraits.CellPixels(width: 10, height: 20))
  }

  private let window = Size(columns: 80, rows: 24)

  @Test(arguments: [TerminalTraits.Colors.none, .sixteen, .indexed, .direct])
  func `symbols are lines that fit and leave the colors as they were`(colors: TerminalTraits.Colors)
    throws
  {
    let bytes = PrintedPicture.bytes(
      of: picture(64, 32), in: window, traits: traits(.symbols, colors))
    let text = try #require(String(validating: bytes, as: UTF8.self))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.last == "" && lines.count - 1 == 20)
    for line in lines.dropLast() {
      let plain = line.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
      #expect(plain.unicodeScalars.count == 80)
      #expect(!plain.contains("\u{1B}"))
      #expect(line.contains("\u{1B}") == line.hasSuffix("\u{1B}[0m"))
      #expect(line.contains("8;2;") == (colors == .direct))
    }
  }

  @Test func `a picture keeps its proportions, and pixels are never enlarged`() {
    func size(_ width: Int, _ height: Int, _ graphics: TerminalTraits.Graphics) -> Size {
      PrintedPicture.size(of: picture(width, height), in: window, traits: traits(graphics))
    }
    #expect(size(1600, 800, .sixel) == Size(columns: 80, rows: 20))
    #expect(size(100, 100, .kitty) == Size(columns: 10, rows: 5))
    #expect(size(100, 100, .symbols) == Size(columns: 44, rows: 22))
    #expect(size(4000, 10, .iterm) == Size(columns: 80, rows: 1))
    #expect(size(10, 4000, .symbols) == Size(columns: 1, rows: 22))
    let tiny = PrintedPicture.size(
      of: picture(50, 50), in: Size(columns: 1, rows: 1), traits: traits(.symbols))
    #expect(tiny == Size(columns: 1, rows: 1))
  }

  @Test func `sixels get their room first and the cursor ends below them`() throws {
    let bytes = PrintedPicture.bytes(of: picture(100, 60), in: window, traits: traits(.sixel))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("\n\n\n\u{1B}[3A\u{1B}7\u{1B}P"))
    #expect(text.hasSuffix("\u{1B}\\\u{1B}8\u{1B}[3B\r"))
  }

  @Test func `Kitty's pixels go ahead of the cells that show them`() throws {
    let bytes = PrintedPicture.bytes(of: picture(100, 60), in: window, traits: traits(.kitty))
    let text = String(decoding: bytes, as: UTF8.self)
    let number = try #require(text.firstMatch(of: #/i=(\d+)/#).flatMap { Int($0.1) })
    #expect(text.hasPrefix("\u{1B}_Ga=T,U=1"))
    #expect(text.contains("38;2;\(number >> 16 & 255);\(number >> 8 & 255);\(number & 255)m"))
    #expect(text.unicodeScalars.count { $0.value == 0x10EEEE } == 30)
  }
}
