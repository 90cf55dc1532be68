import Foundation
import Testing

@testable import Favorites

@Suite struct FavoriteErrorTests {
  @Test func `errors are worded for people`() {
    let id = UUID()
    let expected: [(FavoriteError, String)] = [
      (.readOnly(path: "l"), "the library cannot be written to"),
      (.diskFull(path: "l"), "the disk is full"),
      (.locked(path: "l"), "the library is in use by another process"),
      (.damaged(path: "l", reason: "a\u{1B}b"), "the library is damaged: a\u{FFFD}b"),
      (.tooNew(path: "l"), "the library is of a form that is not known"),
      (.noRecipe(path: "p"), "the picture carries no recipe"),
      (.notFound(id: "1f"), "there is no such favorite"),
      (.ambiguous(id: "1f", count: 2), "2 favorites begin with this"),
      (.duplicate(of: id), "this picture is a favorite already"),
      (.file(.missing(path: "p")), "no such file"),
    ]
    for (error, text) in expected { #expect("\(error)" == text) }
    #expect(FavoriteError.duplicate(of: id).subject == id.uuidString.lowercased())
  }
}
