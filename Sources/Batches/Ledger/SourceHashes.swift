import Files
import Pictures
import Synchronization

/// The hashes of the files that pictures are made of, each file read once at most.
final class SourceHashes: Sendable {
  private enum Finding {
    case hash(BatchLedger.Source)
    case unreadable
  }

  private struct State {
    let known: [String: BatchLedger.Source]
    var found: [String: Finding] = [:]
  }

  private let state: Mutex<State>

  /// Hashes of which some were known before.
  init(known: [String: BatchLedger.Source]) { state = Mutex(State(known: known)) }

  /// The hash of a file as it is now; nil when it cannot be read.
  func hash(of path: String) -> String? {
    let (found, known) = state.withLock { ($0.found[path], $0.known[path]) }
    switch found {
    case .hash(let source): return source.sha256
    case .unreadable: return nil
    case nil: break
    }
    let finding = Self.look(at: path, known: known)
    state.withLock { $0.found[path] = finding }
    if case .hash(let source) = finding { return source.sha256 }
    return nil
  }

  private static func look(at path: String, known: BatchLedger.Source?) -> Finding {
    guard let stamp = FileStamp(path: path) else { return .unreadable }
    if let known, known.stamp == stamp { return .hash(known) }
    guard let bytes = try? FileBytes.read(path, limit: PictureLimit.standard.fileBytes) else {
      return .unreadable
    }
    return .hash(BatchLedger.Source(stamp: stamp, sha256: SHA256.hexadecimal(of: bytes)))
  }

  /// What was found out.
  var findings: [String: BatchLedger.Source] {
    state.withLock { state in
      state.found.compactMapValues {
        if case .hash(let source) = $0 { source } else { nil }
      }
    }
  }
}
