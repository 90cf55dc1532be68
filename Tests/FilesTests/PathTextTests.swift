import Files
import Testing

@Suite struct PathTextTests {
  @Test(arguments: [
    ("a/b.png", "a"), ("/a/b/c", "/a/b"), ("x", ""), (".", ""), ("", ""), ("/", "/"), ("/x", "/"),
    ("a/", ""), ("//a//b//", "//a"), ("./x", "."),
  ])
  func `the folder of a path is what stands before its last part`(path: String, folder: String) {
    #expect(path.parentFolder == folder)
  }
}
