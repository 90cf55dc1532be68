import Files
import Foundation
import Tensors
import TestSupport
import Testing

@testable import Archives

@Suite struct ZipArchiveTests {
  /// Made by Python's zipfile.
  private func members() throws -> [UInt8] {
    try FileBytes.read(
      try #require(
        Bundle.module.path(forResource: "members", ofType: "zip", inDirectory: "Fixtures")))
  }

  @Test func `stored and deflated members of Python's are read`() throws {
    let archive = try ZipArchive(bytes: members(), path: "x")
    #expect(archive.names == ["stored.txt", "folder/deflated.txt", "empty"])
    #expect(try archive.content(of: "stored.txt", limit: 100) == Array("stored".utf8))
    let deflated = String(repeating: "deflated ", count: 500)
    #expect(try archive.content(of: "folder/deflated.txt", limit: 4500) == Array(deflated.utf8))
    #expect(try archive.content(of: "empty", limit: 0) == [])
  }

  @Test func `a member that is missing or too large is refused`() throws {
    let archive = try ZipArchive(bytes: members(), path: "x")
    #expect(throws: ZipError.damaged(path: "x", member: "none")) {
      try archive.content(of: "none", limit: 100)
    }
    #expect(
      throws: ZipError.tooLarge(
        path: "x", member: "folder/deflated.txt", bytes: 4500, limit: 4499)
    ) { try archive.content(of: "folder/deflated.txt", limit: 4499) }
    #expect(throws: ZipError.file(.missing(path: "/none.zip"))) {
      try ZipArchive(path: "/none.zip")
    }
  }

  @Test func `damaged archives are read or refused`() throws {
    let bytes = try members()
    var random = SeededRandom(seed: 4)
    var refused = 0
    for round in 0..<1000 {
      var damaged = bytes
      if round.isMultiple(of: 4) {
        damaged.removeLast(.random(in: 1...bytes.count, using: &random))
      } else {
        for _ in 0..<Int.random(in: 1...8, using: &random) {
          damaged[.random(in: 0..<bytes.count, using: &random)] = .random(
            in: 0...255, using: &random)
        }
      }
      do throws(ZipError) {
        let archive = try ZipArchive(bytes: damaged, path: "x")
        for name in archive.names { _ = try archive.content(of: name, limit: 1 << 20) }
      } catch { refused += 1 }
    }
    #expect(refused > 400)
  }

  private func archive(
    _ files: [(name: String, content: [UInt8])], modified: Date = Date()
  ) -> [UInt8] {
    var directory = ZipDirectory()
    var bytes: [UInt8] = []
    for (name, content) in files {
      bytes += directory.header(for: name, content: content, modified: modified) + content
    }
    return bytes + directory.end
  }

  private static let files: [(name: String, content: [UInt8])] = [
    ("a.txt", Array("one".utf8)), ("folder/ü 絵.png", (0..<5000).map { UInt8($0 % 251) }),
    ("empty", []),
  ]

  @Test func `what is written is read back, from memory and from a file`() throws {
    try withTemporaryFolder { folder in
      for files in [Self.files, []] {
        let bytes = archive(files)
        let path = "\(folder)/archive.zip"
        try AtomicFile.write(bytes, to: path)
        for archive in [try ZipArchive(bytes: bytes, path: "x"), try ZipArchive(path: path)] {
          #expect(archive.names == files.map(\.name))
          for (name, content) in files {
            #expect(try archive.content(of: name, limit: content.count) == content)
          }
        }
      }
    }
  }

  @Test func `more members than the old record counts are written and read`() throws {
    let files = (0..<65_536).map { (name: "\($0)", content: [UInt8]()) }
    let bytes = archive(files)
    #expect(try ZipArchive(bytes: bytes, path: "x").names.count == 65_536)
    try withTemporaryFolder { folder in
      try AtomicFile.write(bytes, to: "\(folder)/many.zip")
      let listed = try Self.python(
        "import sys,zipfile; print(len(zipfile.ZipFile(sys.argv[1]).namelist()))",
        "\(folder)/many.zip")
      #expect(listed == "65536\n")
    }
  }

  @Test func `Python's zipfile and unzip read what is written`() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/archive.zip"
      // The same clock, whatever the zone: the 2nd of January 2026, noon here.
      let noon = try #require(
        Calendar.current.date(
          from: DateComponents(year: 2026, month: 1, day: 2, hour: 12, minute: 34, second: 56)))
      try AtomicFile.write(archive(Self.files, modified: noon), to: path)
      let said = try Self.python(
        """
        import sys, zipfile
        archive = zipfile.ZipFile(sys.argv[1])
        assert archive.testzip() is None
        for entry in archive.infolist():
            print(ascii(entry.filename), entry.file_size, *entry.date_time)
        """, path)
      #expect(
        said == """
          'a.txt' 3 2026 1 2 12 34 56
          'folder/\\xfc \\u7d75.png' 5000 2026 1 2 12 34 56
          'empty' 0 2026 1 2 12 34 56

          """)
      guard FileManager.default.isExecutableFile(atPath: "/usr/bin/unzip") else { return }
      let unzip = Process()
      unzip.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
      unzip.arguments = ["-q", path, "-d", "\(folder)/out"]
      try unzip.run()
      unzip.waitUntilExit()
      #expect(unzip.terminationStatus == 0)
      #expect(try FileBytes.read("\(folder)/out/a.txt") == Array("one".utf8))
    }
  }

  private static func python(_ program: String, _ argument: String) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program, argument]
    process.standardOutput = output
    try process.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: said, as: UTF8.self)
  }
}
