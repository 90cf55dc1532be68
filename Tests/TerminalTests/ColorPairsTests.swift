import Testing

@testable import Terminal

@Suite struct ColorPairsTests {
  private static let direct = Int(TerminfoEntry.firstIndexed) + 256

  private func number(_ color: Color, of count: Int) -> Int32 {
    var palette = TerminalPalette(count: count)
    return palette.number(of: color)
  }

  @Test func `direct colors are their own numbers, numbered ones come after them`() {
    #expect(number(Color(hex: 0x010203), of: Self.direct) == 0x010203)
    #expect(number(Color(hex: 0xFFFFFF), of: Self.direct) == 0xFFFFFF)
    #expect(number(Color(hex: 0), of: Self.direct) == 0)
    #expect(number(.indexed(200), of: Self.direct) == 0x1000000 + 200)
    #expect(number(.standard, of: Self.direct) == -1)
  }

  @Test func `the 256 map colors that they have to themselves`() {
    #expect(number(Color(hex: 0x000000), of: 256) == 16)
    #expect(number(Color(hex: 0xFFFFFF), of: 256) == 231)
    #expect(number(Color(hex: 0x5F87AF), of: 256) == 67)
    #expect(number(Color(hex: 0x1C1C1C), of: 256) == 234)
    #expect(number(.indexed(3), of: 256) == 3)
    for step in 0..<24 {
      let level = UInt8(8 + 10 * step)
      #expect(number(.rgb(red: level, green: level, blue: level), of: 256) == 232 + Int32(step))
    }
  }

  @Test func `near colors go to the nearest`() {
    #expect(number(Color(hex: 0xFE0203), of: 256) == 196)
    #expect(number(Color(hex: 0xFE0203), of: 16) == 9)
    #expect(number(Color(hex: 0x0A0A0A), of: 16) == 0)
    #expect(number(Color(hex: 0xF8F8F0), of: 16) == 15)
    #expect(number(Color(hex: 0x808080), of: 16) == 8)
    #expect(number(.indexed(196), of: 8) == 1)
    #expect(number(.indexed(12), of: 8) == 4)
  }

  @Test func `pairs are defined once and run out`() {
    var pairs = ColorPairs(palette: TerminalPalette(count: Self.direct), capacity: 3)
    var defined: [ColorPairs.Pair] = []
    func ask(_ foreground: Color, _ background: Color) -> Int32? {
      pairs.number(foreground: foreground, background: background) { number, pair in
        #expect(Int(number) == defined.count + 1)
        defined.append(pair)
      }
    }
    #expect(ask(.standard, .standard) == 0)
    #expect(ask(Color(hex: 1), .standard) == 1)
    #expect(ask(Color(hex: 2), Color(hex: 3)) == 2)
    #expect(ask(Color(hex: 1), .standard) == 1)
    #expect(ask(Color(hex: 4), .standard) == nil)
    #expect(
      defined == [.init(foreground: 1, background: -1), .init(foreground: 2, background: 3)])
    pairs.removeAll()
    defined.removeAll()
    #expect(ask(Color(hex: 4), .standard) == 1)
  }

  @Test func `text stays visible where its color and the background's have the same nearest one`() {
    var pairs = ColorPairs(palette: TerminalPalette(count: 16), capacity: 256)
    _ = pairs.number(foreground: Color(hex: 0x101010), background: Color(hex: 0x080808)) {
      _, pair in
      #expect(pair.foreground != pair.background)
    }
  }

  @Test func `without colors there is one pair`() {
    var pairs = ColorPairs(palette: TerminalPalette(count: 0), capacity: 0)
    #expect(
      pairs.number(foreground: Color(hex: 1), background: .indexed(3)) { _, _ in
        Issue.record("no pair can be defined")
      } == 0)
  }
}
