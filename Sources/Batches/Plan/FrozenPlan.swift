import Files
import Foundation

/// Items as they were planned, an object a line: what the nodes of a cluster work on, so that all paint
/// the same whatever becomes of the plan.
public enum FrozenPlan {
  /// The items of one shard; a longer file is something else.
  private static let limit = 1 << 30

  /// Whether a file is such a list, by its name.
  public static func isFrozen(_ path: String) -> Bool { path.hasSuffix(".jsonl") }

  /// Reads items.
  ///
  /// - Throws: `BatchError.file`, `malformed`.
  public static func read(_ path: String) throws(BatchError) -> [BatchItem] {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: limit) } catch { throw .file(error) }
    var items: [BatchItem] = []
    for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let item = try? JSONLines.decoder.decode(BatchItem.self, from: Data(line)),
        (try? item.recipe.validate()) != nil
      else {
        throw .malformed(
          path: path, place: "line \(number + 1)", reason: "it is no item of a batch", hint: nil)
      }
      items.append(item)
    }
    return items
  }

  /// Writes items.
  static func write(_ items: ArraySlice<BatchItem>, to path: String) throws(BatchError) {
    var bytes = Data()
    for item in items {
      guard let line = try? JSONLines.encoder.encode(item) else { continue }  // which cannot fail
      bytes += line + [UInt8(ascii: "\n")]
    }
    do { try AtomicFile.write(bytes, to: path) } catch { throw .file(error) }
  }
}

/// JSON that holds recipes, whose numbers may be infinite.
enum JSONLines {
  static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }

  static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }
}
