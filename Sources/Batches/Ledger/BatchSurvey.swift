import Favorites
import Files
import Foundation
import Pictures
import Recipes

/// What of a batch is done already, and what is left to do.
public struct BatchSurvey: Sendable {
  /// Why a picture has to be painted, or that it has not.
  public enum Standing: String, Sendable, Codable {
    /// It is there, of this recipe and of sources that have not changed.
    case current
    /// It is not there.
    case missing
    /// It is of another recipe or of other sources, or nobody knows of which.
    case changed
  }

  /// For each item.
  public let standings: [Standing]

  /// What is known now.
  let ledger: BatchLedger

  /// Whether some of it was not known before.
  let isNews: Bool

  /// The items that are to be painted, by their index.
  public var todo: [Int] { standings.indices.filter { standings[$0] != .current } }

  /// Looks at results and sources; reads only what a ledger does not vouch for.
  public init(of items: [BatchItem], in folder: BatchFolder) {
    let old = BatchLedger.read(from: folder.state)
    let hashes = SourceHashes(known: old.sources)
    var ledger = old
    standings = items.map { item in
      let path = folder.path(of: item)
      guard let stamp = FileStamp(path: path) else { return .missing }
      var sources: [String] = []
      for source in item.sources {
        guard let hash = hashes.hash(of: source) else { return .changed }
        sources.append(hash)
      }
      let recipe = item.recipeHash
      let now = BatchLedger.Result(stamp: stamp, recipe: recipe, sources: sources)
      let known = old.results[item.output]
      guard known == now || known?.stamp != stamp && Self.carries(path, item, hashes) else {
        return .changed
      }
      ledger.results[item.output] = now
      return .current
    }
    ledger.sources.merge(hashes.findings) { $1 }
    self.ledger = ledger
    isNews = ledger != old
  }

  /// Whether a picture says itself that it is of this recipe and of these sources.
  private static func carries(_ path: String, _ item: BatchItem, _ hashes: SourceHashes) -> Bool {
    guard let metadata = try? PictureDecoder.metadata(of: path),
      let text = metadata.recipe,
      let recipe = try? RecipeFile.recipe(in: text, named: path), recipe == item.recipe,
      let sources = metadata.record.flatMap(FavoriteRecord.init(json:))?.sources
    else { return false }
    return sources.count == Favorite.Source.all(of: item.recipe, hash: { _ in nil }).count
      && sources.allSatisfy { $0.sha256 != nil && $0.sha256 == hashes.hash(of: $0.path) }
  }
}
