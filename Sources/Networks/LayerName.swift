/// The name of a convolution in a VGG: `conv4_2` is the second convolution of the fourth block.
///
/// What is meant is always its output after the rectifier.
public struct LayerName: Hashable, Sendable {
  /// The block, from 1: pooling stands between blocks.
  public let block: Int

  /// The convolution in its block, from 1.
  public let index: Int

  /// The layer at this place.
  public init(block: Int, index: Int) {
    self.block = block
    self.index = index
  }

  /// Reads a name such as `conv4_2`; nil when it is none.
  public init?(_ name: some StringProtocol) {
    guard name.hasPrefix("conv") else { return nil }
    let numbers = name.dropFirst(4).split(separator: "_", omittingEmptySubsequences: false)
    guard numbers.count == 2, let block = Int(numbers[0]), let index = Int(numbers[1]),
      block > 0, index > 0
    else { return nil }
    self.init(block: block, index: index)
    guard description == name else { return nil }  // no `conv+4_02`
  }
}

extension LayerName: CustomStringConvertible {
  /// The name as in the literature: `conv4_2`.
  public var description: String { "conv\(block)_\(index)" }
}

extension LayerName: Comparable {
  /// Shallow before deep.
  public static func < (a: LayerName, b: LayerName) -> Bool {
    (a.block, a.index) < (b.block, b.index)
  }
}
