import Foundation
import Recipes
import Terminal
import Testing

@testable import Favorites
@testable import Studio

/// The gallery played without a library: events in, states and effects out.
@Suite struct GalleryUpdateTests {
  private var library = PretendLibrary.dozen

  private func key(_ character: Character) -> KeyPress { KeyPress(.character(character)) }

  private func many(_ count: Int) -> PretendLibrary {
    PretendLibrary((0..<count).map { .sample($0, title: "favorite \($0)") })
  }

  @Test func `F opens the gallery and asks for what will be visible`() {
    var state = StudioState(
      size: Size(columns: 80, rows: 24), traits: TerminalTraits(), themes: [.standard])
    let before = state
    let effects = update(&state, with: .input(.key(key("F"))))
    #expect(effects == [.gallery(.find(FavoriteQuery(), pages: [0], request: 1))])
    #expect(state.screen == .gallery && state.gallery.phase == .opening)
    _ = update(&state, with: .input(.key(KeyPress(.escape))))
    state.gallery = before.gallery
    #expect(state == before)
  }

  @Test mutating func `what is found is shown, and only what is visible is asked for`() {
    var library = many(10_000)
    var state = library.studio(80, 24)
    #expect(state.gallery.phase == .open && state.gallery.count == 10_000)
    let layout = GalleryLayout(state)
    #expect(library.thumbnailCount == layout.lines * layout.perLine)
    let before = state
    _ = update(&state, with: .gallery(.found(.init(count: 1, total: 1, pages: [:]), request: 0)))
    _ = update(&state, with: .gallery(.read([0: []], request: 0)))
    #expect(state == before, "answers to earlier questions change nothing")
  }

  @Test mutating func `ten thousand favorites are looked through in bounded memory`() {
    var library = many(10_000)
    var state = library.studio(120, 40)
    for _ in 0..<400 { library.press(&state, KeyPress(.pageDown)) }
    #expect(state.gallery.selected?.annotation.title.hasPrefix("favorite") == true)
    library.press(&state, KeyPress(.end))
    #expect(state.gallery.selection == 9999)
    #expect(state.gallery.selected?.annotation.title == "favorite 9999")
    #expect(state.gallery.thumbnails.count <= state.gallery.thumbnails.capacity)
    let kept = (0..<10_000).filter { state.gallery.pages[$0] != nil }.count
    #expect(kept <= 12 * GalleryPages.length)
    #expect(state.gallery.pictures.isEmpty)
    library.press(&state, KeyPress(.home))
    #expect(state.gallery.selected?.annotation.title == "favorite 0")
  }

  @Test mutating func `the cursor goes by lines and stays within the favorites`() {
    var state = library.studio(80, 24)
    let perLine = GalleryLayout(state).perLine
    #expect(perLine == 3)
    library.press(&state, KeyPress(.down), key("j"), KeyPress(.right), key("l"))
    #expect(state.gallery.selection == 8)
    library.press(&state, KeyPress(.down), KeyPress(.down), KeyPress(.right))
    #expect(state.gallery.selection == 11)
    library.press(&state, KeyPress(.up), key("h"), KeyPress(.pageUp), KeyPress(.left))
    #expect(state.gallery.selection == 0)
    for event in [MouseEvent.Kind.wheelDown, .wheelDown, .wheelUp] {
      let point = Point(column: 2, row: 4)
      library.answer(
        update(&state, with: .input(.mouse(MouseEvent(event, at: point)))), &state)
    }
    let layout = GalleryLayout(state)
    #expect(layout.places(scroll: state.gallery.scroll).contains(state.gallery.selection))
  }

  @Test mutating func `a tile that is clicked has the cursor, and the next click shows it large`() {
    var state = library.studio(80, 24)
    let place = GalleryLayout(state).rectangle(of: 4, scroll: 0)
    let click = StudioEvent.input(
      .mouse(MouseEvent(.press, at: Point(column: place.column + 2, row: place.row + 1))))
    library.answer(update(&state, with: click), &state)
    #expect(state.gallery.selection == 4 && state.gallery.mode == .grid)
    library.answer(update(&state, with: click), &state)
    #expect(state.gallery.mode == .large)
    #expect(state.gallery.pictures[Favorite.id(8)] == .loaded(PretendLibrary.picture))
    library.press(&state, KeyPress(.right))
    #expect(state.gallery.selection == 5)
    #expect(state.gallery.pictures.count == 1, "the one before makes room")
    library.press(&state, KeyPress(.escape))
    #expect(state.gallery.mode == .grid && state.gallery.pictures.isEmpty)
    #expect(state.screen == .gallery)
  }

