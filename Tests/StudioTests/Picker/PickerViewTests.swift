import Files
import Foundation
import Terminal
import Testing

@testable import Studio

/// Text goldens; run with `IMPASTO_RECORD=1` to write them anew, then read what changed.
@Suite struct PickerViewTests {
  private let entries: [PickerEntry] =
    [
      .folder("Alps"), .folder("日本の山"), .picture("beach.jpg"),
      .picture("broken.png", bytes: 120),
      .picture("a name that is far too long for any list, however wide (final 2).png"),
      PickerEntry(name: RawPath(bytes: [0x63, 0xE9] + Array(".png".utf8)), kind: .picture),
      .picture("\u{1B}[31mred\u{202E}.webp"), .picture("👩‍👩‍👧 family.jpg", modified: 0),
      PickerEntry(name: RawPath("pipe.png"), kind: .special),
    ] + (1...60).map { .picture("IMG_\($0).jpg", bytes: $0 * 100_000) }

  private func state(
    _ size: Size, role: SourceRole = .content, glyphs: TerminalTraits.Glyphs = .full
  ) -> StudioState {
    var state = openedStudio(
      size, role: role, entries: entries, traits: TerminalTraits(glyphs: glyphs))
    let header = PickerFacts.Header(format: .jpeg, width: 4000, height: 3000)
    let sound = PickerFacts(header: header, isDecoded: true)
    let broken = PickerFacts(failure: "damaged PNG picture: not enough data")
    for entry in entries where entry.isFile {
      let isBroken = entry.title == "broken.png"
      let picture = isBroken ? nil : IdentifiedPicture(samplePicture())
      _ = updatePicker(
        &state,
        report: .inspected(
          name: entry.name, isBroken ? broken : sound, thumbnail: picture,
          request: state.picker.request))
    }
    return state
  }

  private static let sizes = [(80, 24), (40, 12), (200, 60)].map { Size(columns: $0, rows: $1) }

  @Test(arguments: sizes)
  func `the list`(size: Size) throws {
    var state = state(size)
    press(&state, KeyPress(.down), KeyPress(.down))
    try expectGolden(state, "list")
  }

  @Test(arguments: sizes)
  func `the grid, several paintings marked`(size: Size) throws {
    var state = state(size, role: .style(0))
    press(&state, .control("t"), KeyPress(.end), KeyPress(.character(" ")), KeyPress(.up))
    press(&state, KeyPress(.character(" ")))
    try expectGolden(state, "grid")
  }

  @Test(arguments: sizes)
  func `the known folders`(size: Size) throws {
    var state = state(size)
    press(&state, .control("b"), KeyPress(.tab), KeyPress(.down))
    try expectGolden(state, "places")
  }

  @Test(arguments: sizes)
  func `a path being typed`(size: Size) throws {
    var state = state(size)
    type(&state, "~/Do")
    _ = updatePicker(&state, report: .completed(["Documents/", "Downloads/"], request: 1))
    try expectGolden(state, "path")
    #expect(view(state).cursor == Point(column: 5, row: size.rows >= 9 ? 1 : 0))
  }

  @Test func `a broken picture says why, in ASCII too`() throws {
    var state = state(Size(columns: 80, rows: 24), glyphs: .ascii)
    type(&state, "brok")
    try expectGolden(state, "broken")
  }

  @Test func `a painting much larger than the photograph draws a hint`() {
    var state = state(Size(columns: 120, rows: 24), role: .style(0))
    press(&state, KeyPress(.down), KeyPress(.down))
    #expect(!view(state).text.contains("1:1"))
    state.sources.content = Source(
      path: "/p.jpg",
      content: .loaded(
        thumbnail: IdentifiedPicture(samplePicture()), width: 640, height: 480))
    #expect(
      view(state).text.contains("beach.jpg is larger than the photograph; best is 1:1 to 2:1"))
  }

  @Test func `a folder that cannot be read says why`() {
    var state = state(Size(columns: 80, rows: 24))
    _ = visit(&state, RawPath("/home/ada/gone"))
    _ = updatePicker(&state, report: .listingFailed("no such folder", request: 2))
    #expect(view(state).text.contains("no such folder"))
  }

  @Test func `no size of window is too small to draw`() {
    let filled = state(Size(columns: 80, rows: 24), role: .style(0))
    for columns in stride(from: 0, through: 130, by: 9) {
      for rows in stride(from: 0, through: 22, by: 2) {
        var state = filled
        state.size = Size(columns: columns, rows: rows)
        for keys in [[], [KeyPress.control("t")], [KeyPress(.end)], [KeyPress(.tab)]] {
          for key in keys { press(&state, key) }
          #expect(pickerView(state).size == state.size)
        }
      }
    }
  }

  @Test func `no key does two things at once`() {
    let state = state(Size(columns: 200, rows: 60), role: .style(0))
    let keys = PickerAction.all.filter { $0.isOffered(state.picker) }.flatMap(\.keys)
    let twice = Dictionary(grouping: keys, by: \.self).filter { $0.value.count > 1 }
    #expect(twice.isEmpty)
  }

  private func expectGolden(_ state: StudioState, _ name: String) throws {
    let text = view(state).text + "\n"
    let file = "\(name)-\(state.size.columns)x\(state.size.rows).txt"
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens")
    if ProcessInfo.processInfo.environment["IMPASTO_RECORD"] == "1" {
      try text.write(to: folder.appending(path: file), atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    #expect(text == golden)
  }
}
