import Dispatch
import Favorites
import Foundation
import Pictures
import Synchronization
import TestSupport
import Testing

/// Keeping, finding, changing, removing.
@Suite struct FavoriteLibraryTests {
  @Test func `a favorite comes back as it was kept`() throws {
    try withLibrary { library, folder in
      let kept = try library.add(
        picture(1), origin: origin(),
        annotation: .init(
          title: " Am\nHafen ", note: "mit Wolken", rating: 9, tags: ["b", "a", "B", ""]),
        created: Date(timeIntervalSince1970: 1_700_000_000.1234))
      #expect(kept.annotation.title == "Am Hafen" && kept.annotation.rating == 5)
      #expect(kept.annotation.tags == ["a", "b"])
      #expect(try library.favorite(kept.id) == kept)
      #expect(try library.favorites() == [kept])
      #expect(kept.origin == origin().with(lineage: kept.origin.lineage))
      #expect(try PictureDecoder.decode(kept.picturePath) == picture(1))
      let thumbnail = try library.thumbnail(of: kept.id)
      #expect(thumbnail.width == 12 && thumbnail.height == 9)
      let again = try FavoriteLibrary(folder: folder)
      #expect(try again.favorites() == [kept])
    }
  }

  @Test func `the same pixels are kept once`() throws {
    try withLibrary { library, folder in
      let first = try library.add(picture(1), origin: origin(1))
      #expect(throws: FavoriteError.duplicate(of: first.id)) {
        try library.add(picture(1), origin: origin(2))
      }
      #expect(try library.favorite(showing: picture(1)) == first)
      #expect(try library.favorite(showing: picture(2)) == nil)
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/pictures").count == 1)
    }
  }

  @Test func `what is removed comes back until it is purged`() throws {
    try withLibrary { library, folder in
      let kept = try library.add(picture(1), origin: origin())
      let other = try library.add(picture(2), origin: origin())
      try library.remove([kept.id], at: Date(timeIntervalSince1970: 1000))
      #expect(try library.favorites() == [other])
      #expect(try library.favorites(matching: .init(isTrash: true)).map(\.id) == [kept.id])
      try library.restore([kept.id])
      #expect(try library.favorite(kept.id) == kept)

      try library.remove([kept.id], at: Date(timeIntervalSince1970: 1000))
      let twin = try library.add(picture(1), origin: origin())
      #expect(throws: FavoriteError.duplicate(of: twin.id)) { try library.restore([kept.id]) }
      #expect(try library.purge(removedBefore: Date(timeIntervalSince1970: 1000)) == 0)
      #expect(try library.purge(removedBefore: Date(timeIntervalSince1970: 1001)) == 1)
      #expect(!FileManager.default.fileExists(atPath: kept.picturePath))
      #expect(FileManager.default.fileExists(atPath: twin.picturePath))
      #expect(throws: FavoriteError.notFound(id: kept.id.uuidString.lowercased())) {
        try library.favorite(kept.id)
      }
      #expect(try library.importLoose().favorites.isEmpty)
      try library.checkThoroughly()
    }
  }

  @Test func `what is measured later joins what is known, in the index and in the picture`() throws
  {
    try withLibrary { library, _ in
      let kept = try library.add(picture(1), origin: origin())
      let measured = try library.measure(kept.id, ["gram": 0.25, "ssim": 0.5])
      #expect(measured.origin.metrics == ["gram": 0.25, "ssim": 0.5])
      #expect(
        measured.annotation == kept.annotation && measured.origin.losses == kept.origin.losses)
      #expect(try library.favorite(kept.id) == measured)
      let metadata = try PictureDecoder.metadata(of: kept.picturePath)
      #expect(metadata.record?.contains("\"gram\":0.25") == true)
      #expect(throws: FavoriteError.self) { try library.measure(UUID(), ["ssim": 1]) }
      try library.checkThoroughly()
    }
  }

  @Test func `what is said of a favorite changes in the index and in the picture`() throws {
    try withLibrary { library, _ in
      let kept = try library.add(picture(1), origin: origin())
      let changed = try library.update(kept.id) {
        $0.rating = 4
        $0.tags = ["sea"]
        $0.note = "blue"
      }
      #expect(try library.favorite(kept.id) == changed && changed.annotation.rating == 4)
      #expect(try library.favorites(matching: .init(text: "blu")) == [changed])
      let record = try #require(try PictureDecoder.metadata(of: changed.picturePath).record)
      #expect(record.contains("\"rating\":4") && record.contains("sea"))
      #expect(try PictureDecoder.decode(changed.picturePath) == picture(1))
    }
  }

  @Test func `filters, orders and pages agree`() throws {
    try withLibrary { library, _ in
      for number in 0..<30 {
        _ = try library.add(
          picture(number), origin: origin(number),
          annotation: .init(
            title: number % 2 == 0 ? "" : "title \(29 - number)", rating: number % 6,
            tags: number % 3 == 0 ? ["third", "n\(number)"] : []),
          created: Date(timeIntervalSince1970: Double(number)))
      }
      let all = try library.favorites()
      #expect(all.map(\.created) == all.map(\.created).sorted(by: >) && all.count == 30)
      #expect(try library.favorites(limit: 7, offset: 28) == Array(all[28...]))
      #expect(try library.favorites(matching: .init(order: .oldest)) == all.reversed())
      let good = FavoriteQuery(rating: 4, order: .rating)
      #expect(
        try library.favorites(matching: good).map(\.annotation.rating)
          == Array(repeating: 5, count: 5) + Array(repeating: 4, count: 5))
      #expect(try library.count(matching: good) == 10)
      #expect(try library.favorites(matching: .init(tags: ["Third"])).count == 10)
      #expect(try library.favorites(matching: .init(tags: ["third", "n6"])).count == 1)
      #expect(
        try library.favorites(matching: .init(order: .loss)).first?.origin.losses?.total
          == 10.0 / 30)
      #expect(
        try library.favorites(matching: .init(order: .title)).first?.annotation.title == "title 0")
      #expect(try library.count(matching: .init(style: "Klee & Sohn.png")) == 30)
      #expect(try library.count(matching: .init(style: "other.png")) == 0)
      #expect(try library.tags().first?.name == "third")
      #expect(try library.styles().map(\.count) == [30])
    }
  }

  @Test(arguments: [
    ("haf", 1), ("HAFEN wolk", 1), ("hafen sturm", 0), ("cafe", 1), ("klee", 2), ("harbor-2", 1),
    ("\"", 2), ("* OR (", 0), ("-", 2), ("NEAR(", 0), ("", 2), ("a\0b", 0),
  ])
  func `words are found by their beginnings, whatever operators they hold`(
    text: String, count: Int
  ) throws {
    try withLibrary { library, _ in
      _ = try library.add(
        picture(1), origin: origin(1),
        annotation: .init(title: "Hafen", note: "viele Wolken", tags: ["Café"]))
      _ = try library.add(picture(2), origin: origin(2))
      #expect(try library.count(matching: .init(text: text)) == count)
      #expect(try library.favorites(matching: .init(text: text)).count == count)
    }
  }

  @Test func `the beginning of an id is enough`() throws {
    try withLibrary { library, _ in
      let ids = try (0..<40).map { try library.add(picture($0), origin: origin()).id }
      let text = ids[0].uuidString.lowercased()
      #expect(try library.favorite(beginning: text).id == ids[0])
      #expect(try library.favorite(beginning: String(text.prefix(20))).id == ids[0])
      #expect(throws: FavoriteError.notFound(id: "*")) { try library.favorite(beginning: "*") }
      #expect(throws: FavoriteError.notFound(id: "")) { try library.favorite(beginning: "") }
      // Of forty ids two begin alike.
      let starts = Dictionary(grouping: ids) { $0.uuidString.prefix(1) }
      let shared = try #require(starts.first { $0.value.count > 1 })
      #expect(throws: FavoriteError.ambiguous(id: String(shared.key), count: shared.value.count)) {
        try library.favorite(beginning: String(shared.key))
      }
    }
  }

  @Test func `several threads and two libraries on one folder lose nothing`() throws {
    try withLibrary { library, folder in
      let other = try FavoriteLibrary(folder: folder)
      let kept = Mutex<Set<UUID>>([])
      let failures = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 40) { number in
        let library = number % 2 == 0 ? library : other
        do {
          let favorite = try library.add(picture(number), origin: origin(number))
          try library.update(favorite.id) { $0.rating = 1 + number % 5 }
          _ = try library.favorites(matching: .init(text: "har"))
          if number % 8 == 0 { _ = try other.importLoose() }
          _ = kept.withLock { $0.insert(favorite.id) }
        } catch {
          failures.withLock { $0.append("\(error)") }
        }
      }
      #expect(failures.withLock { $0 } == [])
      let found = try library.favorites()
      #expect(Set(found.map(\.id)) == kept.withLock { $0 } && found.count == 40)
      #expect(found.allSatisfy { $0.annotation.rating > 0 })
      try other.checkThoroughly()
    }
  }
}

extension Favorite.Origin {
  /// This origin with another lineage.
  func with(lineage: Favorite.Lineage?) -> Self {
    var origin = self
    origin.lineage = lineage
    return origin
  }
}
