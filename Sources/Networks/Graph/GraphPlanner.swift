import Checkpoints
import Kernels
import Tensors

/// Works a graph out for pictures of one size: computes all extents and arrays, and notes what is left
/// to be done with pictures.
///
/// What only pads or enlarges a picture is put off: the convolution behind it does both as it reads.
struct GraphPlanner {
  /// A value of the graph.
  enum Value {
    case picture(Picture)
    case array(GraphArray)
    case weights(Tensor)
  }

  /// A picture of the plan, and what was put off.
  struct Picture {
    /// Its place in the plan.
    var place: Int
    /// Its shape there, `(height, width, channels)`.
    var shape: Shape
    /// Whether each pixel is to become four.
    var isDoubled = false
    /// What is to be added around it.
    var padding: Padding?

    /// The shape once nothing is put off.
    var fullShape: Shape {
      let factor = isDoubled ? 2 : 1
      let p = padding ?? Padding(border: .zero)
      return [
        factor * shape.height + p.top + p.bottom, factor * shape.width + p.left + p.right,
        shape.channels,
      ]
    }
  }

  /// Pixels around a picture.
  struct Padding: Equatable {
    var border: Border
    var top = 0
    var left = 0
    var bottom = 0
    var right = 0

    var isEmpty: Bool { self == Padding(border: border) }
    var isOneAllAround: Bool { [top, left, bottom, right].allSatisfy { $0 == 1 } }
  }

  let graph: GraphDescription
  /// The convolutions, arranged once for all sizes.
  let convolutions: GraphConvolutions
  private(set) var values: [Int: Value]
  private(set) var plan = GraphPlan()
  /// How often each value is read.
  private let readers: [Int: Int]
  /// The most floats that a picture may have.
  private let limit: Int

  /// Works the graph out.
  ///
  /// - Throws: What cannot be done.
  static func plan(
    _ graph: GraphDescription, weights: [Int: Tensor], convolutions: GraphConvolutions,
    height: Int, width: Int
  ) throws(GraphProblem) -> GraphPlan {
    var planner = GraphPlanner(
      graph, weights: weights, convolutions: convolutions, height: height, width: width)
    for (index, node) in graph.nodes.enumerated() {
      do {
        try planner.add(node, index)
      } catch {
        throw .operation(node.operation, reason: error.reason)
      }
    }
    do throws(GraphFailure) {
      let picture = try planner.settledPicture(graph.output)
      guard picture.shape.channels == 3 else {
        throw GraphFailure("a result of \(picture.shape.channels) channels")
      }
      guard picture.place != planner.plan.input else {
        throw GraphFailure("nothing is done to the one that comes in")
      }
      planner.plan.output = picture.place
    } catch {
      throw .interface("it does not end in a picture: \(error.reason)")
    }
    return planner.plan
  }

  private init(
    _ graph: GraphDescription, weights: [Int: Tensor], convolutions: GraphConvolutions,
    height: Int, width: Int
  ) {
    self.graph = graph
    self.convolutions = convolutions
    values = weights.mapValues { .weights($0) }
    for (number, array) in graph.arrays {
      if let array = try? GraphArray(
        extents: array.extents, values: array.values.map(Double.init), isInteger: true)
      {
        values[number] = .array(array)
      }
    }
    var readers: [Int: Int] = [graph.output: 1]
    for node in graph.nodes {
      for case let input? in node.inputs { readers[input, default: 0] += 1 }
    }
    self.readers = readers
    // A network may widen a picture a lot, but not without end.
    limit = min(1 << 30, 1 << 16 + 2048 * height * width)
    plan.input = newPlace()
    values[graph.input] = .picture(Picture(place: plan.input, shape: [height, width, 3]))
  }

  private mutating func newPlace() -> Int {
    plan.count += 1
    return plan.count - 1
  }

  // MARK: What operations ask for

  func input(_ node: GraphDescription.Node, _ index: Int) -> Int? {
    node.inputs.indices.contains(index) ? node.inputs[index] : nil
  }

  func value(_ number: Int?) throws(GraphFailure) -> Value {
    guard let number, let value = values[number] else { throw .init("an input is missing") }
    return value
  }

