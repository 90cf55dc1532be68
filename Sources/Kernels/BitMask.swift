import Tensors

/// Which elements of an activation are above zero, a bit each: what the rectifier's gradient needs.
///
/// A word has the bits of 16 channels of a pixel, the first in the lowest.
public struct BitMask: Sendable {
  /// Channels in a word.
  static let channelsPerWord = 16

  /// `(height, width, channels)`, channels a multiple of 16.
  public let shape: Shape

  var words: [UInt16]

  /// A mask of zeros for an activation of this shape.
  public init(shape: Shape) {
    precondition(shape.channels % Self.channelsPerWord == 0)
    self.shape = shape
    words = Array(repeating: 0, count: shape.count / Self.channelsPerWord)
  }

  /// The bit of the element at a row-major index.
  public subscript(index: Int) -> Bool {
    words[index / Self.channelsPerWord] >> (index % Self.channelsPerWord) & 1 == 1
  }
}

/// What 2×2 max pooling leaves for the way back: two bits of where each maximum was, and one of whether
/// it was above zero.
public struct PoolingRecord: Sendable {
  /// Whether each maximum is above zero.
  public internal(set) var positive: BitMask

  /// Words of 16 channels: the columns in the lower half, the rows in the upper.
  var choices: [UInt32]

  /// The pooled shape, `(height, width, channels)`, channels a multiple of 16.
  public var shape: Shape { positive.shape }

  /// A record for pooled activations of this shape.
  public init(pooledShape: Shape) {
    positive = BitMask(shape: pooledShape)
    choices = Array(repeating: 0, count: positive.words.count)
  }

  /// Where in its square the maximum was, of the pooled element at a row-major index; each 0 or 1.
  public subscript(index: Int) -> (row: Int, column: Int) {
    let word = choices[index / BitMask.channelsPerWord] >> (index % BitMask.channelsPerWord)
    return (Int(word >> 16 & 1), Int(word & 1))
  }
}
