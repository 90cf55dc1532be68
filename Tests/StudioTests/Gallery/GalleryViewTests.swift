import Foundation
import Terminal
import Testing

@testable import Favorites
@testable import Studio

/// Text goldens of the gallery, among those of the other views.
@Suite struct GalleryViewTests {
  private static let sizes = [(80, 24), (40, 12), (120, 40)]
  private static let ascii = TerminalTraits(
    colors: .sixteen, glyphs: .ascii, graphics: .ascii, graphicsReason: "asked for")

  private func expect(_ state: StudioState, _ name: String, suffix: String = "") throws {
    let surface = view(state)
    try Golden.expect(
      SurfaceText.characters(surface) + SurfaceText.placements(surface),
      matches: "gallery-\(name)-\(state.size.columns)x\(state.size.rows)\(suffix)")
  }

  @Test(arguments: sizes)
  func `the grid with what is known of one`(columns: Int, rows: Int) throws {
    var library = PretendLibrary.dozen
    var state = library.studio(columns, rows)
    library.type(&state, " l ")
    library.press(&state, KeyPress(.left))
    try expect(state, "grid")
  }

  @Test(arguments: sizes)
  func `one picture, large`(columns: Int, rows: Int) throws {
    var library = PretendLibrary.dozen
    var state = library.studio(columns, rows)
    library.type(&state, "z")
    try expect(state, "large")
  }

  @Test(arguments: sizes)
  func `two pictures, side by side and over each other`(columns: Int, rows: Int) throws {
    var library = PretendLibrary.dozen
    var state = library.studio(columns, rows)
    library.type(&state, " lc")
    try expect(state, "compare")
    library.type(&state, "v[[")
    try expect(state, "divider")
  }

  @Test(arguments: sizes)
  func `a search that is being typed`(columns: Int, rows: Int) throws {
    var library = PretendLibrary.dozen
    var state = library.studio(columns, rows)
    library.type(&state, "**/harb")
    try expect(state, "search")
  }

  @Test(arguments: sizes)
  func `a tag being chosen`(columns: Int, rows: Int) throws {
    var library = PretendLibrary.dozen
    var state = library.studio(columns, rows)
    library.type(&state, "tj")
    try expect(state, "tags")
  }

  @Test(arguments: sizes)
  func `no favorites, and none that match`(columns: Int, rows: Int) throws {
    var library = PretendLibrary([])
    try expect(library.studio(columns, rows), "empty")
    library = .dozen
    var state = library.studio(columns, rows)
    library.type(&state, "/zebra")
    library.press(&state, KeyPress(.enter))
    try expect(state, "unmatched")
  }

  @Test(arguments: sizes)
  func `a library that is damaged`(columns: Int, rows: Int) throws {
    var library = PretendLibrary.dozen
    var state = library.studio(columns, rows)
    let text = "library.sqlite: the library is damaged"
    _ = update(&state, with: .gallery(.failed(GalleryFailure(text: text, canRebuild: true))))
    try expect(state, "damaged")
    library.type(&state, "b")
    try expect(state, "rebuild")
  }

  @Test(arguments: sizes)
  func `strange names are shown plainly`(columns: Int, rows: Int) throws {
    var library = PretendLibrary.strange
    var state = library.studio(columns, rows)
    for _ in 0..<4 {
      for keys in ["", "z", "\u{1B}"] {
        for character in keys {
          library.press(
            &state, character == "\u{1B}" ? KeyPress(.escape) : KeyPress(.character(character)))
        }
        for cell in view(state).cells {
          guard case .text(let text) = cell.content else { continue }
          #expect(
            text.unicodeScalars.allSatisfy {
              $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0.value != 0x202E
            })
        }
      }
      library.press(&state, KeyPress(.right))
    }
    library.press(&state, KeyPress(.home))
    try expect(state, "strange")
  }

  @Test func `ASCII is enough`() throws {
    var library = PretendLibrary.dozen
    var state = library.studio(80, 24, traits: Self.ascii)
    try expect(state, "grid", suffix: "-ascii")
    library.type(&state, " lcv")
    try expect(state, "divider", suffix: "-ascii")
    for cell in view(state).cells {
      guard case .text(let text) = cell.content else { continue }
      #expect(text.utf8.count == 1)
    }
  }

  @Test func `help lists the keys of the gallery`() throws {
    var library = PretendLibrary.dozen
    var state = library.studio(80, 24)
    library.type(&state, "?")
    try expect(state, "help")
  }

  @Test(arguments: ["", "/h", "z", " lc", " lcv", "**"])
  func `every picture has a slot of its own and every key one meaning`(keys: String) {
    var library = PretendLibrary.dozen
    var state = library.studio(120, 40)
    library.type(&state, keys)
    let slots = view(state).placements.map(\.slot)
    #expect(!slots.isEmpty && Set(slots).count == slots.count)
    var taken: [KeyPress: String] = [:]
    for action in GalleryAction.all where action.isOffered(state.gallery) {
      for key in action.keys where key != KeyPress(.escape) {
        #expect(taken.updateValue(action.title, forKey: key) == nil, "\(key) \(action.title)")
      }
    }
  }
}
