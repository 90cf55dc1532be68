import Recipes
import Studio
import Testing

@testable import impasto

@Suite struct FoldersTests {
  @Test func `the base directory specification is followed`() {
    let folders = Folders(environment: [
      "HOME": "/home/a", "XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "relative", "XDG_STATE_HOME": "",
    ])
    #expect(folders.config == "/c/impasto")
    #expect(folders.data == "/home/a/.local/share/impasto")
    #expect(folders.models == "/home/a/.local/share/impasto/models")
    #expect(folders.state == "/home/a/.local/state/impasto")
  }

  @Test func `one variable puts everything in one place`() {
    let folders = Folders(environment: ["HOME": "/home/a", "IMPASTO_HOME": "/i"])
    #expect(folders.config == "/i" && folders.models == "/i/models" && folders.state == "/i")
  }

  @Test func `a style's weight follows the last colon`() {
    #expect(Recipe.Style(argument: "a.jpg") == .init(picture: "a.jpg", weight: 1))
    #expect(Recipe.Style(argument: "a.jpg:2.5") == .init(picture: "a.jpg", weight: 2.5))
    #expect(Recipe.Style(argument: "a:b.jpg:-1") == .init(picture: "a:b.jpg", weight: -1))
    #expect(Recipe.Style(argument: "c:\\a.jpg") == .init(picture: "c:\\a.jpg", weight: 1))
    #expect(Recipe.Style(argument: ":3") == .init(picture: ":3", weight: 1))
  }

  @Test func `quantities read well`() {
    #expect(Format.bytes(999) == "999 B")
    #expect(Format.bytes(54_746_838) == "54.7 MB")
    #expect(Format.duration(3725) == "1:02:05")
    #expect(Format.duration(-1) == "0:00")
    #expect(Format.bar(0.5, width: 4) == "██░░")
    #expect(Format.bar(.infinity, width: 2) == "██")
  }
}
