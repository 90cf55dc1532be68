import Tensors
import Testing

@testable import Terminal

@Suite struct ProbeRepliesTests {
  private func replies(_ text: String) -> ProbeReplies { ProbeReplies(Array(text.utf8)) }

  private static let kitty =
    "\u{1B}P>|kitty(0.35.2)\u{1B}\\\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[6;20;9t\u{1B}[4;480;720t"
    + "\u{1B}]11;rgb:1c1c/2020/28ff\u{1B}\\\u{1B}[?2026;2$y\u{1B}[?62;c"

  private static let xterm =
    "\u{1B}P>|XTerm(379)\u{1B}\\\u{1B}[?1;0;256S\u{1B}[?2;0;1000;1000S\u{1B}]11;rgb:ff/ff/ff\u{7}"
    + "\u{1B}[?2026;0$y\u{1B}[?63;1;2;4;6;9;15;16;22;28;29c"

  @Test func `everything that kitty answers is understood`() {
    let replies = replies(Self.kitty)
    #expect(replies.name == "kitty(0.35.2)")
    #expect(replies.hasKittyGraphics)
    #expect(replies.cell == .init(width: 9, height: 20))
    #expect(replies.textArea == .init(width: 720, height: 480))
    #expect(replies.background == .rgb(red: 0x1C, green: 0x20, blue: 0x28))
    #expect(replies.isSynchronized)
    #expect(replies.attributes == [62, 0])
  }

  @Test func `everything that xterm answers is understood`() {
    let replies = replies(Self.xterm)
    #expect(replies.name == "XTerm(379)")
    #expect(!replies.hasKittyGraphics)
    #expect(replies.sixelColors == 256)
    #expect(replies.sixelLimit == .init(width: 1000, height: 1000))
    #expect(replies.background == .rgb(red: 255, green: 255, blue: 255))
    #expect(!replies.isSynchronized)
    #expect(replies.attributes?.contains(4) == true)
  }

  @Test func `keys between replies are passed over`() {
    let replies = replies("q\u{1B}[A\u{1B}OP\u{1B}\u{1B}[6;18;8tx\u{3}\u{1B}[?1;2c")
    #expect(replies.cell == .init(width: 8, height: 18))
    #expect(replies.attributes == [1, 2])
  }

  @Test func `a string that another sequence cuts off says nothing`() {
    let replies = replies("\u{1B}P>|kit\u{1B}[?1;2c")
    #expect(replies.name == nil)
    #expect(replies.attributes == [1, 2])
  }

  @Test func `a name cannot command the terminal that it is printed on`() {
    let name = replies("\u{1B}P>|evil\u{9B}31m\u{8}\u{1B}\\").name
    #expect(
      name?.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) } == false
    )
    #expect(replies("\u{1B}P>|\(String(repeating: "x", count: 500))\u{1B}\\").name?.count == 64)
  }

  @Test func `numbers beyond all sense count as none`() {
    let replies = replies("\u{1B}[6;99999999999999999999;8t\u{1B}[4;;t\u{1B}[?1;0;-5S")
    #expect(replies.cell == .init(width: 8, height: 0))
    #expect(WindowExtent().cell(replies) == nil)
  }

  @Test(arguments: [kitty, xterm])
  func `replies cut short or damaged are read without harm`(text: String) {
    let bytes = Array(text.utf8)
    for end in 0..<bytes.count {
      let replies = ProbeReplies(Array(bytes[..<end]))
      #expect(replies.attributes == nil)
    }
    var random = SeededRandom(seed: 1)
    for _ in 0..<20_000 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<damaged.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: damaged[place] = UInt8.random(in: 0...255, using: &random)
        case 1: damaged.remove(at: place)
        default:
          damaged.insert(
            [0x1B, 0x5B, 0x5C, 0x3B, 0x07].randomElement(using: &random) ?? 0, at: place)
        }
      }
      let replies = ProbeReplies(damaged)
      if let name = replies.name { #expect(name.count <= 64) }
    }
  }

  @Test func `rubbish is read without harm`() {
    var random = SeededRandom(seed: 2)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
        Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random)
          : Array("\u{1B}[]P_\\;?cSty$>|0123456789".utf8).randomElement(using: &random) ?? 0
      }
      let replies = ProbeReplies(bytes)
      if let cell = WindowExtent(columns: 80, rows: 24, width: 1, height: 1).cell(replies) {
        #expect(cell.isPlausible)
      }
    }
  }
}
