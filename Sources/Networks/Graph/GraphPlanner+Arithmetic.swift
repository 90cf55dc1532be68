import Checkpoints
import Tensors

extension GraphPlanner {
  /// What is computed with extents and other numbers, not with pictures.
  mutating func addArithmetic(_ node: GraphDescription.Node) throws(GraphFailure) {
    switch node.operation {
    case "Shape": try addShape(node)
    case "Constant", "ConstantOfShape": try addConstant(node)
    case "Cast":
      let isInteger = [2, 3, 5, 6, 7, 9, 12, 13].contains(node.integer("to") ?? 1)
      try change(node, isInteger: isInteger) { isInteger ? $0.rounded(.towardZero) : $0 }
    case "Floor": try change(node) { $0.rounded(.down) }
    case "Ceil": try change(node) { $0.rounded(.up) }
    case "Neg": try change(node) { -$0 }
    case "Gather":
      guard node.integer("axis") ?? 0 == 0 else { throw .init("an axis that is not the first") }
      let indices = try requiredArray(node, 1)
      try define(node, .array(try requiredArray(node, 0).gathered(indices)))
    case "Slice": try addSlice(node)
    case "Reshape":
      let shape = try requiredArray(node, 1).integers()
      try define(node, .array(try requiredArray(node, 0).reshaped(to: shape)))
    case "Transpose":
      let array = try requiredArray(node, 0)
      let isPlain = node.integers["perm"] == Array(0..<array.extents.count)
      try define(node, .array(isPlain ? array : try array.transposed()))
    case "Unsqueeze":
      let axes = try array(node, 1)?.integers() ?? node.integers["axes"] ?? [0]
      try define(node, .array(try requiredArray(node, 0).unsqueezed(axes)))
    case "Squeeze":
      let axes = try array(node, 1)?.integers() ?? node.integers["axes"]
      try define(node, .array(try requiredArray(node, 0).squeezed(axes)))
    default: throw .init("no style network of the known kinds has it")
    }
  }

  private mutating func change(
    _ node: GraphDescription.Node, isInteger: Bool? = nil, _ change: (Double) -> Double
  ) throws(GraphFailure) {
    // A picture that is cast to floats is what it was.
    if node.operation == "Cast", isInteger == false, case .picture = try value(input(node, 0)) {
      return try define(node, try value(input(node, 0)))
    }
    try define(
      node, .array(try requiredArray(node, 0).mapped(isInteger: isInteger, change)))
  }

  /// A picture's is `(1, channels, height, width)`.
  private mutating func addShape(_ node: GraphDescription.Node) throws(GraphFailure) {
    let extents: [Int]
    switch try value(input(node, 0)) {
    case .picture(let picture):
      let shape = picture.fullShape
      extents = [1, shape.channels, shape.height, shape.width]
    case .array(let array): extents = array.extents
    case .weights(let tensor): extents = tensor.shape.extents
    }
    let all = try GraphArray(list: extents)
    let end = node.integer("end") ?? extents.count
    try define(node, .array(try all.sliced(from: node.integer("start") ?? 0, to: end, by: 1)))
  }

  private mutating func addConstant(_ node: GraphDescription.Node) throws(GraphFailure) {
    guard node.operation == "ConstantOfShape" else { throw .init("its value is not of numbers") }
    let extents = try requiredArray(node, 0).integers()
    let integer = node.integers["value"]?.first
    let number = integer.map(Double.init) ?? Double(node.numbers["value"]?.first ?? 0)
    var count = 1
    for extent in extents {
      guard (0...GraphArray.mostElements).contains(extent) else { throw .init("too many numbers") }
      count *= extent
      guard count <= GraphArray.mostElements else { throw .init("too many numbers") }
    }
    try define(
      node,
      .array(
        try GraphArray(
          extents: extents, values: Array(repeating: number, count: count),
          isInteger: integer != nil)))
  }

  private mutating func addSlice(_ node: GraphDescription.Node) throws(GraphFailure) {
    let data = try requiredArray(node, 0)
    func bound(_ place: Int, _ name: String) throws(GraphFailure) -> [Int]? {
      try array(node, place)?.bounds ?? node.integers[name]
    }
    let starts = try bound(1, "starts") ?? []
    let ends = try bound(2, "ends") ?? []
    let axes = try bound(3, "axes") ?? [0]
    let steps = try bound(4, "steps") ?? [1]
    guard starts.count == 1, ends.count == 1, axes == [0] || axes == [-data.extents.count],
      steps.count == 1, abs(steps[0]) <= GraphArray.mostElements
    else { throw .init("a slice along other than the first axis") }
    try define(
      node, .array(try data.sliced(from: starts[0], to: ends[0], by: steps[0])))
  }
}

extension GraphArray {
  /// Integers, of which the largest stand for "to the end".
  fileprivate var bounds: [Int] {
    values.map { Int(min(max($0, -1e12), 1e12)) }
  }
}
