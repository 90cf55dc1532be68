import Files
import Foundation
import GRDB
import Pictures
import Recipes
import TestSupport
import Testing

@testable import Favorites

/// What disks and crashes do to a library, and the way on.
@Suite struct RecoveryTests {
  private func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder)/pictures").sorted()
  }

  @Test func `pictures that were kept without a library are taken in`() throws {
    try withLibrary { library, folder in
      let loose = "\(folder)/pictures/2026-01-31-235959"
      try RecipeFile.write(origin(3).recipe, to: "\(loose).yaml")
      try PictureEncoder.write(picture(3), to: "\(loose).png")
      try PictureEncoder.write(picture(4), to: "\(folder)/pictures/stranger.png")
      try AtomicFile.write([1, 2, 3], to: "\(folder)/pictures/broken.png")
      let arrivals = try library.importLoose()
      let favorite = try #require(arrivals.favorites.first)
      #expect(arrivals.favorites.count == 1 && favorite.picturePath == "\(loose).png")
      #expect(favorite.origin.recipe == origin(3).recipe)
      #expect(favorite.origin.sources.map(\.role) == [.content, .style])
      #expect(
        arrivals.refused.map(\.error) == [
          .picture(.unrecognized(path: "\(folder)/pictures/broken.png")),
          .noRecipe(path: "\(folder)/pictures/stranger.png"),
        ])
      #expect(try library.importLoose().favorites.isEmpty, "once is enough")
      try library.remove([favorite.id], at: Date(timeIntervalSince1970: 0))
      try library.purge(removedBefore: Date())
      #expect(try files(folder) == ["broken.png", "stranger.png"], "with its recipe")
    }
  }

  @Test func `a file that was written before a crash is taken in with its id`() throws {
    try withLibrary { library, _ in
      let kept = try library.add(picture(1), origin: origin(), annotation: .init(title: "x"))
      try library.write { try $0.execute(sql: "DELETE FROM favorite") }
      #expect(try library.importLoose().favorites == [kept])
      #expect(try library.favorite(kept.id) == kept)
    }
  }

  @Test(arguments: [0, 40, 4096 + 100, 3 * 4096 + 3])
  func `a damaged index is told from a sound one, and made anew`(offset: Int) throws {
    try withTemporaryFolder { folder in
      var library: FavoriteLibrary? = try FavoriteLibrary(folder: folder)
      var kept: [Favorite] = []
      for number in 0..<12 {
        let favorite = try #require(library).add(picture(number), origin: origin(number))
        kept.append(
          try #require(library).update(favorite.id) { $0.rating = number % 6 })
      }
      try #require(library).remove([kept[0].id])
      library = nil
      let path = "\(folder)/library.sqlite"
      var bytes = try FileBytes.read(path)
      // Noise over some pages, so that nothing there makes sense.
      for index in offset..<min(bytes.count, offset + 3 * 4096) {
        bytes[index] = UInt8(truncatingIfNeeded: index &* 2_654_435_761 >> 7)
      }
      try AtomicFile.write(bytes, to: path)
      let error = #expect(throws: FavoriteError.self) {
        let library = try FavoriteLibrary(folder: folder)
        _ = try library.favorites()
        try library.checkThoroughly()
      }
      guard case .damaged = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(error?.hint?.contains("rebuild") == true)

      let rebuilding = try FavoriteLibrary.rebuild(folder: folder)
      #expect(rebuilding.setAside.map { FileManager.default.fileExists(atPath: $0) } == true)
      #expect(rebuilding.arrivals.refused.isEmpty)
      let found = try rebuilding.library.favorites(matching: .init(order: .oldest))
      #expect(found == Array(kept.dropFirst()))
      #expect(try rebuilding.library.count(matching: .init(isTrash: true)) == 1)
      try rebuilding.library.checkThoroughly()
    }
  }

  @Test func `what only a broken index says is used when it can be read`() throws {
    try withTemporaryFolder { folder in
      var library: FavoriteLibrary? = try FavoriteLibrary(folder: folder)
      let kept = try #require(library).add(picture(1), origin: origin())
      // As if the picture could not be written when this was said.
      try library?.write { try $0.execute(sql: "UPDATE favorite SET note = 'only here'") }
      library = nil
      let rebuilding = try FavoriteLibrary.rebuild(folder: folder)
      #expect(try rebuilding.library.favorite(kept.id).annotation.note == "only here")
    }
  }

  @Test func `an index is not replaced beneath another process`() throws {
    try withLibrary { library, folder in
      let path = "\(folder)/library.sqlite"
      #expect(throws: FavoriteError.locked(path: path)) {
        try FavoriteLibrary.rebuild(folder: folder)
      }
      _ = try library.add(picture(1), origin: origin())
    }
  }

  @Test func `a full disk keeps what there is and leaves nothing half done`() throws {
    try withLibrary { library, folder in
      let kept = try library.add(picture(1), origin: origin())
      try library.write { try $0.execute(sql: "PRAGMA max_page_count = 1") }
      let before = try files(folder)
      var annotation = Favorite.Annotation()
      annotation.note = String(repeating: "long ", count: 4000)
      #expect(throws: FavoriteError.diskFull(path: library.path)) {
        for number in 2..<40 {
          _ = try library.add(picture(number), origin: origin(), annotation: annotation)
        }
      }
      let now = try library.favorites()
      #expect(now.last == kept && now.allSatisfy { access($0.picturePath, F_OK) == 0 })
      #expect(try files(folder).count == before.count + now.count - 1)
      try library.checkThoroughly()
    }
  }

  @Test func `a picture that cannot be written leaves no entry`() throws {
    try withLibrary { library, folder in
      try FileManager.default.removeItem(atPath: "\(folder)/pictures")
      let error = #expect(throws: FavoriteError.self) {
        try library.add(picture(1), origin: origin())
      }
      #expect(error?.kind == .cannotCreate)
      #expect(try library.count() == 0)
    }
  }

  @Test func `a library that another process holds is reported, not waited for without end`() throws
  {
    try withTemporaryFolder { folder in
      _ = try FavoriteLibrary(folder: folder)
      let library = try FavoriteLibrary(folder: folder, lock: nil, patience: 0.05)
      let other = try DatabaseQueue(path: library.path)
      try other.inTransaction(.immediate) { _ -> Database.TransactionCompletion in
        #expect(throws: FavoriteError.locked(path: library.path)) {
          try library.add(picture(1), origin: origin())
        }
        let count = try library.count()
        #expect(count == 0, "reading goes on")
        return .rollback
      }
      _ = try library.add(picture(1), origin: origin())
    }
  }

  @Test(arguments: [false, true])
  func `where nothing can be written favorites can be looked at`(isInUse: Bool) throws {
    try withTemporaryFolder { folder in
      var library: FavoriteLibrary? = try FavoriteLibrary(folder: folder)
      let kept = try #require(library).add(picture(1), origin: origin())
      if !isInUse { library = nil }
      let reader = try FavoriteLibrary(folder: folder, lock: nil, isWritable: false)
      #expect(reader.isReadOnly)
      #expect(try reader.favorites() == [kept])
      #expect(throws: FavoriteError.readOnly(path: reader.path)) {
        try reader.add(picture(2), origin: origin())
      }
      withExtendedLifetime(library) {}
    }
    try withTemporaryFolder { folder in
      _ = #expect(throws: FavoriteError.readOnly(path: "\(folder)/library.sqlite")) {
        try FavoriteLibrary(folder: folder, lock: nil, isWritable: false)
      }
    }
  }

  @Test func `a library of a later version is left alone`() throws {
    try withTemporaryFolder { folder in
      _ = try FavoriteLibrary(folder: folder)
      let path = "\(folder)/library.sqlite"
      try DatabaseQueue(path: path).write {
        try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('from the future')")
      }
      #expect(throws: FavoriteError.tooNew(path: path)) { try FavoriteLibrary(folder: folder) }
    }
  }

  @Test func `an exported favorite is the same elsewhere`() throws {
    try withLibrary { library, folder in
      let added = try library.add(picture(1), origin: origin(), annotation: .init(title: "t"))
      let kept = try library.update(added.id) { $0.tags = ["x"] }
      let export = "\(folder)/export"
      try FileManager.default.createDirectory(atPath: export, withIntermediateDirectories: true)
      let copy = try library.export(kept, to: export)
      #expect(try RecipeFile.read(PictureFolder.sidecar(of: copy)) == kept.origin.recipe)
      #expect(try FavoriteLibrary.pictures(in: export) == [copy])
      try withLibrary { other, _ in
        let imported = try other.import(copy)
        #expect(imported.id == kept.id && imported.origin == kept.origin)
        #expect(imported.annotation == kept.annotation && imported.created == kept.created)
        #expect(throws: FavoriteError.duplicate(of: kept.id)) { try other.import(copy) }
        try other.remove([kept.id])
        #expect(try other.import(copy).id != kept.id)
      }
    }
  }

  @Test func `records that make no sense are not believed`() throws {
    try withTemporaryFolder { folder in
      let recipe = try RecipeFile.text(of: origin().recipe)
      let records = [
        "", "{", "[]", "{\"id\":\"x\"}", "{\"created\":1e300}",
        "{\"annotation\":{\"title\":\"t\",\"note\":\"\",\"rating\":-7,\"tags\":[]}}",
        "{\"created\":9223372036854775807}",
        "{\"created\":-9223372036854775808,\"removed\":-9223372036854775808}",
      ]
      let library = try FavoriteLibrary(folder: "\(folder)/home")
      for (number, record) in records.enumerated() {
        let path = "\(folder)/\(number).png"
        try PictureEncoder.write(
          picture(number), to: path, metadata: .init(recipe: recipe, record: record))
        let favorite = try library.import(path)
        #expect(favorite.annotation.rating == 0 && favorite.removed == nil)
        #expect(try library.favorite(favorite.id) == favorite)
      }
    }
  }

  @Test func `an entry that makes no sense hides no other and harms nothing`() throws {
    try withLibrary { library, folder in
      let kept = try (0..<3).map { try library.add(picture($0), origin: origin($0)) }
      let changes = [
        "recipe = '{\"size\": 512, \"from\": \"the future\"}'", "recipe = x'00ff'",
        "created = 'yesterday'", "file = '../../etc/passwd'", "width = 'wide'",
      ]
      for change in changes {
        try library.write { db in
          try db.execute(
            sql: "UPDATE favorite SET \(change) WHERE id = ?", arguments: [kept[1].id.uuidString])
        }
        #expect(try Set(library.favorites().map(\.id)).isDisjoint(with: [kept[1].id]))
        #expect(try library.favorites().count == 2)
        #expect(throws: FavoriteError.self) { try library.favorite(kept[1].id) }
      }
      try library.write { try $0.execute(sql: "UPDATE favorite SET title = x'ff', rating = 2.5") }
      #expect(try library.favorites().map(\.annotation.title) == ["", ""])
      try library.write { db in
        try db.execute(
          sql: "UPDATE favorite SET removed = 0 WHERE id = ?", arguments: [kept[1].id.uuidString])
      }
      #expect(try library.purge(removedBefore: Date()) == 1)
      #expect(access(folder, F_OK) == 0)
    }
  }

  /// `Fixtures/library-1.sql` is what version 0.1 wrote, dumped by sqlite3.
  @Test func `a library of the first released form is opened`() throws {
    try withTemporaryFolder { folder in
      let dump = try #require(
        Bundle.module.url(forResource: "library-1", withExtension: "sql", subdirectory: "Fixtures"))
      let path = "\(folder)/library.sqlite"
      let script = try String(contentsOf: dump, encoding: .utf8)
      try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: script) }
      let library = try FavoriteLibrary(folder: folder)
      let favorites = try library.favorites(matching: .init(order: .oldest))
      #expect(favorites.map(\.annotation.title) == ["Hafen", ""])
      #expect(
        favorites[0].annotation.tags == ["blau", "See"] && favorites[0].annotation.rating == 4)
      #expect(favorites[0].origin.sources.map(\.name) == ["harbor.jpg", "knife.png"])
      #expect(try library.count(matching: .init(text: "blau hafen harbor")) == 1)
      try library.checkThoroughly()
    }
  }
}
