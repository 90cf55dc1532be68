import Archives
import Files
import Foundation
import TestSupport
import Testing

@testable import Favorites

/// Favorites that travel in an archive.
@Suite struct ZipTests {
  @Test func `an archive takes along all that is known`() throws {
    try withLibrary { library, folder in
      let kept = try (0..<3).map {
        try library.add(
          picture($0), origin: origin($0),
          annotation: .init(title: "Nr. \($0)", note: "ü", rating: $0, tags: ["a", "b"]))
      }
      let path = "\(folder)/all.zip"
      var pages = [kept, []]
      #expect(
        try library.export(toZip: path) { () throws(FavoriteError) in pages.removeFirst() } == 3)
      try withLibrary { other, _ in
        var taken: [Favorite] = []
        try other.importZip(path) { _, result in taken.append(try result.get()) }
        #expect(taken.map(\.annotation) == kept.map(\.annotation))
        #expect(taken.map(\.origin) == kept.map(\.origin))
        #expect(taken.map(\.id) == kept.map(\.id) && taken.map(\.created) == kept.map(\.created))
        var refused = 0
        try other.importZip(path) { _, result in
          if case .failure(.duplicate) = result { refused += 1 }
        }
        #expect(refused == 3)
      }
    }
  }

  @Test func `strange members are left out or refused`() throws {
    try withLibrary { library, folder in
      let bytes = try FileBytes.read(try library.add(picture(1), origin: origin()).picturePath)
      var directory = ZipDirectory()
      var archive: [UInt8] = []
      for (name, content) in [
        ("__MACOSX/a.png", bytes), (".hidden.png", bytes), ("notes.txt", [1]),
        ("../../../escape.png", bytes), ("/tmp/elsewhere.png", bytes), ("broken.png", [1, 2, 3]),
      ] {
        archive += directory.header(for: name, content: content, modified: Date()) + content
      }
      let path = "\(folder)/strange.zip"
      try AtomicFile.write(archive + directory.end, to: path)
      try withLibrary { other, place in
        var names: [String] = []
        try other.importZip(path) { name, result in
          names.append(name)
          if name.hasSuffix("elsewhere.png") {
            let favorite = try result.get()
            #expect(favorite.picturePath.hasPrefix("\(place)/pictures/"))
          }
        }
        #expect(names == ["\(path): /tmp/elsewhere.png", "\(path): broken.png"])
        #expect(throws: FavoriteError.self) { try other.importZip("/none") { _, _ in } }
      }
    }
  }
}
