import Foundation
import Tensors

/// The checked header of a safetensors file.
struct SafetensorsHeader {
  /// Where a tensor is and what it is made of.
  struct Entry {
    let type: String
    let shape: Shape
    /// Bytes of the file.
    let range: Range<Int>
  }

  /// A VGG's is 3 KB; the largest of language models' are near 2 MB.
  static let lengthLimit = 16 << 20

  let metadata: [String: String]
  let entries: [String: Entry]
  /// In the order of the data.
  let names: [String]

  /// Reads and checks the header of a whole file.
  init(of file: UnsafeRawBufferPointer) throws(CheckpointError.Damage) {
    guard file.count >= 8 else { throw .truncated(expected: 8, found: file.count) }
    let claimed = UInt64(littleEndian: file.loadUnaligned(as: UInt64.self))
    guard claimed <= Self.lengthLimit else {
      throw .headerTooLong(bytes: claimed, limit: Self.lengthLimit)
    }
    let dataStart = 8 + Int(claimed)
    guard dataStart <= file.count else { throw .truncated(expected: dataStart, found: file.count) }
    let json = Data(file[8..<dataStart])
    guard json.first == UInt8(ascii: "{") else { throw .headerUnreadable }

    let parsed: ParsedHeader
    do {
      parsed = try JSONDecoder().decode(ParsedHeader.self, from: json)
    } catch let damage as CheckpointError.Damage {
      throw damage
    } catch {
      throw .headerUnreadable
    }
    metadata = parsed.metadata
    var entries: [String: Entry] = [:]
    for (name, fields) in parsed.tensors {
      entries[name] = try Self.entry(name, fields, dataStart: dataStart, fileSize: file.count)
    }
    self.entries = entries
    let ordered = entries.sorted {
      ($0.value.range.lowerBound, $0.value.range.upperBound, $0.key)
        < ($1.value.range.lowerBound, $1.value.range.upperBound, $1.key)
    }
    names = ordered.map(\.key)

    // The format has no holes: whatever a program hides between tensors is nobody's data.
    var end = dataStart
    for (name, entry) in ordered {
      guard entry.range.lowerBound == end else { throw .misplaced(tensor: name) }
      end = entry.range.upperBound
    }
    guard end == file.count else { throw .unclaimed(bytes: file.count - end) }
  }

  private static func entry(
    _ name: String, _ fields: ParsedHeader.Fields, dataStart: Int, fileSize: Int
  ) throws(CheckpointError.Damage) -> Entry {
    let offsets = fields.data_offsets
    guard offsets.count == 2, let shape = Shape(validating: fields.shape) else {
      throw .entryUnreadable(tensor: name)
    }
    let (begin, end) = (offsets[0], offsets[1])
    guard begin >= 0, begin <= end, end <= fileSize - dataStart else {
      throw .misplaced(tensor: name)
    }
    if let type = SafetensorsType(rawValue: fields.dtype) {
      let (expected, overflow) = shape.count.multipliedReportingOverflow(by: type.byteCount)
      guard !overflow, expected == end - begin else {
        throw .wrongLength(
          tensor: name, expected: overflow ? .max : expected, found: end - begin)
      }
    }
    return Entry(
      type: fields.dtype, shape: shape, range: dataStart + begin..<dataStart + end)
  }
}

/// The element types that are read; others may be in a file as long as nobody asks for them.
enum SafetensorsType: String {
  case float32 = "F32"
  case float16 = "F16"
  case bfloat16 = "BF16"

  var byteCount: Int { self == .float32 ? 4 : 2 }
}

/// The header as JSON has it: tensors by name, and `__metadata__` among them.
private struct ParsedHeader: Decodable {
  struct Fields: Decodable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  var metadata: [String: String] = [:]
  var tensors: [String: Fields] = [:]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    for key in container.allKeys {
      if key.stringValue == SafetensorsFile.metadataKey {
        metadata = try container.decode([String: String].self, forKey: key)
      } else if let fields = try? container.decode(Fields.self, forKey: key) {
        tensors[key.stringValue] = fields
      } else {
        throw CheckpointError.Damage.entryUnreadable(tensor: key.stringValue)
      }
    }
  }
}