  @Test mutating func `each letter searches, enter keeps the words, escape shows all again`() {
    var state = library.studio(80, 24)
    library.press(&state, KeyPress(.right))
    let effects = library.type(&state, "/harbor 1")
    let finds = effects.filter { if case .gallery(.find) = $0 { true } else { false } }
    #expect(finds.count == 8)
    #expect(state.gallery.count == 2 && state.gallery.total == 12)
    #expect(state.gallery.selection == 0)
    library.press(&state, KeyPress(.enter))
    #expect(state.gallery.search == nil && state.gallery.query.text == "harbor 1")
    library.press(&state, KeyPress(.escape))
    #expect(state.screen == .gallery && state.gallery.count == 12)
    library.type(&state, "/nothing like it")
    #expect(state.gallery.count == 0 && state.gallery.selected == nil)
    library.press(&state, KeyPress(.escape))
    #expect(state.gallery.count == 12 && state.gallery.search == nil)
    library.type(&state, "/")
    library.press(&state, KeyPress(.backspace))
    #expect(state.gallery.search == nil)
  }

  @Test mutating func `order and filters go into the query`() {
    var state = library.studio(80, 24)
    library.type(&state, "oo**")
    #expect(state.gallery.query == FavoriteQuery(rating: 2, order: .rating))
    library.type(&state, "t")
    #expect(state.gallery.chooser?.choices?.count == 2)
    library.press(&state, KeyPress(.down), KeyPress(.enter))
    #expect(state.gallery.query == FavoriteQuery(rating: 2, tags: ["night"], order: .rating))
    library.type(&state, "t")
    #expect(state.gallery.chooser?.selection == 1, "the cursor is on what is chosen")
    library.press(&state, KeyPress(.escape))
    library.type(&state, "p")
    library.press(&state, KeyPress(.end), KeyPress(.enter))
    #expect(state.gallery.query.style == "sea\u{1B}[31m")
    library.press(&state, KeyPress(.escape))
    #expect(state.gallery.query == FavoriteQuery(order: .rating))
  }

  @Test mutating func `the next visit begins with all favorites, in the same order`() {
    var state = library.studio(80, 24)
    library.type(&state, "oo*l")
    library.press(&state, key("q"))
    library.press(&state, key("F"))
    #expect(state.gallery.query == FavoriteQuery(order: .rating))
    #expect(state.gallery.selection == 0)
    library.type(&state, "*R")
    #expect(state.gallery.query.rating == 1, "looking again keeps the filter")
  }

  @Test mutating func `what is kept while the favorites are shown is shown first`() {
    var state = library.studio(80, 24)
    library.press(&state, KeyPress(.end))
    library.favorites.insert(.sample(13), at: 0)
    let kept = StudioEvent.kept(PretendLibrary.picture, .inLibrary(library.favorites[0]))
    library.answer(update(&state, with: kept), &state)
    #expect(state.gallery.selected?.id == Favorite.id(13) && state.gallery.total == 13)
  }

  @Test mutating func `digits rate, and what the library made of it is shown`() {
    var state = library.studio(80, 24)
    let id = Favorite.id(12)
    #expect(library.type(&state, "2") == [.gallery(.change(id, .rating(2)))])
    #expect(library.type(&state, "0") == [.gallery(.change(id, .rating(0)))])
    #expect(library.type(&state, "4").isEmpty, "it has four already")
    let rated = library.favorites[0].saying { $0.rating = 2 }
    library.type(&state, " ")
    _ = update(&state, with: .gallery(.changed(rated)))
    #expect(state.gallery.selected == rated && state.gallery.marked == [rated])
  }

  @Test mutating func `titles, tags and notes are asked for`() {
    var state = library.studio(80, 24)
    let id = Favorite.id(12)
    func answer(_ text: String) -> [StudioEffect] {
      _ = update(&state, with: .input(.key(.control("u"))))
      _ = update(&state, with: .input(.paste(text)))
      return update(&state, with: .input(.key(KeyPress(.enter))))
    }
    library.type(&state, "r")
    #expect(answer("  Harbor ") == [.gallery(.change(id, .title("Harbor")))])
    library.type(&state, "T")
    #expect(answer("a, b c,,") == [.gallery(.change(id, .tags(["a", "b c"])))])
    library.type(&state, "n")
    let unchanged = update(&state, with: .input(.key(KeyPress(.enter))))
    let note = "The water came out well.\nTry it larger."
    #expect(unchanged == [.gallery(.change(id, .note(note)))], "lines stay lines")
    #expect(state.overlays.isEmpty)
  }

