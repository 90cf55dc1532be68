import Files
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct ZipArchiveTests {
  @Test func `stored and deflated members of Python's are read`() throws {
    let archive = try ZipArchive(bytes: FileBytes.read(fixture("members.zip")), path: "x")
    #expect(archive.names == ["stored.txt", "folder/deflated.txt", "empty"])
    #expect(try archive.content(of: "stored.txt", limit: 100) == Array("stored".utf8))
    let deflated = String(repeating: "deflated ", count: 500)
    #expect(try archive.content(of: "folder/deflated.txt", limit: 4500) == Array(deflated.utf8))
    #expect(try archive.content(of: "empty", limit: 0) == [])
  }

  @Test func `a member that is missing or too large is refused`() throws {
    let archive = try ZipArchive(bytes: FileBytes.read(fixture("members.zip")), path: "x")
    #expect(throws: CheckpointError.damaged(path: "x", .archive(member: "none"))) {
      try archive.content(of: "none", limit: 100)
    }
    #expect(throws: CheckpointError.file(.tooLarge(path: "x", bytes: 4500, limit: 4499))) {
      try archive.content(of: "folder/deflated.txt", limit: 4499)
    }
  }

  @Test func `damaged archives are read or refused`() throws {
    let bytes = try FileBytes.read(fixture("members.zip"))
    var random = SeededRandom(seed: 4)
    for _ in 0..<500 {
      let damaged = mutated(bytes, using: &random)
      do throws(CheckpointError) {
        let archive = try ZipArchive(bytes: damaged, path: "x")
        for name in archive.names { _ = try archive.content(of: name, limit: 1 << 20) }
      } catch {
        #expect(error.kind == .badData)
      }
    }
  }
}
