import Files
import Foundation
import GRDB
import Pictures
import Recipes
import Synchronization
import Terminal
import TestSupport
import Testing

@testable import Favorites
@testable import Studio

/// Gallery services on a library of their own, and what they report.
private final class RunningGallery: Sendable {
  private let reports = Mutex<[StudioEvent]>([])
  private let arrival = DispatchSemaphore(value: 0)
  private let services = Mutex<GalleryServices?>(nil)
  let folder: String

  init(in folder: String) {
    self.folder = folder
    let made = GalleryServices(dataFolder: folder) { [weak self] event in
      self?.reports.withLock { $0.append(event) }
      self?.arrival.signal()
    }
    services.withLock { $0 = made }
  }

  func run(_ effect: GalleryEffect) { services.withLock { $0 }?.run(effect) }

  func finish() { services.withLock { $0 }?.finish() }

  /// The next report.
  func next() -> StudioEvent? {
    guard arrival.wait(timeout: .now() + 60) == .success else {
      Issue.record("no answer")
      return nil
    }
    return reports.withLock { $0.removeFirst() }
  }

  /// Waits for the first report that `find` takes for an answer.
  func first<A>(_ find: (GalleryEvent) -> A?) -> A? {
    while let event = next() {
      if case .gallery(let report) = event, let answer = find(report) { return answer }
    }
    return nil
  }

  func keep(_ seed: Int, content: String? = nil, provenance: Provenance = Provenance()) -> Keeping?
  {
    var recipe = Recipe()
    recipe.content = content
    services.withLock { $0 }?.keep(
      IdentifiedPicture(samplePicture(seed: seed)), recipe, provenance)
    while let event = next() {
      if case .kept(_, let keeping) = event { return keeping }
    }
    return nil
  }

  func found(_ query: FavoriteQuery = FavoriteQuery(), request: Int = 1) -> GalleryFinding? {
    run(.find(query, pages: [0], request: request))
    return first { report in
      if case .found(let finding, request) = report { finding } else { nil }
    }
  }

  func failure() -> GalleryFailure? {
    run(.find(FavoriteQuery(), pages: [0], request: 1))
    return first { if case .failed(let failure) = $0 { failure } else { nil } }
  }
}

@Suite struct GalleryServicesTests {
  @Test func `a favorite is on the disk with its origin before that is told`() throws {
    try withTemporaryFolder { folder in
      let gallery = RunningGallery(in: "\(folder)/data")
      try AtomicFile.write([1, 2, 3], to: "\(folder)/photo.jpg")
      let provenance = Provenance(
        losses: .init(total: 4, content: 3, style: 2, tv: 1), seconds: 7, iterations: 9,
        lineage: .init(parent: Favorite.id(5), iterate: 8))
      guard
        case .inLibrary(let kept)? = gallery.keep(
          1, content: "\(folder)/photo.jpg", provenance: provenance)
      else {
        Issue.record("it was not kept")
        return
      }
      let library = try FavoriteLibrary(folder: "\(folder)/data")
      let favorite = try library.favorite(kept.id)
      #expect(favorite == kept)
      #expect(favorite.origin.losses == provenance.losses)
      #expect(favorite.origin.lineage == provenance.lineage)
      #expect(favorite.origin.sources.first?.sha256?.count == 64)
      #expect(try PictureDecoder.decode(favorite.picturePath) == samplePicture(seed: 1))
      #expect(gallery.keep(1) == .already)
    }
  }

