import Tensors
import Testing

@testable import Terminal

@Suite struct InputParserTests {
  /// What a parser makes of bytes that come in pieces, with a silence at the end.
  private func events(_ pieces: String..., silent: Bool = true) -> [InputEvent] {
    var parser = InputParser()
    var events = pieces.flatMap { parser.parse($0.utf8) }
    if silent { events += parser.flush() }
    return events
  }

  private func keys(_ keys: KeyPress...) -> [InputEvent] { keys.map { .key($0) } }

  @Test func `characters are keys`() {
    #expect(
      events("aZ é日🎨")
        == keys(
          .init(.character("a")), .init(.character("Z")), .init(.character(" ")),
          .init(.character("é")), .init(.character("日")), .init(.character("🎨"))))
  }

  @Test func `control characters are keys`() {
    #expect(
      events("\r\t\u{7F}\u{08}\u{01}\u{00}\u{1C}\u{03}")
        == keys(
          .init(.enter), .init(.tab), .init(.backspace), .init(.backspace),
          .init(.character("a"), .control), .init(.character(" "), .control),
          .init(.character("\\"), .control), .init(.character("c"), .control)))
  }

  private static let sequences: [(String, KeyPress)] = [
    ("[A", .init(.up)), ("OB", .init(.down)), ("[C", .init(.right)), ("OD", .init(.left)),
    ("[H", .init(.home)), ("OF", .init(.end)), ("[1~", .init(.home)), ("[4~", .init(.end)),
    ("[7~", .init(.home)), ("[8~", .init(.end)), ("[2~", .init(.insert)), ("[3~", .init(.delete)),
    ("[5~", .init(.pageUp)), ("[6~", .init(.pageDown)), ("[Z", .init(.tab, .shift)),
    ("OP", .init(.function(1))), ("[[A", .init(.function(1))), ("[[E", .init(.function(5))),
    ("[11~", .init(.function(1))), ("[15~", .init(.function(5))), ("[17~", .init(.function(6))),
    ("[21~", .init(.function(10))), ("[23~", .init(.function(11))),
    ("[24~", .init(.function(12))), ("[1;5P", .init(.function(1), .control)),
    ("[1;2R", .init(.function(3), .shift)), ("[1;2C", .init(.right, .shift)),
    ("[1;3A", .init(.up, .alt)), ("[1;5D", .init(.left, .control)),
    ("[1;8B", .init(.down, [.shift, .alt, .control])), ("[3;5~", .init(.delete, .control)),
    ("[24;2~", .init(.function(12), .shift)), ("[a", .init(.up, .shift)),
    ("[d", .init(.left, .shift)), ("Oc", .init(.right, .control)), ("[7$", .init(.home, .shift)),
    ("[7^", .init(.home, .control)), ("[7@", .init(.home, [.shift, .control])),
    ("O5C", .init(.right, .control)), ("OM", .init(.enter)), ("Oj", .init(.character("*"))),
    ("[27;5;105~", .init(.character("i"), .control)), ("[97u", .init(.character("a"))),
    ("[97;5u", .init(.character("a"), .control)), ("[97;2u", .init(.character("A"))),
    ("[47:63;2u", .init(.character("?"))), ("[13;2u", .init(.enter, .shift)),
    ("[27u", .init(.escape)), ("[57417u", .init(.left)), ("[57364;1:1u", .init(.function(1))),
    ("[1;1:2A", .init(.up)), ("x", .init(.character("x"), .alt)),
    ("é", .init(.character("é"), .alt)),
    ("\r", .init(.enter, .alt)), ("\u{7F}", .init(.backspace, .alt)),
    ("\u{1B}[A", .init(.up, .alt)), ("\u{01}", .init(.character("a"), [.alt, .control])),
  ]

  @Test(arguments: sequences.indices)
  func `keys arrive whole in any pieces`(index: Int) {
    let (sequence, key) = Self.sequences[index]
    let text = "\u{1B}" + sequence
    #expect(events(text) == keys(key))
    var parser = InputParser()
    // A byte at a time, and a character after it.
    #expect(text.utf8.flatMap { parser.parse([$0]) } + parser.flush() == keys(key))
    #expect(parser.parse("k".utf8) == keys(.init(.character("k"))))
  }

  @Test func `a lone Escape is told from the beginning of a sequence by silence`() {
    #expect(events("\u{1B}", silent: false) == [])
    #expect(events("\u{1B}") == keys(.init(.escape)))
    #expect(events("\u{1B}", "[", "A") == keys(.init(.up)))
    #expect(events("\u{1B}\u{1B}") == keys(.init(.escape), .init(.escape)))
    #expect(events("\u{1B}[") == keys(.init(.character("["), .alt)))
    #expect(events("\u{1B}O") == keys(.init(.character("O"), .alt)))
    #expect(events("\u{1B}P") == keys(.init(.character("P"), .alt)))
    #expect(events("\u{1B}]") == keys(.init(.character("]"), .alt)))
  }

  @Test func `the mouse is followed in decimal and in bytes`() {
    let at = Point(column: 9, row: 4)
    func mouse(_ kind: MouseEvent.Kind, _ modifiers: KeyPress.Modifiers = []) -> InputEvent {
      .mouse(MouseEvent(kind, at: at, modifiers))
    }
    #expect(
      events("\u{1B}[<0;10;5M\u{1B}[<32;10;5M\u{1B}[<0;10;5m")
        == [mouse(.press), mouse(.drag), mouse(.release)])
    #expect(
      events("\u{1B}[<64;10;5M\u{1B}[<65;10;5M\u{1B}[<20;10;5M")
        == [mouse(.wheelUp), mouse(.wheelDown), mouse(.press, [.shift, .control])])
    #expect(
      events("\u{1B}[M *%\u{1B}[M@*%\u{1B}[M#*%\u{1B}[M#*%")
        == [mouse(.press), mouse(.drag), mouse(.release)])
    // Other buttons, motion without one, wheels to the side.
    #expect(events("\u{1B}[<2;10;5M\u{1B}[<35;10;5M\u{1B}[<66;10;5M") == [])
    #expect(
      events("\u{1B}[<0;0;99999999999999999999M")
        == [.mouse(MouseEvent(.press, at: Point(column: 0, row: 65535)))])
  }

  @Test func `a paste is one event without control characters`() {
    #expect(
      events("\u{1B}[200~one\r\ntwo\rthree\tq", "\u{1B}[20", "1~") == [.paste("one\ntwo\nthree\tq")]
    )
    #expect(
      events("\u{1B}[200~a\u{1B}[31mb\u{07}\u{9B}c\u{1B}[201~k")
        == [.paste("a[31mbc"), .key(.init(.character("k")))])
    #expect(events("\u{1B}[200~\u{1B}[201~") == [])
  }

  @Test func `a paste is cut at its bound and its rest is no typing`() {
    var parser = InputParser()
    _ = parser.parse("\u{1B}[200~".utf8)
    let long = [UInt8](repeating: 0x61, count: 3 << 20)
    #expect(parser.parse(long) == [])
    let events = parser.parse("\u{1B}[201~k".utf8)
    #expect(
      events == [.paste(String(repeating: "a", count: 1 << 20)), .key(.init(.character("k")))])
  }

  private static let replies = [
    "[?62;4;22c", "[>41;379;0c", "P>|XTerm(379)\u{1B}\\", "P1+r524742=38\u{1B}\\",
    "_Gi=31;OK\u{1B}\\", "_Gi=31;ENOTSUP:no q here\u{1B}\\", "]10;rgb:ffff/ffff/ffff\u{1B}\\",
    "]11;rgb:0000/0000/0000\u{07}", "[4;480;720t", "[6;20;9t", "[?2026;2$y", "[20;2$y",
    "[?1;0;256S", "[24;80R", "[0n", "[?1u", "[I", "[O", "[=0c", "P!|00000000\u{1B}\\", "[?1;2S",
    "[97;1:3u", "[201~", "[99;98;97;96;95A",
  ]

  @Test(arguments: replies)
  func `replies are swallowed whole in any pieces`(reply: String) {
    let bytes = Array("\u{1B}\(reply)".utf8)
    for cut in 2..<bytes.count {
      var parser = InputParser()
      var events = parser.parse(bytes[..<cut])
      // Within a sequence, a silence is a slow line.
      if cut > 2 { events += parser.flush() }
      events += parser.parse(bytes[cut...])
      #expect(events + parser.parse("k".utf8) == keys(.init(.character("k"))), "cut at \(cut)")
    }
  }

  @Test func `a string without an end does not eat keys for ever`() {
    var parser = InputParser()
    #expect(parser.parse("\u{1B}]0;title".utf8) == [])
    for _ in 0..<InputParser.patience { #expect(parser.flush() == []) }
    #expect(parser.parse("k".utf8) == keys(.init(.character("k"))))

    _ = parser.parse("\u{1B}_".utf8 + [UInt8](repeating: 0x61, count: InputParser.longestString))
    #expect(parser.parse("bk".utf8).last == .key(.init(.character("k"))))
    #expect(events("\u{1B}P1\u{1B}[A") == keys(.init(.up)))
  }

  @Test func `broken UTF-8 is dropped and what follows is not`() {
    var parser = InputParser()
    #expect(parser.parse([0xE6, 0x97, 0x61, 0xFF, 0xC0, 0x80, 0x62]) == events("ab"))
    #expect(parser.parse([0xED, 0xA0, 0x80, 0x63]) == events("c"))
    #expect(parser.parse([0xC2, 0x9B, 0x64]) == events("d"))
  }

  @Test(arguments: 0..<64)
  func `noise does no harm, and typing comes through after it`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var parser = InputParser()
    let spice: [[UInt8]] = [
      [0x1B], [0x1B, 0x5B], [0x1B, 0x4F], Array("\u{1B}[200~".utf8), Array("\u{1B}[201~".utf8),
      Array("\u{1B}P".utf8), Array("\u{1B}\\".utf8), Array("\u{1B}[<".utf8),
      Array("\u{1B}[M".utf8), Array("é日".utf8),
    ]
    for _ in 0..<400 {
      var bytes = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) {
        bytes += spice[Int.random(in: 0..<spice.count, using: &random)]
      }
      for event in parser.parse(bytes) {
        if case .paste(let text) = event { #expect(!text.contains("\u{1B}")) }
      }
      if Int.random(in: 0..<4, using: &random) == 0 { _ = parser.flush() }
    }
    for _ in 0..<InputParser.patienceInPaste where parser.isPending { _ = parser.flush() }
    let typing = String(String.UnicodeScalarView((0x20..<0x7F).compactMap(Unicode.Scalar.init)))
    #expect(parser.parse(typing.utf8) == typing.map { .key(.init(.character($0))) })
  }
}
