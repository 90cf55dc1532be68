import Files
import Testing

@Suite struct RawPathTests {
  @Test(arguments: [
    ("/", nil, "/"), ("/a", "/", "a"), ("/a/b", "/a", "b"), ("/a/b//", "/a", "b"),
    ("//a//b", "//a", "b"), ("a", nil, "a"), ("a/b", "a", "b"), ("", nil, "/"),
  ])
  func `a path has a parent and a name`(path: String, parent: String?, name: String) {
    #expect(RawPath(path).parent?.text == parent)
    #expect(RawPath(path).name.text == name)
  }

  @Test func `what is not UTF-8 is no text, and is kept`() {
    let path = RawPath("/a").appending(RawPath(bytes: [0x63, 0xE9, 0x1B]))
    #expect(path.text == nil)
    #expect(path.printable == "/a/c\u{FFFD}\u{FFFD}")
    #expect(path.bytes == Array("/a/c".utf8) + [0xE9, 0x1B])
    #expect(path.parent == RawPath("/a"))
  }

  @Test func `nothing follows a NUL`() {
    #expect(RawPath(bytes: [0x61, 0, 0x62]) == RawPath("a"))
  }

  @Test(arguments: [
    [UInt8](1...255), Array("/home/ü é%41/~x".utf8), Array("/".utf8),
  ])
  func `a path survives as a URI`(bytes: [UInt8]) {
    let path = RawPath(bytes: [UInt8(ascii: "/")] + bytes.filter { $0 != UInt8(ascii: "/") })
    #expect(path.uri.utf8.allSatisfy { (0x21...0x7E).contains($0) })
    #expect(RawPath(uri: path.uri) == path)
  }

  @Test(arguments: [
    "http://a/b", "file:a", "file:///%", "file:///%4", "file:///%zz", "file:///a%00b", "",
  ])
  func `what is no file URI is no path`(uri: String) {
    #expect(RawPath(uri: uri) == nil)
  }
}
