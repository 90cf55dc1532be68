import Checkpoints
import Kernels
import Tensors

extension GraphPlanner {
  /// Plans an operation.
  mutating func add(_ node: GraphDescription.Node, _ index: Int) throws(GraphFailure) {
    switch node.operation {
    case "Conv": try addConvolution(node, index)
    case "ConvTranspose": try addTransposedConvolution(node)
    case "InstanceNormalization": try addInstanceNormalization(node)
    case "BatchNormalization": try addBatchNormalization(node)
    case "Relu":
      let picture = try settledPicture(input(node, 0))
      try define(node, .rectify(picture.place), picture.shape)
    case "LeakyRelu": try addCurve(node, .leak(node.number("alpha") ?? 0.01))
    case "Sigmoid": try addCurve(node, .sigmoid)
    case "Tanh": try addCurve(node, .tanh)
    case "Clip": try addClip(node)
    case "Add", "Sub", "Mul", "Div": try addCombination(node)
    case "Pad": try addPadding(node)
    case "Upsample", "Resize": try addResizing(node)
    case "Concat": try addConcatenation(node)
    case "Identity", "Dropout": try define(node, try value(input(node, 0)))
    default: try addArithmetic(node)
    }
  }

  private mutating func addInstanceNormalization(
    _ node: GraphDescription.Node
  ) throws(GraphFailure) {
    let picture = try settledPicture(input(node, 0))
    let channels = picture.shape.channels
    try define(
      node,
      .normalize(
        picture.place, gamma: try perChannel(node, 1, channels),
        beta: try perChannel(node, 2, channels),
        epsilon: Double(try epsilon(node))), picture.shape)
  }

  private mutating func addBatchNormalization(
    _ node: GraphDescription.Node
  ) throws(GraphFailure) {
    let picture = try settledPicture(input(node, 0))
    let channels = picture.shape.channels
    let gamma = try perChannel(node, 1, channels)
    let beta = try perChannel(node, 2, channels)
    let mean = try perChannel(node, 3, channels)
    let variance = try perChannel(node, 4, channels)
    let epsilon = try epsilon(node)
    let scale = zip(gamma, variance).map { $0 / (max($1, 0) + epsilon).squareRoot() }
    let shift = zip(beta, zip(mean, scale)).map { $0 - $1.0 * $1.1 }
    try define(
      node, .change(picture.place, ChannelAffine(scale: scale, shift: shift)), picture.shape)
  }

  private func epsilon(_ node: GraphDescription.Node) throws(GraphFailure) -> Float {
    let epsilon = node.number("epsilon") ?? 1e-5
    guard epsilon > 0, epsilon.isFinite else { throw .init("an epsilon of \(epsilon)") }
    return epsilon
  }

  private mutating func addCurve(
    _ node: GraphDescription.Node, _ curve: GraphPlan.Curve
  ) throws(GraphFailure) {
    let picture = try settledPicture(input(node, 0))
    try define(node, .curve(picture.place, curve), picture.shape)
  }

  private mutating func addClip(_ node: GraphDescription.Node) throws(GraphFailure) {
    let least = try array(node, 1)?.values.first.map { Float($0) } ?? node.number("min")
    let most = try array(node, 2)?.values.first.map { Float($0) } ?? node.number("max")
    if case .array(let array) = try value(input(node, 0)) {
      let (least, most) = (Double(least ?? -.infinity), Double(most ?? .infinity))
      return try define(node, .array(try array.mapped { min(max($0, least), most) }))
    }
    try addCurve(node, .clip(least ?? -.infinity, most ?? .infinity))
  }

  /// Two pictures, a picture and numbers, or numbers alone.
  private mutating func addCombination(_ node: GraphDescription.Node) throws(GraphFailure) {
    guard let operation = GraphCombination(rawValue: node.operation) else { return }
    let (first, second) = (try value(input(node, 0)), try value(input(node, 1)))
    switch (first, second) {
    case (.picture, .picture):
      let a = try settledPicture(input(node, 0))
      let b = try settledPicture(input(node, 1))
      guard a.shape == b.shape else { throw .init("pictures of \(a.shape) and \(b.shape)") }
      try define(node, .combine(a.place, b.place, operation), a.shape)
    case (.picture, _):
      let picture = try settledPicture(input(node, 0))
      let numbers = try channels(node, 1, picture.shape.channels)
      let map =
        switch operation {
        case .add: (numbers.map { _ in Float(1) }, numbers)
        case .subtract: (numbers.map { _ in Float(1) }, numbers.map { -$0 })
        case .multiply: (numbers, numbers.map { _ in Float(0) })
        case .divide: (numbers.map { 1 / $0 }, numbers.map { _ in Float(0) })
        }
      try change(node, picture, map)
    case (_, .picture):
      let picture = try settledPicture(input(node, 1))
      let numbers = try channels(node, 0, picture.shape.channels)
      switch operation {
      case .add: try change(node, picture, (numbers.map { _ in 1 }, numbers))
      case .subtract: try change(node, picture, (numbers.map { _ in -1 }, numbers))
      case .multiply: try change(node, picture, (numbers, numbers.map { _ in 0 }))
      case .divide: throw .init("numbers divided by a picture")
      }
    default:
      let (a, b) = (try requiredArray(node, 0), try requiredArray(node, 1))
      try define(node, .array(try a.combined(with: b, by: operation)))
    }
  }

