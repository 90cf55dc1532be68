import Checkpoints
import Tensors

/// A few numbers that a graph computes with besides pictures: extents, offsets, scales.
struct GraphArray: Equatable {
  /// The most elements there may be.
  static let mostElements = 4096

  let extents: [Int]
  /// Row-major; integers are exact up to 2⁵³.
  let values: [Double]
  let isInteger: Bool

  /// - Throws: What is wrong, in a few words.
  init(extents: [Int], values: [Double], isInteger: Bool) throws(GraphFailure) {
    var count = 1
    for extent in extents {
      guard extent >= 0, extent <= Self.mostElements else { throw .init("too many numbers") }
      count *= extent
      guard count <= Self.mostElements else { throw .init("too many numbers") }
    }
    guard count == values.count, extents.count <= 8 else { throw .init("a wrong shape") }
    self.extents = extents
    self.values = values
    self.isInteger = isInteger
  }

  init(list values: [Int]) throws(GraphFailure) {
    try self.init(extents: [values.count], values: values.map(Double.init), isInteger: true)
  }

  /// All elements as integers; extents and offsets beyond 2³¹ are nobody's.
  func integers() throws(GraphFailure) -> [Int] {
    var integers: [Int] = []
    for value in values {
      guard let integer = Int(exactly: value.rounded(.towardZero)), abs(integer) <= 1 << 40 else {
        throw .init("a number that is no integer")
      }
      integers.append(integer)
    }
    return integers
  }
}

/// Why an operation cannot be done, in a few words.
struct GraphFailure: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}

extension GraphArray {
  /// An operation element by element, the smaller array repeated where it has one element.
  func combined(
    with other: GraphArray, by operation: GraphCombination
  ) throws(GraphFailure) -> GraphArray {
    guard extents == other.extents || values.count == 1 || other.values.count == 1 else {
      throw .init("arrays of different shapes")
    }
    let count = max(values.count, other.values.count)
    guard !values.isEmpty, !other.values.isEmpty else { throw .init("an empty array") }
    let isInteger = isInteger && other.isInteger
    var result: [Double] = []
    for i in 0..<count {
      let (a, b) = (values[i % values.count], other.values[i % other.values.count])
      if isInteger, operation == .divide, b == 0 { throw .init("a division by zero") }
      let value = operation.result(a, b)
      result.append(isInteger ? value.rounded(.towardZero) : value)
    }
    return try GraphArray(
      extents: values.count == count ? extents : other.extents, values: result,
      isInteger: isInteger)
  }

  /// The same elements, changed one by one.
  func mapped(
    isInteger: Bool? = nil, _ change: (Double) -> Double
  ) throws(GraphFailure) -> GraphArray {
    try GraphArray(
      extents: extents, values: values.map(change), isInteger: isInteger ?? self.isInteger)
  }

  /// Arrays joined along their first axis.
  static func joined(_ arrays: [GraphArray]) throws(GraphFailure) -> GraphArray {
    guard let first = arrays.first,
      let inner = first.extents.first.map({ _ in first.extents.dropFirst() }),
      arrays.allSatisfy({ $0.extents.dropFirst() == inner && !$0.extents.isEmpty })
    else { throw .init("arrays that do not join") }
    return try GraphArray(
      extents: [arrays.reduce(0) { $0 + $1.extents[0] }] + inner, values: arrays.flatMap(\.values),
      isInteger: arrays.allSatisfy(\.isInteger))
  }

  /// The rows of these numbers; negative ones count from the end.
  func gathered(_ indices: GraphArray) throws(GraphFailure) -> GraphArray {
    guard let count = extents.first else { throw .init("a single number has no rows") }
    let inner = Array(extents.dropFirst())
    let run = inner.reduce(1, *)
    var result: [Double] = []
    for index in try indices.integers() {
      let row = index < 0 ? index + count : index
      guard (0..<count).contains(row) else { throw .init("an index out of range") }
      result += values[row * run..<(row + 1) * run]
      guard result.count <= Self.mostElements else { throw .init("too many numbers") }
    }
    return try GraphArray(
      extents: indices.extents + inner, values: result, isInteger: isInteger)
  }

  /// Every `step`th row from `start` on up to `end`, which may lie outside, along the first axis.
  func sliced(from start: Int, to end: Int, by step: Int) throws(GraphFailure) -> GraphArray {
    guard let count = extents.first, step != 0 else { throw .init("a slice of nothing") }
    func inside(_ index: Int, _ range: ClosedRange<Int>) -> Int {
      let index = index < 0 ? index + count : index
      return min(max(index, range.lowerBound), range.upperBound)
    }
    let rows =
      step > 0
      ? Array(stride(from: inside(start, 0...count), to: inside(end, 0...count), by: step))
      : Array(
        stride(from: inside(start, -1...count - 1), to: inside(end, -1...count - 1), by: step))
    return try gathered(try GraphArray(list: rows))
  }

  /// The same elements in another shape; one extent may be -1, and 0 keeps an extent.
  func reshaped(to wanted: [Int]) throws(GraphFailure) -> GraphArray {
    guard wanted.count <= 8, wanted.allSatisfy({ (-1...Self.mostElements).contains($0) }) else {
      throw .init("a wrong shape")
    }
    var shape = wanted.enumerated().map { $1 == 0 && $0 < extents.count ? extents[$0] : $1 }
    if let free = shape.firstIndex(of: -1) {
      let known = shape.filter { $0 != -1 }
      let rest = known.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
      guard known.count == shape.count - 1, rest > 0, values.count % rest == 0 else {
        throw .init("a wrong shape")
      }
      shape[free] = values.count / rest
    }
    return try GraphArray(extents: shape, values: values, isInteger: isInteger)
  }

  /// A matrix with rows and columns exchanged; anything of one axis as it is.
  func transposed() throws(GraphFailure) -> GraphArray {
    guard extents.count == 2 else {
      guard extents.count < 2 else { throw .init("more than two axes to exchange") }
      return self
    }
    let (rows, columns) = (extents[0], extents[1])
    var result: [Double] = []
    for column in 0..<columns {
      for row in 0..<rows { result.append(values[row * columns + column]) }
    }
    return try GraphArray(extents: [columns, rows], values: result, isInteger: isInteger)
  }

  /// With an axis of extent 1 put in at each of these places of the result.
  func unsqueezed(_ axes: [Int]) throws(GraphFailure) -> GraphArray {
    let rank = extents.count + axes.count
    let places = Set(axes.map { $0 < 0 ? $0 + rank : $0 })
    guard rank <= 8, places.count == axes.count, places.allSatisfy((0..<rank).contains) else {
      throw .init("a wrong axis")
    }
    var rest = extents[...]
    let shape = (0..<rank).map { places.contains($0) ? 1 : rest.popFirst() ?? 1 }
    return try GraphArray(extents: shape, values: values, isInteger: isInteger)
  }

  /// Without the axes of extent 1 at these places, or without any.
  func squeezed(_ axes: [Int]?) throws(GraphFailure) -> GraphArray {
    let places = axes.map { Set($0.map { $0 < 0 ? $0 + extents.count : $0 }) }
    let shape = extents.enumerated().filter { index, extent in
      extent != 1 || !(places?.contains(index) ?? true)
    }.map(\.element)
    return try GraphArray(extents: shape, values: values, isInteger: isInteger)
  }
}

/// An operation on two values, element by element.
enum GraphCombination: String {
  case add = "Add"
  case subtract = "Sub"
  case multiply = "Mul"
  case divide = "Div"

  func result(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    }
  }

  func result(_ a: Float, _ b: Float) -> Float {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    }
  }
}