  @Test func `a corrupted library is told of, keeps what is kept beside it, and is made anew`()
    throws
  {
    try withTemporaryFolder { folder in
      guard case .inLibrary? = RunningGallery(in: folder).keep(1) else {
        Issue.record("it was not kept")
        return
      }
      for suffix in ["-wal", "-shm"] { unlink("\(folder)/library.sqlite\(suffix)") }
      try AtomicFile.write(
        Array(repeating: 0x5A, count: 8192), to: "\(folder)/library.sqlite")
      let gallery = RunningGallery(in: folder)
      let failure = try #require(gallery.failure())
      #expect(
        failure == GalleryFailure(text: "library.sqlite: the library is damaged", canRebuild: true))
      guard case .beside(let path, let reason)? = gallery.keep(2) else {
        Issue.record("it was not kept beside")
        return
      }
      #expect(reason.contains("damaged"))
      #expect(try PictureDecoder.decode(path) == samplePicture(seed: 2))
      gallery.run(.rebuild)
      let count = gallery.first { if case .rebuilt(let count, 0) = $0 { count } else { nil } }
      #expect(count == 2)
      #expect(gallery.found()?.count == 2)
      #expect(access("\(folder)/library-broken-1.sqlite", F_OK) == 0)
    }
  }

  @Test func `a library that another process makes anew is in use, and free later`() throws {
    try withTemporaryFolder { folder in
      let lock = try LibraryLock(folder: folder, exclusively: true)
      let gallery = RunningGallery(in: folder)
      let failure = try #require(gallery.failure())
      #expect(!failure.canRebuild && failure.text.contains("in use by another process"))
      guard case .beside? = gallery.keep(1) else {
        Issue.record("it was not kept beside")
        return
      }
      lock.share()
      #expect(gallery.found(request: 2) != nil)
      // What was kept beside it is taken in.
      let adopted = gallery.first { if case .adopted(let count) = $0 { count } else { nil } }
      #expect(adopted == 1)
      #expect(gallery.found(request: 3)?.count == 1)
    }
  }

  @Test func `where nothing can be written both ways of keeping fail, and say so`() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write([0], to: "\(folder)/file")
      let gallery = RunningGallery(in: "\(folder)/file/data")
      guard case .failed(let reason)? = gallery.keep(1) else {
        Issue.record("it cannot have been kept")
        return
      }
      #expect(!reason.isEmpty)
      #expect(gallery.failure()?.canRebuild == false)
    }
  }

  @Test func `of many searches the latest is answered, and none after it`() throws {
    try withTemporaryFolder { folder in
      let gallery = RunningGallery(in: folder)
      for seed in 1...3 { _ = gallery.keep(seed) }
      for request in 1...200 {
        gallery.run(.find(FavoriteQuery(), pages: [0], request: request))
      }
      var answered: [Int] = []
      while answered.last != 200 {
        answered.append(
          gallery.first { if case .found(_, let request) = $0 { request } else { nil } } ?? 200)
      }
      #expect(answered == answered.sorted())
    }
  }

  @Test func `small copies come from the library, from the picture, or not at all`() throws {
    try withTemporaryFolder { folder in
      let gallery = RunningGallery(in: folder)
      for seed in 1...3 { _ = gallery.keep(seed) }
      let favorites = try #require(gallery.found()?.pages[0])
      let index = try DatabaseQueue(path: "\(folder)/library.sqlite")
      try index.write { db in
        try db.execute(
          sql: """
            UPDATE thumbnail SET image = x'00' WHERE favorite IN
              (SELECT key FROM favorite WHERE id != ?)
            """, arguments: [favorites[0].id.uuidString])
      }
      unlink(favorites[2].picturePath)
      var wishes = GalleryWishes()
      wishes.thumbnails = favorites.map { .init(id: $0.id, path: $0.picturePath) }
      wishes.pictures = [wishes.thumbnails[1], wishes.thumbnails[2]]
      gallery.run(.want(wishes, FavoriteQuery(), request: 1))
      var thumbnails: [UUID: Bool] = [:]
      var pictures: [UUID: GalleryPicture] = [:]
      while thumbnails.count < 3 || pictures.count < 2 {
        switch gallery.next() {
        case .gallery(.thumbnail(let id, let picture)): thumbnails[id] = picture != nil
        case .gallery(.picture(let id, let picture)): pictures[id] = picture
        case nil: return
        default: break
        }
      }
      #expect(favorites.map { thumbnails[$0.id] } == [true, true, false])
      guard case .loaded? = pictures[favorites[1].id], case .failed? = pictures[favorites[2].id]
      else {
        Issue.record("\(pictures)")
        return
      }
    }
  }

  @Test func `sources that are gone or are others are told of`() throws {
    try withTemporaryFolder { folder in
      let gallery = RunningGallery(in: folder)
      let paths = ["same", "other", "gone"].map { "\(folder)/\($0).jpg" }
      for path in paths { try AtomicFile.write(Array(path.utf8), to: path) }
      var recipe = Recipe()
      recipe.content = paths[0]
      recipe.styles = paths[1...].map { Recipe.Style(picture: $0) }
      let sources = Favorite.Source.all(of: recipe)
      try AtomicFile.write([9], to: paths[1])
      unlink(paths[2])
      var wishes = GalleryWishes()
      wishes.inspection = .init(id: Favorite.id(1), sources: sources)
      gallery.run(.want(wishes, FavoriteQuery(), request: 1))
      let conditions = gallery.first {
        if case .inspected(_, let conditions) = $0 { conditions } else { nil }
      }
      #expect(conditions == [.present, .changed, .missing])
    }
  }

  @Test func `changes reach the disk, and those that cannot be made say why`() throws {
    try withTemporaryFolder { folder in
      let gallery = RunningGallery(in: folder)
      guard case .inLibrary(let kept)? = gallery.keep(1) else { return }
      let changes: [GalleryChange] = [
        .rating(5), .title("Sea"), .note("two\nlines"), .tags(["b", "a"]),
      ]
      for change in changes { gallery.run(.change(kept.id, change)) }
      var last: Favorite?
      for _ in changes {
        last = gallery.first { if case .changed(let favorite) = $0 { favorite } else { nil } }
      }
      let annotation = Favorite.Annotation(
        title: "Sea", note: "two\nlines", rating: 5, tags: ["a", "b"])
      #expect(last?.annotation == annotation)
      #expect(gallery.found(FavoriteQuery(text: "se"), request: 2)?.count == 1)
      #expect(gallery.found(FavoriteQuery(text: "moon"), request: 3)?.count == 0)

      gallery.run(.remove(kept.id))
      #expect(gallery.first { if case .removed(let id) = $0 { id } else { nil } } == kept.id)
      #expect(gallery.found(request: 4)?.total == 0)
      gallery.run(.restore(kept.id))
      #expect(gallery.first { if case .restored(let id) = $0 { id } else { nil } } == kept.id)
      gallery.run(.list(.tag))
      let tags = gallery.first { if case .listed(.tag, let choices) = $0 { choices } else { nil } }
      #expect(tags == [.init(name: "a", count: 1), .init(name: "b", count: 1)])

      let favorite = try #require(last)
      gallery.run(.export([favorite], folder: "\(folder)/out/deep"))
      #expect(
        gallery.first { if case .exported(let count, _) = $0 { count } else { nil } } == 1)
      let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/out/deep")
      #expect(names.count == 2)
      gallery.run(.export([favorite], folder: favorite.picturePath))
      #expect(gallery.first { if case .refused(let reason) = $0 { reason } else { nil } } != nil)
      gallery.run(.change(UUID(), .rating(1)))
      #expect(
        gallery.first { if case .refused(let reason) = $0 { reason } else { nil } }?
          .contains("there is no such favorite") == true)
    }
  }
}
