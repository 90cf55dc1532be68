import Foundation
import TestSupport
import Testing

@testable import Files

@Suite struct FileBytesTests {
  @Test func `what is no readable file is named as what it is`() throws {
    try withTemporaryFolder { folder in
      #expect(throws: FileError.missing(path: "\(folder)/none")) {
        try FileBytes.read("\(folder)/none")
      }
      #expect(throws: FileError.notAFile(path: folder)) { try FileBytes.read(folder) }
      #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
      #expect(throws: FileError.notAFile(path: "\(folder)/pipe")) {
        try FileBytes.read("\(folder)/pipe")
      }
    }
  }

  @Test func `a file over the limit is refused`() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write([1, 2, 3], to: "\(folder)/a")
      #expect(throws: FileError.tooLarge(path: "\(folder)/a", bytes: 3, limit: 2)) {
        try FileBytes.read("\(folder)/a", limit: 2)
      }
    }
  }

  @Test func `a mapped file has the same bytes`() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write([1, 2, 3], to: "\(folder)/a")
      #expect(try MappedFile(path: "\(folder)/a").withBytes { Array($0) } == [1, 2, 3])
      try AtomicFile.write([], to: "\(folder)/empty")
      #expect(try MappedFile(path: "\(folder)/empty").withBytes { $0.isEmpty })
    }
  }

  @Test func `control characters do not survive printing`() {
    #expect("a\u{1B}[31mé😀\u{9B}\n\u{202E}".printable == "a\u{FFFD}[31mé😀\u{FFFD}\u{FFFD}\u{FFFD}")
  }
}
