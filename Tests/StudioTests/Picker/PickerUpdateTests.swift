import Files
import Recipes
import Terminal
import Testing

@testable import Studio

@Suite struct PickerUpdateTests {
  private let entries: [PickerEntry] = [
    .folder("Alps"), .picture("beach.jpg", bytes: 300, modified: 30),
    .picture("Café Été.png", bytes: 100, modified: 20),
    .picture("img2.webp", bytes: 200, modified: 40),
    .picture("img10.webp", bytes: 200, modified: 10), .picture(".secret.png"),
    PickerEntry(name: RawPath("notes.txt"), kind: .file, byteCount: 5),
  ]

  @Test func `it opens on the samples, and afterwards where it was`() {
    var state = studio()
    var effects = openPicker(&state, for: .content)
    #expect(
      effects == [
        .picker(.readShelf), .picker(.list(RawPath("/samples/content"), request: 1)),
      ])
    #expect(state.screen == .picker)
    _ = visit(&state, RawPath("/tmp"))
    let listing = PickerListing(folder: RawPath("/tmp"), entries: [])
    _ = updatePicker(&state, report: .listed(listing, request: 2))
    press(&state, KeyPress(.escape))
    #expect(state.screen == .workspace)
    effects = openPicker(&state, for: .style(0))
    #expect(effects == [.picker(.list(RawPath("/samples/style"), request: 3))])
    effects = openPicker(&state, for: .content)
    #expect(effects == [.picker(.list(RawPath("/tmp"), request: 4))])
  }

  @Test func `pictures and folders are shown, the rest on request`() {
    var state = openedStudio(entries: entries)
    #expect(
      state.picker.names
        == ["..", "Alps", "beach.jpg", "Café Été.png", "img2.webp", "img10.webp"])
    #expect(state.picker.selected?.title == "Alps")
    press(&state, .control("d"))
    #expect(state.picker.names.last == ".secret.png")
    press(&state, .control("a"))
    #expect(state.picker.names.last == "notes.txt")
  }

  @Test func `typing narrows down whatever the case and accents`() {
    var state = openedStudio(entries: entries)
    type(&state, "CAFE")
    #expect(state.picker.names == ["Café Été.png"])
    type(&state, " ete")
    #expect(state.picker.names == ["Café Été.png"])
    press(&state, KeyPress(.escape))
    #expect(state.picker.names.count == 6)
    #expect(state.screen == .picker)
    type(&state, "ig0")  // no name contains it; img10 has its letters in order
    #expect(state.picker.names == ["img10.webp"])
    press(&state, KeyPress(.backspace), KeyPress(.backspace), KeyPress(.backspace))
    #expect(state.picker.names.count == 6)
    #expect(state.picker.selected?.title == "img10.webp")
  }

  @Test func `the order changes and folders stay first`() {
    var state = openedStudio(entries: entries)
    press(&state, .control("o"))
    #expect(
      state.picker.names
        == ["..", "Alps", "img2.webp", "beach.jpg", "Café Été.png", "img10.webp"])
    press(&state, .control("o"))
    #expect(
      state.picker.names
        == ["..", "Alps", "beach.jpg", "img2.webp", "img10.webp", "Café Été.png"])
    press(&state, .control("v"))
    #expect(
      state.picker.names
        == ["..", "Alps", "Café Été.png", "img2.webp", "img10.webp", "beach.jpg"])
  }

  @Test func `enter chooses the photograph and goes back`() {
    var state = openedStudio(entries: entries)
    var expected = state
    let effects = press(&state, KeyPress(.down), KeyPress(.enter))
    expected.picker.selection = 2
    expected.picker.shelf.visit(RawPath("/home/ada/Pictures"))
    expected.picker.wishes = []
    expected.screen = .workspace
    expected.sources.content = Source(path: "/home/ada/Pictures/beach.jpg")
    #expect(state == expected)
    #expect(
      effects.suffix(3) == [
        .load(.content, path: "/home/ada/Pictures/beach.jpg"),
        .picker(.keepShelf(PickerShelf(recents: [RawPath("/home/ada/Pictures")]))),
        .picker(.inspect([], request: 1)),
      ])
  }

  @Test func `space marks paintings, the first of which takes the slot`() {
    var state = openedStudio(role: .style(0), entries: entries)
    state.sources.styles = [StyleSource(source: Source(path: "/old.png"), weight: 3)]
    press(&state, KeyPress(.end), KeyPress(.character(" ")), KeyPress(.home), KeyPress(.down))
    press(&state, KeyPress(.down), KeyPress(.character(" ")), KeyPress(.character(" ")))
    press(&state, KeyPress(.up), KeyPress(.character(" ")))  // takes the last mark away
    #expect(state.picker.marked.map(\.name.text) == ["img10.webp", "beach.jpg"])
    let effects = press(&state, KeyPress(.enter))
    #expect(
      state.sources.styles == [
        StyleSource(source: Source(path: "/home/ada/Pictures/img10.webp"), weight: 3),
        StyleSource(source: Source(path: "/home/ada/Pictures/beach.jpg")),
      ])
    #expect(
      effects.prefix(2) == [
        .load(.style(0), path: "/home/ada/Pictures/img10.webp"),
        .load(.style(1), path: "/home/ada/Pictures/beach.jpg"),
      ])
  }

  @Test func `a picture known to be broken is not chosen`() {
    var state = openedStudio(entries: [.picture("a.png")])
    let facts = PickerFacts(failure: "the file is empty")
    _ = updatePicker(
      &state, report: .inspected(name: RawPath("a.png"), facts, thumbnail: nil, request: 1))
    press(&state, KeyPress(.enter))
    #expect(state.screen == .picker)
    #expect(state.notice == StudioState.Notice(.error, "a.png: the file is empty"))
  }

  @Test func `a name that is no text is given one before it is chosen`() {
    let name = RawPath(bytes: [0xE9] + Array(".png".utf8))
    var state = openedStudio(entries: [PickerEntry(name: name, kind: .picture)])
    let path = RawPath("/home/ada/Pictures").appending(name)
    #expect(press(&state, KeyPress(.enter)) == [.picker(.name([path]))])
    #expect(state.screen == .picker)
    let effects = updatePicker(&state, report: .named([path], as: ["/state/names/1/�.png"]))
    #expect(effects.first == .load(.content, path: "/state/names/1/�.png"))
    #expect(state.screen == .workspace)
  }

  @Test func `going up puts the cursor on where one came from`() {
    var state = openedStudio(entries: entries)
    let effects = press(&state, KeyPress(.backspace))
    #expect(effects.contains(.picker(.list(RawPath("/home/ada"), request: 2))))
    #expect(state.picker.phase == .listing)
    let listing = PickerListing(
      folder: RawPath("/home/ada"), entries: [.folder("Music"), .folder("Pictures")])
    _ = updatePicker(&state, report: .listed(listing, request: 2))
    #expect(state.picker.selected?.title == "Pictures")
  }

  @Test func `reports on a folder that was left change nothing`() {
    var state = openedStudio(entries: entries)
    press(&state, KeyPress(.backspace))
    let before = state
    for report: PickerEvent in [
      .listed(PickerListing(folder: RawPath("/x"), entries: []), request: 1),
      .listingFailed("gone", request: 1), .completed(["a"], request: 1),
      .inspected(name: RawPath("beach.jpg"), PickerFacts(), thumbnail: nil, request: 1),
      .named([RawPath("/a")], as: ["/b"]), .namingFailed([RawPath("/a")], "no"),
    ] {
      #expect(updatePicker(&state, report: report) == [])
    }
    #expect(state == before)
  }

  @Test func `a folder that cannot be read says so and can be left`() {
    var state = openedStudio(entries: entries)
    _ = visit(&state, RawPath("/home/ada/gone"))
    _ = updatePicker(&state, report: .listingFailed("no such folder", request: 2))
    #expect(state.picker.phase == .failed("no such folder"))
    press(&state, KeyPress(.enter), KeyPress(.down), KeyPress(.character(" ")))
    #expect(
      press(&state, KeyPress(.backspace)) == [.picker(.list(RawPath("/home/ada"), request: 3))])
  }

  @Test func `what is visible is asked for first, and nothing twice`() throws {
    var state = studio(Size(columns: 80, rows: 24))
    _ = openPicker(&state, for: .content)
    let pictures = (0..<100).map { PickerEntry.picture("p\($0).png") }
    let listing = PickerListing(folder: RawPath("/p"), entries: pictures)
    let effects = updatePicker(&state, report: .listed(listing, request: 1))
    guard case .picker(.inspect(let wishes, request: 1)) = try #require(effects.first) else {
      Issue.record("\(effects)")
      return
    }
    #expect(wishes.first?.path.text == "/p/p0.png")
    #expect(wishes.first?.isThumbnailWanted == true)
    #expect(wishes.prefix(18).map(\.path.text) == (0..<18).map { "/p/p\($0).png" })
    #expect(wishes.count { $0.isThumbnailWanted } == 3)
    #expect(refreshPicker(&state) == [])
    let facts = PickerFacts(
      header: PickerFacts.Header(format: .png, width: 4, height: 3), isDecoded: true)
    let report = PickerEvent.inspected(
      name: RawPath("p0.png"), facts, thumbnail: IdentifiedPicture(samplePicture()), request: 1)
    #expect(updatePicker(&state, report: report) == [])
    #expect(refreshPicker(&state) == [])
    guard case .picker(.inspect(let later, _)) = try #require(press(&state, KeyPress(.end)).first)
    else { return }
    #expect(later.first?.path.text == "/p/p99.png")
    #expect(!later.contains { $0.path.text == "/p/p1.png" })
    #expect(press(&state, KeyPress(.escape)) == [.picker(.inspect([], request: 1))])
  }

  @Test func `a path is typed, completed and gone to`() {
    var state = openedStudio(entries: entries)
    type(&state, "~/Do")
    #expect(
      press(&state, KeyPress(.tab))
        == [.picker(.complete(folder: RawPath("/home/ada"), prefix: "Do", request: 1))])
    _ = updatePicker(&state, report: .completed(["Documents/", "Downloads/"], request: 1))
    guard case .path(let path) = state.picker.focus else { return #expect(Bool(false)) }
    #expect(path.entry.text == "~/Do")
    #expect(path.candidates == ["Documents/", "Downloads/"])
    type(&state, "w")
    _ = updatePicker(&state, report: .completed(["Downloads/"], request: 1))
    let effects = press(&state, KeyPress(.enter))
    #expect(effects.contains(.picker(.list(RawPath("/home/ada/Downloads"), request: 2))))
    #expect(state.picker.folder.text == "/home/ada/Downloads")
  }

  @Test(arguments: [
    "file:///a%20b/c.png", "'/a b/c.png'", "\"/a b/c.png\"", "/a\\ b/c.png", "/a b/./x/../c.png\n",
  ])
  func `a dropped file is gone to`(text: String) {
    var state = openedStudio(entries: entries)
    _ = updatePicker(&state, input: .paste(text))
    #expect(state.picker.folder.text == "/a b/c.png")
    #expect(state.picker.phase == .listing)
  }

  @Test func `known folders can be gone to by tab`() {
    var state = openedStudio(entries: entries)
    press(&state, .control("b"), KeyPress(.tab), KeyPress(.end))
    #expect(state.picker.focus == .places(5))
    #expect(state.picker.destinations[5].kind == .bookmark)
    press(&state, KeyPress(.home), KeyPress(.down), KeyPress(.enter))
    #expect(state.picker.folder.text == "/samples/style")
    #expect(state.picker.focus == .entries)
  }

  @Test func `a click selects, a second one chooses, the wheel scrolls`() {
    var state = openedStudio(entries: (0..<60).map { .picture("p\($0).png") })
    let row = PickerLayout(state).list.row
    _ = updatePicker(&state, input: .mouse(MouseEvent(.wheelDown, at: Point(column: 2, row: row))))
    #expect(state.picker.scroll == 3)
    #expect(state.picker.selected?.title == "p2.png")
    let click = InputEvent.mouse(MouseEvent(.press, at: Point(column: 2, row: row + 4)))
    _ = updatePicker(&state, input: click)
    #expect(state.picker.selected?.title == "p6.png")
    #expect(state.screen == .picker)
    _ = updatePicker(&state, input: click)
    #expect(state.sources.content?.name == "p6.png")
    #expect(state.screen == .workspace)
  }

  @Test func `the path above the list can be clicked`() {
    var state = openedStudio(entries: entries)
    let crumbs = PickerLayout(state).crumbs
    let click = MouseEvent(.press, at: Point(column: crumbs.column + 1, row: crumbs.row))
    _ = updatePicker(&state, input: .mouse(click))
    #expect(state.picker.folder.text == "/home/ada")
    #expect(state.picker.arrival?.text == "Pictures")
  }
}
