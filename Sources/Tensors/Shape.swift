/// The extents of a tensor, outermost first; the last axis is contiguous.
///
/// Pictures and activations are `(height, width, channels)`, filters are
/// `(height, width, inputs, outputs)`.
public struct Shape: Hashable, Sendable {
  /// The extents, outermost first, each at least 0.
  public let extents: [Int]

  /// How many elements a tensor of this shape has.
  public let count: Int

  /// A shape with these extents.
  public init(_ extents: [Int]) {
    precondition(extents.allSatisfy { $0 >= 0 }, "negative extent in \(extents)")
    self.extents = extents
    count = extents.reduce(1, *)
  }

  /// A shape with these extents.
  public init(_ extents: Int...) {
    self.init(extents)
  }

  /// How many axes there are.
  public var rank: Int { extents.count }

  /// The extent of one axis.
  public subscript(axis: Int) -> Int { extents[axis] }

  /// Rows of a `(height, width, channels)` shape.
  public var height: Int { extents[rank - 3] }

  /// Columns of a `(height, width, channels)` shape.
  public var width: Int { extents[rank - 2] }

  /// The extent of the last, contiguous axis.
  public var channels: Int { extents[rank - 1] }
}

extension Shape: ExpressibleByArrayLiteral {
  /// A shape with these extents.
  public init(arrayLiteral elements: Int...) {
    self.init(elements)
  }
}

extension Shape: CustomStringConvertible {
  /// The extents as a mathematician would write them: `256×256×3`.
  public var description: String {
    extents.map(String.init).joined(separator: "×")
  }
}
