import Yams

/// A number that is written with as many digits as it takes to read it back exactly.
///
/// Yams writes a plain `Double` with 15 digits, and a recipe read back would give another picture.
struct ExactDouble: Encodable, YAMLEncodable {
  let value: Double

  init(_ value: Double) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }

  func box() -> Node {
    Node(value.isInfinite ? (value < 0 ? "-.inf" : ".inf") : "\(value)", Tag(.float))
  }
}
