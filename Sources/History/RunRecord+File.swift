import Favorites
import Files
import Foundation
import Recipes

/// A record in a file: a JSON object, which names its format, so that later versions can tell. The recipe
/// is in it as text, in YAML, as it is in pictures and checkpoints.
extension RunRecord {
  private static let format = "impasto run record 1"

  /// Records are short; a longer file is something else.
  private static let limit = 1 << 21

  private struct Form: Codable {
    var format: String
    var maker: Maker
    var begun: Int64
    var updated: Int64
    var state: String
    var reason: String?
    var recipe: String
    var iterations: Int
    var seconds: Double
    var losses: Favorite.Losses?
    var sources: [Favorite.Source]?
    var lineage: Favorite.Lineage?
    var output: String?
  }

  /// Writes the record, whole or not at all.
  func write(to path: String) throws(HistoryError) {
    let (state, reason) = state.words
    let text: String
    do { text = try RecipeFile.text(of: recipe, named: path) } catch {
      throw .recipe(path: path, error)
    }
    let form = Form(
      format: Self.format, maker: maker, begun: begun.milliseconds, updated: updated.milliseconds,
      state: state, reason: reason, recipe: text, iterations: iterations, seconds: seconds,
      losses: losses, sources: sources, lineage: lineage, output: output)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    // Numbers and text, which cannot fail.
    guard let data = try? encoder.encode(form) else { return }
    do { try AtomicFile.write(data, to: path) } catch { throw .file(error) }
  }

  /// Reads a record that nobody vouches for.
  init(path: String) throws(HistoryError) {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: Self.limit) } catch { throw .file(error) }
    func malformed(_ reason: String) -> HistoryError { .malformed(path: path, reason: reason) }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let form = try? decoder.decode(Form.self, from: Data(bytes)) else {
      throw malformed("it cannot be read")
    }
    guard form.format == Self.format else { throw malformed("another kind of file") }
    guard let state = State(form.state, form.reason), form.iterations >= 0,
      form.seconds.isFinite, form.seconds >= 0
    else { throw malformed("its numbers make no sense") }
    let recipe: Recipe
    do { recipe = try RecipeFile.recipe(in: form.recipe, named: path) } catch {
      throw .recipe(path: path, error)
    }
    self.init(
      form.maker, recipe: recipe, sources: form.sources ?? [], lineage: form.lineage,
      output: form.output, begun: Date(milliseconds: form.begun))
    updated = Date(milliseconds: form.updated)
    self.state = state
    iterations = form.iterations
    seconds = form.seconds
    losses = form.losses
  }
}

extension RunRecord.State {
  /// One word, and the reason of a failure.
  public var words: (state: String, reason: String?) {
    switch self {
    case .running: ("running", nil)
    case .completed: ("completed", nil)
    case .reachedTarget: ("reachedTarget", nil)
    case .stopped: ("stopped", nil)
    case .failed(let reason): ("failed", reason)
    }
  }

  fileprivate init?(_ word: String, _ reason: String?) {
    switch word {
    case "running": self = .running
    case "completed": self = .completed
    case "reachedTarget": self = .reachedTarget
    case "stopped": self = .stopped
    case "failed": self = .failed(reason ?? "")
    default: return nil
    }
  }
}