  /// A picture, with what was put off.
  func picture(_ node: GraphDescription.Node, _ index: Int) throws(GraphFailure) -> Picture {
    guard case .picture(let picture) = try value(input(node, index)) else {
      throw .init("numbers where a picture is needed")
    }
    return picture
  }

  /// Weights.
  func weights(
    _ node: GraphDescription.Node, _ index: Int, rank: Int
  ) throws(GraphFailure) -> Tensor {
    guard case .weights(let tensor) = try value(input(node, index)), tensor.shape.rank == rank,
      tensor.count > 0
    else { throw .init("weights that are not constant, or of another shape") }
    return tensor
  }

  /// A number for each channel.
  func perChannel(
    _ node: GraphDescription.Node, _ index: Int, _ channels: Int
  ) throws(GraphFailure) -> [Float] {
    let tensor = try weights(node, index, rank: 1)
    guard tensor.count == channels else {
      throw .init("\(tensor.count) numbers for \(channels) channels")
    }
    return tensor.elements
  }

  /// A few numbers; nil when they are left out.
  func array(_ node: GraphDescription.Node, _ index: Int) throws(GraphFailure) -> GraphArray? {
    guard let number = input(node, index) else { return nil }
    switch try value(number) {
    case .array(let array): return array
    case .weights(let tensor):
      guard tensor.count <= GraphArray.mostElements else { throw .init("too many numbers") }
      return try GraphArray(
        extents: tensor.shape.extents, values: tensor.elements.map(Double.init), isInteger: false)
    case .picture: throw .init("a picture where numbers are needed")
    }
  }

  func requiredArray(
    _ node: GraphDescription.Node, _ index: Int
  ) throws(GraphFailure) -> GraphArray {
    guard let array = try array(node, index) else { throw .init("an input is missing") }
    return array
  }

  /// A picture with nothing put off any more.
  mutating func settledPicture(_ number: Int?) throws(GraphFailure) -> Picture {
    guard case .picture(var picture) = try value(number) else {
      throw .init("numbers where a picture is needed")
    }
    guard picture.isDoubled || picture.padding != nil else { return picture }
    let padding = picture.padding ?? Padding(border: .zero)
    func sources(_ count: Int, _ before: Int, _ after: Int) -> [GraphPlan.Source] {
      let factor = picture.isDoubled ? 2 : 1
      return (-before..<factor * count + after).map { index in
        padding.border.inside(index, of: factor * count).map { GraphPlan.Source($0 / factor) }
          ?? .outside
      }
    }
    let shape = picture.fullShape
    try requireRoom(shape)
    let place = try emit(
      .resample(
        picture.place, rows: sources(picture.shape.height, padding.top, padding.bottom),
        columns: sources(picture.shape.width, padding.left, padding.right)), shape)
    picture = Picture(place: place, shape: shape)
    if let number { values[number] = .picture(picture) }
    return picture
  }

  func requireRoom(_ shape: Shape) throws(GraphFailure) {
    guard shape.extents.allSatisfy({ (1...1 << 16).contains($0) }), shape.count <= limit else {
      throw .init("a picture of \(shape)")
    }
  }

  mutating func emit(_ action: GraphPlan.Action, _ shape: Shape) throws(GraphFailure) -> Int {
    try requireRoom(shape)
    let place = newPlace()
    plan.steps.append(.init(action: action, output: place, shape: shape))
    return place
  }

  /// Notes an operation's only result.
  mutating func define(_ node: GraphDescription.Node, _ value: Value) throws(GraphFailure) {
    guard let output = node.outputs.first ?? nil else { throw .init("it has no result") }
    values[output] = value
  }

  mutating func define(
    _ node: GraphDescription.Node, _ action: GraphPlan.Action, _ shape: Shape
  ) throws(GraphFailure) {
    try define(node, .picture(Picture(place: try emit(action, shape), shape: shape)))
  }

  /// Whether an operation's result is read once, by one that does this.
  func isOnlyRead(_ node: GraphDescription.Node, by operation: String) -> Bool {
    guard let output = node.outputs.first ?? nil, readers[output] == 1 else { return false }
    return graph.nodes.contains { $0.operation == operation && $0.inputs.first == output }
  }
}
