import Files
import Foundation
import Pictures
import Terminal
import TestSupport
import Testing

@testable import Studio

@Suite struct PickerServicesTests {
  private let png: [UInt8]

  init() throws {
    png = try PictureEncoder.encode(samplePicture(width: 400, height: 300), as: .png)
  }

  @Test func `names of any bytes are listed and can be opened`() throws {
    try withTemporaryFolder { folder in
      let services = RunningServices(in: folder)
      let names = [
        RawPath("\u{1B}[31m\n.png"), RawPath("👩‍👩‍👧.png"), RawPath("日本語.png"),
        RawPath(bytes: [0x63, 0xE9, 0xFF] + Array(".PNG".utf8)),
      ]
      let place = RawPath("\(folder)/pictures")
      mkdir("\(folder)/pictures", 0o700)
      for name in names { try write(png, to: place.appending(name)) }
      let listing = try #require(services.listing(place))
      #expect(Set(listing.entries.map(\.name)) == Set(names + [RawPath("..")]))
      #expect(listing.entries.allSatisfy { $0.title == $0.title.printable })
      for name in names {
        let (facts, picture) = try #require(services.inspected(listing.wish(name)))
        #expect(facts.header == PickerFacts.Header(format: .png, width: 400, height: 300))
        #expect(picture?.picture.width == 320)
        #expect(picture?.picture.height == 240)
      }
      let path = place.appending(names[3])
      let text = services.answer(to: .name([path])) { event in
        if case .named(_, let names) = event { names.first } else { nil }
      }
      #expect(try PictureDecoder.decode(#require(text)).width == 400)
      #expect(text?.hasSuffix("/c\u{FFFD}\u{FFFD}.PNG") == true)
    }
  }

  @Test func `ten thousand files are listed in the order of their numbers`() throws {
    try withTemporaryFolder { folder in
      mkdir("\(folder)/many", 0o700)
      for number in 0..<10_000 { try write([], to: RawPath("\(folder)/many/IMG_\(number).jpg")) }
      mkdir("\(folder)/many/zoo", 0o700)
      let listing = try #require(RunningServices(in: folder).listing(RawPath("\(folder)/many")))
      #expect(listing.entries.count == 10_002)
      #expect(listing.entries[0].kind == .parent)
      #expect(listing.entries[1].title == "zoo")
      #expect(listing.entries[2...].map(\.title) == (0..<10_000).map { "IMG_\($0).jpg" })
    }
  }

  @Test func `a folder that is not there, or closed, or a circle, says so`() throws {
    try withTemporaryFolder { folder in
      symlink("loop", "\(folder)/loop")
      let services = RunningServices(in: folder)
      for (name, reason) in [("gone", "no such folder"), ("loop", "its links lead in a circle")] {
        let failure = services.answer(to: .list(RawPath("\(folder)/\(name)"), request: 1)) {
          event in
          if case .listingFailed(let reason, _) = event { reason } else { nil }
        }
        #expect(failure == reason)
      }
      let entry = services.listing(RawPath(folder))?.entries.first { $0.title == "loop" }
      #expect(entry?.kind == .special)
    }
  }

  @Test func `a path to a file shows its folder with the file selected`() throws {
    try withTemporaryFolder { folder in
      try write(png, to: RawPath("\(folder)/a.png"))
      let listing = RunningServices(in: folder).listing(RawPath("\(folder)/a.png"))
      #expect(listing?.folder.text == folder)
      #expect(listing?.selecting?.text == "a.png")
    }
  }

  @Test func `pipes are not opened and what is no picture says why`() throws {
    try withTemporaryFolder { folder in
      mkfifo("\(folder)/pipe.png", 0o600)
      try write([], to: RawPath("\(folder)/empty.png"))
      try write(Array("GIF89a, honestly".utf8), to: RawPath("\(folder)/other.png"))
      try write(Array(png.prefix(png.count / 2)), to: RawPath("\(folder)/half.png"))
      try write(png, to: RawPath("\(folder)/misnamed.txt"))
      let services = RunningServices(in: folder)
      let listing = try #require(services.listing(RawPath(folder)))
      func facts(_ name: String) throws -> PickerFacts? {
        services.inspected(try listing.wish(RawPath(name)))?.0
      }
      #expect(try facts("pipe.png")?.failure == "not a regular file")
      #expect(try facts("empty.png")?.failure == "the file is empty")
      #expect(try facts("other.png")?.failure == "not a PNG, JPEG or WebP picture")
      #expect(try facts("half.png")?.failure?.hasPrefix("damaged PNG picture") == true)
      #expect(try facts("half.png")?.header?.width == 400)
      #expect(try facts("misnamed.txt")?.failure == nil)
      var vanished = try listing.wish(RawPath("half.png"))
      unlink("\(folder)/half.png")
      vanished.isThumbnailWanted = false
      #expect(services.inspected(vanished)?.0.failure == "no such file")
    }
  }

