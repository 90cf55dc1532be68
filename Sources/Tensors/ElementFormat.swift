/// How a tensor keeps its elements; whoever computes with them does so in single precision.
public enum ElementFormat: Sendable {
  /// IEEE binary32.
  case single
  /// bfloat16, the upper half of a binary32: all of its range, with a relative error of 2⁻⁸ at most.
  case brain

  /// Bytes of an element.
  var stride: Int {
    switch self {
    case .single: MemoryLayout<Float>.stride
    case .brain: MemoryLayout<UInt16>.stride
    }
  }

  /// How many floats take as much memory as so many elements.
  func floats(for count: Int) -> Int {
    (count * stride).dividedUp(by: MemoryLayout<Float>.stride)
  }
}

/// A tensor's elements where they are, in whatever format; valid during the call that gave it.
///
/// Not `Sendable` on purpose, like the pointer in it.
public struct ElementPointer {
  let memory: UnsafeRawPointer
  let format: ElementFormat

  /// Elements as floats: the memory itself, or else `room`, filled with them.
  ///
  /// - Parameters:
  ///   - range: which, by row-major index.
  ///   - room: as many floats as `range` has.
  public func floats(
    _ range: Range<Int>, in room: UnsafeMutablePointer<Float>
  ) -> UnsafePointer<Float> {
    switch format {
    case .single:
      return memory.assumingMemoryBound(to: Float.self) + range.lowerBound
    case .brain:
      BrainFloat.widen(
        memory.assumingMemoryBound(to: UInt16.self) + range.lowerBound, into: room,
        count: range.count)
      return UnsafePointer(room)
    }
  }
}

/// The same of a tensor that may be written.
public struct MutableElementPointer {
  let memory: UnsafeMutableRawPointer
  let format: ElementFormat

  /// To read from.
  public var elements: ElementPointer {
    ElementPointer(memory: UnsafeRawPointer(memory), format: format)
  }

  /// Replaces elements by what `body` writes to the pointer it gets: to the memory itself, or else to `room`,
  /// which is rounded afterwards.
  ///
  /// - Parameters:
  ///   - range: which, by row-major index.
  ///   - room: as many floats as `range` has.
  ///   - body: writes all of them.
  public func replace(
    _ range: Range<Int>, in room: UnsafeMutablePointer<Float>,
    _ body: (UnsafeMutablePointer<Float>) -> Void
  ) {
    switch format {
    case .single:
      body(memory.assumingMemoryBound(to: Float.self) + range.lowerBound)
    case .brain:
      body(room)
      BrainFloat.narrow(
        UnsafePointer(room), into: memory.assumingMemoryBound(to: UInt16.self) + range.lowerBound,
        count: range.count)
    }
  }
}

/// bfloat16.
enum BrainFloat {
  static func widen(
    _ words: UnsafePointer<UInt16>, into floats: UnsafeMutablePointer<Float>, count: Int
  ) {
    for i in 0..<count { floats[i] = Float(bitPattern: UInt32(words[i]) << 16) }
  }

  /// Rounds to the nearest, ties away from zero, as the kernels do.
  static func narrow(
    _ floats: UnsafePointer<Float>, into words: UnsafeMutablePointer<UInt16>, count: Int
  ) {
    for i in 0..<count {
      words[i] = UInt16(truncatingIfNeeded: (floats[i].bitPattern &+ 0x8000) >> 16)
    }
  }
}
