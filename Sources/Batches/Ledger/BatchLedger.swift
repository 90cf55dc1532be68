import Files
import Foundation
import Recipes

/// What is known of results and sources, so that a second call need not read them.
///
/// Nothing is lost with it: results carry their recipes and the hashes of their sources, and whatever the
/// ledger does not vouch for is read again.
struct BatchLedger: Equatable, Codable {
  /// A source as it was when it was last read.
  struct Source: Equatable, Codable {
    let stamp: FileStamp
    let sha256: String
  }

  /// A result as it was written.
  struct Result: Equatable, Codable {
    let stamp: FileStamp
    /// The hash of its recipe.
    let recipe: String
    /// The hashes of its sources, in the order of `BatchItem.sources`.
    let sources: [String]
  }

  /// By path.
  var sources: [String: Source] = [:]
  /// By the name of the result.
  var results: [String: Result] = [:]

  /// Ledgers are long, but not that long.
  private static let limit = 1 << 30

  /// What the ledgers in a folder say; those that say nothing sensible count for nothing.
  static func read(from folder: String) -> BatchLedger {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var ledger = BatchLedger()
    for name in names.sorted() where name.hasPrefix("ledger") && name.hasSuffix(".json") {
      guard let bytes = try? FileBytes.read("\(folder)/\(name)", limit: limit),
        let part = try? JSONDecoder().decode(Self.self, from: Data(bytes))
      else { continue }
      // Stamps tell which of two is right; the other one only costs a look at the file.
      ledger.sources.merge(part.sources) { $1 }
      ledger.results.merge(part.results) { $1 }
    }
    return ledger
  }

  /// Writes the ledger.
  func write(to path: String) throws(FileError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { return }  // numbers and text always can
    try AtomicFile.write(data, to: path)
  }
}

extension BatchItem {
  /// The hash of its recipe: another recipe, another picture.
  var recipeHash: String {
    SHA256.hexadecimal(of: Array((try? JSONLines.encoder.encode(recipe)) ?? Data()))
  }
}