  private mutating func change(
    _ node: GraphDescription.Node, _ picture: Picture, _ map: (scale: [Float], shift: [Float])
  ) throws(GraphFailure) {
    guard (map.scale + map.shift).allSatisfy(\.isFinite) else { throw .init("a division by zero") }
    try define(
      node, .change(picture.place, ChannelAffine(scale: map.scale, shift: map.shift)),
      picture.shape)
  }

  /// A number for each channel: one for all, or an array `(channels, 1, 1)`, perhaps with a leading 1.
  private func channels(
    _ node: GraphDescription.Node, _ index: Int, _ channels: Int
  ) throws(GraphFailure) -> [Float] {
    let array = try requiredArray(node, index)
    if array.values.count == 1, let value = array.values.first {
      return Array(repeating: Float(value), count: channels)
    }
    let extents = array.extents
    guard array.values.count == channels, extents.count >= 3,
      extents[extents.count - 3] == channels
    else { throw .init("an array of \(Shape(extents)) beside a picture of \(channels) channels") }
    return array.values.map { Float($0) }
  }

  private mutating func addConcatenation(_ node: GraphDescription.Node) throws(GraphFailure) {
    guard case .picture(let first) = try value(input(node, 0)) else {
      var arrays: [GraphArray] = []
      for index in node.inputs.indices { arrays.append(try requiredArray(node, index)) }
      guard node.integer("axis") ?? 0 == 0 else { throw .init("an axis that is not the first") }
      return try define(node, .array(try GraphArray.joined(arrays)))
    }
    guard [1, -3].contains(node.integer("axis") ?? 1) else { throw .init("not along channels") }
    var places: [Int] = []
    var channels = 0
    for number in node.inputs {
      let picture = try settledPicture(number)
      guard picture.shape.height == first.fullShape.height,
        picture.shape.width == first.fullShape.width
      else { throw .init("pictures of \(first.fullShape) and \(picture.shape)") }
      places.append(picture.place)
      channels += picture.shape.channels
    }
    try define(
      node, .concatenate(places), [first.fullShape.height, first.fullShape.width, channels])
  }

  private mutating func addPadding(_ node: GraphDescription.Node) throws(GraphFailure) {
    var picture = try picture(node, 0)
    let pads =
      try array(node, 1)?.integers() ?? node.integers["pads"] ?? node.integers["paddings"] ?? []
    guard pads.count == 8, pads.allSatisfy({ (0...4096).contains($0) }),
      pads[0] == 0, pads[1] == 0, pads[4] == 0, pads[5] == 0, input(node, 3) == nil
    else { throw .init("padding other than around a picture") }
    var padding: Padding
    switch node.texts["mode"] ?? "constant" {
    case "reflect": padding = Padding(border: .reflect)
    case "edge": padding = Padding(border: .replicate)
    case "constant":
      let value = try array(node, 2)?.values.first ?? Double(node.number("value") ?? 0)
      guard value == 0 else { throw .init("padding with \(value)") }
      padding = Padding(border: .zero)
    case let mode: throw .init("the mode \(mode)")
    }
    (padding.top, padding.left, padding.bottom, padding.right) = (
      pads[2], pads[3], pads[6], pads[7]
    )
    if picture.padding != nil { picture = try settledPicture(input(node, 0)) }
    if !padding.isEmpty { picture.padding = padding }
    try requireRoom(picture.fullShape)
    try define(node, .picture(picture))
  }
}

extension GraphDescription.Node {
  func integer(_ name: String) -> Int? { integers[name]?.first }
  func number(_ name: String) -> Float? { numbers[name]?.first }
}