  @Test func `a copy from the cache needs the picture no more`() throws {
    try withTemporaryFolder { folder in
      try write(png, to: RawPath("\(folder)/a.png"))
      let services = RunningServices(in: folder)
      let wish = try #require(services.listing(RawPath(folder))).wish(RawPath("a.png"))
      let first = try #require(services.inspected(wish))
      try write(Array("no picture any more".utf8), to: RawPath("\(folder)/a.png"))
      let second = try #require(services.inspected(wish))
      #expect(second.0 == first.0)
      // WebP is lossy, so that a picture made anew would be another one.
      let cache = ThumbnailCache(folder: "\(folder)/cache/thumbnails")
      #expect(second.1?.picture == cache.thumbnail(for: wish)?.1)
      #expect(second.1?.picture != first.1?.picture)
      var changed = wish
      changed.modified += 1
      #expect(services.inspected(changed)?.0.failure == "not a PNG, JPEG or WebP picture")
    }
  }

  @Test func `a broken copy in the cache is made anew`() throws {
    try withTemporaryFolder { folder in
      try write(png, to: RawPath("\(folder)/a.png"))
      let services = RunningServices(in: folder)
      let wish = try #require(services.listing(RawPath(folder))).wish(RawPath("a.png"))
      let first = try #require(services.inspected(wish))
      let path = RawPath(ThumbnailCache(folder: "\(folder)/cache/thumbnails").path(for: wish))
      let sound = try FileBytes.read(path)
      for place in [0, 25, sound.count / 2, sound.count - 1] {
        var broken = sound
        broken[place] ^= 0x55
        try write(broken, to: path)
        #expect(try #require(services.inspected(wish)).1?.picture == first.1?.picture)
        #expect(try FileBytes.read(path) == sound)
      }
      try write(Array(sound.prefix(60)), to: path)
      #expect(try #require(services.inspected(wish)).1?.picture == first.1?.picture)
    }
  }

  @Test func `the copies read longest ago go first`() throws {
    try withTemporaryFolder { folder in
      let cache = ThumbnailCache(folder: "\(folder)/thumbnails", budget: 4000)
      mkdir(cache.folder, 0o700)
      for number in 0..<6 {
        let path = "\(cache.folder)/\(number).thumbnail"
        try write([UInt8](repeating: 0, count: 1000), to: RawPath(path))
        let time = timespec(tv_sec: 1000 + 10 * (number + 3) % 60, tv_nsec: 0)
        utimensat(AT_FDCWD, path, [time, time], 0)
      }
      cache.prune()
      let left = try FileManager.default.contentsOfDirectory(atPath: cache.folder).sorted()
      #expect(left == ["0", "1", "2"].map { "\($0).thumbnail" })
    }
  }

  @Test func `bookmarks and recent folders survive, whatever their names`() throws {
    try withTemporaryFolder { folder in
      let services = RunningServices(in: folder)
      let odd = RawPath(bytes: Array("/a/".utf8) + [0xE9, 0x0A])
      let kept = PickerShelf(bookmarks: [odd, RawPath("/b c")], recents: [RawPath("/d")])
      services.run(.keepShelf(kept))
      let shelf = services.answer(to: .readShelf) { event in
        if case .shelfRead(let shelf) = event { shelf } else { nil }
      }
      #expect(shelf == kept)
    }
  }

  @Test(arguments: [
    "", "{", "[]", "{\"bookmarks\": 3}", "{\"recents\": [\"http://a\", \"file:///%\"]}",
  ])
  func `a broken file of folders is none`(text: String) throws {
    try withTemporaryFolder { folder in
      try write(Array(text.utf8), to: RawPath("\(folder)/folders.json"))
      #expect(PickerShelfFile.read("\(folder)/folders.json") == PickerShelf())
    }
  }

  @Test func `names that go on as typed are found, else those that do but for their case`() throws {
    try withTemporaryFolder { folder in
      for name in ["Documents", "Downloads", "downtown", ".dots"] {
        mkdir("\(folder)/\(name)", 0o700)
      }
      try write(png, to: RawPath("\(folder)/Dog.png"))
      try write(png, to: RawPath("\(folder)/Dog.txt"))
      let services = RunningServices(in: folder)
      func completions(_ prefix: String) -> [String]? {
        let effect = PickerEffect.complete(folder: RawPath(folder), prefix: prefix, request: 0)
        return services.answer(to: effect) { event in
          if case .completed(let names, _) = event { names } else { nil }
        }
      }
      #expect(completions("Do") == ["Documents/", "Downloads/", "Dog.png"])
      #expect(completions("DOWN") == ["Downloads/", "downtown/"])
      #expect(completions(".d") == [".dots/"])
      #expect(completions("x") == [])
    }
  }
}