  @Test mutating func `an export takes the marked ones and needs a folder`() {
    var state = library.studio(80, 24)
    library.type(&state, " ")
    library.press(&state, KeyPress(.right))
    library.type(&state, " x")
    _ = update(&state, with: .input(.key(.control("u"))))
    #expect(update(&state, with: .input(.key(KeyPress(.enter)))).isEmpty)
    guard case .prompt(let prompt) = state.overlays.last else {
      Issue.record("the question is gone")
      return
    }
    #expect(prompt.complaint == "type the name of a folder")
    _ = update(&state, with: .input(.paste("/tmp/out")))
    #expect(
      update(&state, with: .input(.key(KeyPress(.enter))))
        == [.gallery(.export(Array(library.favorites.prefix(2)), folder: "/tmp/out"))])
  }

  @Test mutating func `a favorite is removed once and comes back`() {
    var state = library.studio(80, 24)
    let id = Favorite.id(12)
    #expect(library.type(&state, "d") == [.gallery(.remove(id))])
    #expect(library.press(&state, KeyPress(.delete)).isEmpty, "it is on its way out")
    let finds = library.finds
    library.favorites.removeFirst()
    library.answer(update(&state, with: .gallery(.removed(id))), &state)
    #expect(library.finds == finds + 1 && state.gallery.selected?.id == Favorite.id(11))
    #expect(state.notice?.text == "removed; u brings it back")
    #expect(library.type(&state, "u") == [.gallery(.restore(id))])
    _ = update(&state, with: .gallery(.restored(id)))
    #expect(library.type(&state, "u").isEmpty)
  }

  @Test mutating func `two at most are marked and compared`() {
    var state = library.studio(80, 24)
    library.type(&state, "c")
    #expect(state.gallery.mode == .grid && state.notice != nil)
    library.type(&state, " l l ")
    #expect(state.gallery.marked.map(\.id) == [Favorite.id(12), Favorite.id(11)])
    #expect(state.notice != nil, "a third is not taken")
    library.type(&state, "c")
    #expect(state.gallery.mode == .compare(divider: nil))
    #expect(state.gallery.pictures.count == 2)
    library.type(&state, "v]]")
    #expect(state.gallery.hasDivider)
    guard case .compare(let divider?) = state.gallery.mode else { return }
    #expect(abs(divider - 0.6) < 1e-9)
    let drag = MouseEvent(.drag, at: Point(column: 40, row: 5))
    _ = update(&state, with: .input(.mouse(drag)))
    #expect(state.gallery.mode != .compare(divider: divider))
    library.press(&state, KeyPress(.escape))
    #expect(state.gallery.mode == .grid && state.gallery.pictures.isEmpty)
  }

  @Test mutating func `adopting takes over sliders and pictures`() {
    var state = library.studio(80, 24)
    library.press(&state, KeyPress(.right))
    let favorite = library.favorites[1]
    let effects = library.type(&state, "a")
    #expect(
      effects.filter { if case .gallery = $0 { false } else { true } } == [
        .load(.content, path: "/p/harbor.jpg"), .load(.style(0), path: "/p/knife.jpg"),
        .load(.style(1), path: "/p/ink.jpg"),
      ])
    #expect(state.screen == .workspace)
    #expect(state.completeRecipe == favorite.origin.recipe)
    #expect(state.variation == .init(parent: favorite.id))
    state.sources.styles.removeLast()
    #expect(state.variation == nil, "other pictures make another family")
  }

  private func source() -> Source.Content {
    .loaded(thumbnail: PretendLibrary.picture, width: 640, height: 480)
  }

  @Test mutating func `going on loads the pictures and starts from the favorite`() throws {
    var state = library.studio(80, 24)
    state.run.latest = PretendLibrary.picture
    state.run.isSaved = false
    library.type(&state, "g")
    #expect(state.screen == .workspace && state.pendingStart?.iteration == 200)
    var effects = update(
      &state, with: .sourceLoaded(.content, path: "/p/harbor.jpg", source()))
    #expect(effects.isEmpty)
    effects = update(
      &state, with: .sourceLoaded(.style(0), path: "/p/knife.jpg", source()))
    var recipe = library.favorites[0].origin.recipe
    recipe.iterations = 300
    #expect(
      effects == [
        .rescue(PretendLibrary.picture, recipe),
        .start(
          id: 1, recipe, from: .iterate(PretendLibrary.picture, iteration: 200),
          lineage: .init(parent: Favorite.id(12), iterate: 200)),
      ])
    #expect(state.run.isSaved && state.pendingStart == nil)
    #expect(state.run.lineage == .init(parent: Favorite.id(12), iterate: 200))
    #expect(state.notice?.text == "goes on from the favorite's picture of iteration 200")
  }

  @Test mutating func `a lost source or another picture calls the start off`() {
    var state = library.studio(80, 24)
    library.type(&state, "g")
    var lost = state
    _ = update(
      &lost, with: .sourceLoaded(.content, path: "/p/harbor.jpg", .failed("no such file")))
    #expect(lost.pendingStart == nil && lost.notice == .init(.error, "no such file"))
    state.sources.content = Source(path: "/p/other.jpg", content: source())
    let effects = update(
      &state, with: .sourceLoaded(.style(0), path: "/p/knife.jpg", source()))
    #expect(state.pendingStart == nil && state.run.phase == .idle)
    #expect(effects.allSatisfy { if case .estimate = $0 { true } else { false } })
  }

  @Test func `a picture is kept with its losses, its time and what it came from`() {
    var state = StudioState(
      size: Size(columns: 80, rows: 24), traits: TerminalTraits(), themes: [.standard])
    let favorite = Favorite.sample(3)
    state.adoption = Adoption(of: favorite)
    state.sources.content = Source(path: "/p/harbor.jpg", content: source())
    state.sources.styles = [StyleSource(source: Source(path: "/p/knife.jpg", content: source()))]
    _ = update(&state, with: .input(.key(key(" "))))
    for iteration in 0...5 {
      let sample = LossHistory.Sample(
        iteration: iteration, total: 10 - Double(iteration), content: 1, style: 2, tv: 3,
        seconds: Double(iteration))
      _ = update(
        &state,
        with: .run(
          id: 1,
          .iterated(
            sample, picture: PretendLibrary.picture, scale: 64, secondsPerIteration: 1,
            memoryBytes: nil)))
    }
    let kept = update(&state, with: .input(.key(key("f"))))
    #expect(
      kept == [
        .keep(
          PretendLibrary.picture, state.completeRecipe,
          Provenance(
            losses: .init(total: 5, content: 1, style: 2, tv: 3), seconds: 5, iterations: 5,
            lineage: .init(parent: favorite.id)))
      ])
    _ = update(
      &state, with: .kept(PretendLibrary.picture, .beside(path: "/x.png", because: "damaged")))
    #expect(state.run.isSaved && state.notice?.kind == .warning)

    _ = update(&state, with: .input(.key(key(","))))
    _ = update(&state, with: .input(.key(key("c"))))
    #expect(state.run.lineage == .init(parent: favorite.id, iterate: state.run.iteration))
    #expect(state.run.secondsBefore == Double(state.run.iteration))
  }

  @Test mutating func `a damaged library is made anew only when asked to`() {
    var state = library.studio(80, 24)
    let failure = GalleryFailure(text: "library.sqlite: damaged", canRebuild: true)
    _ = update(&state, with: .gallery(.failed(failure)))
    #expect(library.type(&state, "b").isEmpty)
    #expect(library.type(&state, "n").isEmpty)
    #expect(state.gallery.phase == .failed(failure))
    library.type(&state, "b")
    #expect(update(&state, with: .input(.key(key("y")))) == [.gallery(.rebuild)])
    #expect(state.gallery.phase == .rebuilding)
    _ = update(
      &state, with: .gallery(.found(.init(count: 1, total: 1, pages: [:]), request: 1)))
    #expect(state.gallery.phase == .rebuilding)
    library.answer(update(&state, with: .gallery(.rebuilt(count: 12, refused: 1))), &state)
    #expect(state.gallery.phase == .open && state.gallery.count == 12)
    #expect(
      state.notice?.text
        == "the library was made anew from 12 pictures; 1 picture without a recipe were left out")
  }

  @Test(arguments: ["", "/har", "tj", "z", " l cv", "x"])
  func `no click and no key does harm anywhere`(keys: String) {
    for (columns, rows) in [(80, 24), (40, 12), (1, 1)] {
      var library = PretendLibrary.dozen
      var opened = library.studio(columns, rows)
      library.type(&opened, keys)
      for row in 0..<rows {
        for column in 0..<columns {
          var state = opened
          for kind in [MouseEvent.Kind.press, .drag, .wheelDown] {
            let mouse = MouseEvent(kind, at: Point(column: column, row: row))
            _ = update(&state, with: .input(.mouse(mouse)))
          }
          #expect(!state.isLeaving && state.gallery.selection < 12)
        }
      }
      for key in GalleryAction.all.flatMap(\.keys) + [KeyPress(.tab), .control("r")] {
        var state = opened
        library.press(&state, key, key)
        #expect(view(state).size == state.size)
      }
    }
  }

  @Test mutating func `any window is drawn while favorites come and go`() {
    var state = library.studio(80, 24)
    for columns in stride(from: 0, through: 140, by: 7) {
      for rows in stride(from: 0, through: 44, by: 3) {
        let size = Size(columns: columns, rows: rows)
        library.answer(update(&state, with: .resized(size, nil)), &state)
        library.press(&state, KeyPress(.end))
        #expect(galleryView(state).size == size)
        let places = GalleryLayout(state).places(scroll: state.gallery.scroll)
        #expect(places.isEmpty || places.contains(state.gallery.selection))
      }
    }
  }
}
