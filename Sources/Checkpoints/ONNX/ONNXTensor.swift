import Tensors

/// A tensor of an ONNX file: where its elements are, and of what type.
public struct ONNXTensor: Sendable {
  /// Its name; empty for the value of an attribute.
  public internal(set) var name = ""
  /// The extents, as the file claims them.
  public internal(set) var shape: Shape
  /// The type's number in `TensorProto.DataType`.
  let type: Int
  /// Where the elements are in the file, and how they are written.
  let elements: Elements

  enum Elements: Sendable {
    /// Little-endian, one after the other.
    case raw(Range<Int>)
    /// In fields of their own; few, or as many as the file has bytes at the least.
    case floats([Float])
    case integers([Int])
  }

  /// The numbers of types that are read.
  enum ElementType: Int {
    case float32 = 1
    case uint8 = 2
    case int8 = 3
    case int32 = 6
    case int64 = 7
    case bool = 9
    case float16 = 10
    case float64 = 11
    case bfloat16 = 16

    var isInteger: Bool {
      switch self {
      case .uint8, .int8, .int32, .int64, .bool: true
      case .float16, .float32, .float64, .bfloat16: false
      }
    }

    var byteCount: Int {
      switch self {
      case .uint8, .int8, .bool: 1
      case .float16, .bfloat16: 2
      case .float32, .int32: 4
      case .int64, .float64: 8
      }
    }
  }
}

extension ONNXTensor {
  /// Whether the elements are integers that count something, and not quantized weights.
  var isInteger: Bool {
    switch ElementType(rawValue: type) {
    case .int32, .int64, .bool: true
    default: false
    }
  }

  /// The elements as floats, row-major; nil when there are not as many as the shape has, or of a type
  /// that is not read.
  func floats(in bytes: [UInt8]) -> [Float]? {
    guard let type = ElementType(rawValue: type) else { return nil }
    switch elements {
    case .floats(let values):
      return values.count == shape.count ? values : nil
    case .integers(let values):
      guard values.count == shape.count else { return nil }
      switch type {
      case .float16:
        return values.map { Float(Float16(bitPattern: UInt16(truncatingIfNeeded: $0))) }
      case .bfloat16: return values.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0) << 16) }
      default: return values.map { Float($0) }
      }
    case .raw(let range):
      guard shape.count == range.count / type.byteCount, range.count % type.byteCount == 0 else {
        return nil
      }
      return bytes.withUnsafeBytes { bytes in
        (0..<shape.count).map {
          Self.float(type, bytes, at: range.lowerBound + $0 * type.byteCount)
        }
      }
    }
  }

  /// The elements as integers, row-major; nil also for types that are not integers.
  func integers(in bytes: [UInt8]) -> [Int]? {
    guard let type = ElementType(rawValue: type), type.isInteger else { return nil }
    switch elements {
    case .floats:
      return nil
    case .integers(let values):
      return values.count == shape.count ? values : nil
    case .raw(let range):
      guard shape.count == range.count / type.byteCount, range.count % type.byteCount == 0 else {
        return nil
      }
      return bytes.withUnsafeBytes { bytes in
        (0..<shape.count).map { index in
          let place = range.lowerBound + index * type.byteCount
          return switch type {
          case .int8: Int(Int8(bitPattern: bytes[place]))
          case .int32:
            Int(
              Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int32.self)))
          case .int64:
            Int(
              truncatingIfNeeded: Int64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int64.self)))
          default: Int(bytes[place])
          }
        }
      }
    }
  }

  private static func float(
    _ type: ElementType, _ bytes: UnsafeRawBufferPointer, at place: Int
  ) -> Float {
    func number<Number: FixedWidthInteger & BitwiseCopyable>(_: Number.Type) -> Number {
      Number(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Number.self))
    }
    return switch type {
    case .float32: Float(bitPattern: number(UInt32.self))
    case .float64: Float(Double(bitPattern: number(UInt64.self)))
    case .float16: Float(Float16(bitPattern: number(UInt16.self)))
    case .bfloat16: Float(bitPattern: UInt32(number(UInt16.self)) << 16)
    case .uint8, .bool: Float(bytes[place])
    case .int8: Float(Int8(bitPattern: bytes[place]))
    case .int32: Float(number(Int32.self))
    case .int64: Float(number(Int64.self))
    }
  }
}
