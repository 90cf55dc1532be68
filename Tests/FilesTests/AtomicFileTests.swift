import Foundation
import TestSupport
import Testing

@testable import Files

@Suite struct AtomicFileTests {
  @Test func `a written file holds the bytes and nothing else is left`() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write([1, 2, 3], to: "\(folder)/a")
      try AtomicFile.write([4], to: "\(folder)/a")
      #expect(try FileBytes.read("\(folder)/a") == [4])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
    }
  }

  @Test func `a writer that fails leaves the old file`() throws {
    struct Failure: Error {}
    try withTemporaryFolder { folder in
      try AtomicFile.write([1], to: "\(folder)/a")
      #expect(throws: Failure.self) {
        try AtomicFile.write(to: "\(folder)/a") { file in
          try file.append([2])
          throw Failure()
        }
      }
      #expect(try FileBytes.read("\(folder)/a") == [1])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
    }
  }

  @Test func `what cannot be created says why`() throws {
    try withTemporaryFolder { folder in
      #expect(throws: FileError.cannotCreate(path: folder, errno: EISDIR)) {
        try AtomicFile.write([1], to: folder)
      }
      let orphan = "\(folder)/none/a"
      #expect(throws: FileError.cannotCreate(path: orphan, errno: ENOENT)) {
        try AtomicFile.write([1], to: orphan)
      }
    }
  }

  @Test func `asking whether a file can be written leaves nothing`() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.requireWritable("\(folder)/a")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
      let orphan = "\(folder)/none/a"
      #expect(throws: FileError.cannotCreate(path: orphan, errno: ENOENT)) {
        try AtomicFile.requireWritable(orphan)
      }
    }
  }

  @Test func `the file gets the permissions of any new file`() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write([1], to: "\(folder)/a")
      _ = FileManager.default.createFile(atPath: "\(folder)/b", contents: nil)
      var (a, b) = (stat(), stat())
      #expect(stat("\(folder)/a", &a) == 0 && stat("\(folder)/b", &b) == 0)
      #expect(a.st_mode == b.st_mode)
    }
  }

  @Test func `a relative path works`() throws {
    let name = "relative-\(UInt64.random(in: 0...UInt64.max))"
    defer { unlink(name) }
    try AtomicFile.write([7], to: name)
    #expect(try FileBytes.read(name) == [7])
  }
}
