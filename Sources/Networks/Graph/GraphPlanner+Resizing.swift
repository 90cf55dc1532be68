import Checkpoints
import Kernels
import Tensors

extension GraphPlanner {
  /// `Upsample`, and `Resize` of all versions: nearest neighbors, or linear between them.
  mutating func addResizing(_ node: GraphDescription.Node) throws(GraphFailure) {
    var picture = try picture(node, 0)
    let extent = picture.fullShape
    let (scales, sizes) = try factors(node)
    let before = [extent.height, extent.width]
    var after: [Int] = []
    var factor: [Double] = []
    if let sizes {
      after = sizes
      factor = zip(sizes, before).map { Double($0) / Double($1) }
    } else if let scales {
      guard scales.allSatisfy({ $0 > 0 && $0 <= 4096 }) else { throw .init("a wrong scale") }
      factor = scales
      after = zip(scales, before).map { Int((Double($1) * $0).rounded(.down)) }
    }
    guard after.count == 2, after.allSatisfy({ (1...1 << 16).contains($0) }) else {
      throw .init("a wrong size")
    }
    let rule = try ResizeRule(node, opset: graph.opset)
    let shape: Shape = [after[0], after[1], extent.channels]
    try requireRoom(shape)
    let rows = rule.sources(before[0], after[0], factor[0])
    let columns = rule.sources(before[1], after[1], factor[1])
    if !picture.isDoubled, picture.padding == nil, rows.isDoubled, columns.isDoubled {
      picture.isDoubled = true
      return try define(node, .picture(picture))
    }
    let source = try settledPicture(input(node, 0))
    try define(node, .resample(source.place, rows: rows, columns: columns), shape)
  }

  /// Rows' and columns' scales, or their counts.
  private func factors(
    _ node: GraphDescription.Node
  ) throws(GraphFailure) -> (scales: [Double]?, sizes: [Int]?) {
    func lastTwo<Number: Equatable>(
      _ values: [Number], leading: [Number]
    ) throws(GraphFailure) -> [Number] {
      if values.count == 2, node.integers["axes"] == [2, 3] { return values }
      guard values.count == 4, Array(values.prefix(2)) == leading else {
        throw .init("scales of other than rows and columns")
      }
      return Array(values.suffix(2))
    }
    if let scales = node.numbers["scales"] {
      return (try lastTwo(scales.map(Double.init), leading: [1, 1]), nil)
    }
    let hasRegion = node.operation == "Resize" && graph.opset > 10
    if let scales = try array(node, hasRegion ? 2 : 1), !scales.values.isEmpty {
      return (try lastTwo(scales.values, leading: [1, 1]), nil)
    }
    guard hasRegion, let sizes = try array(node, 3) else { throw .init("no scales and no sizes") }
    let channels = try picture(node, 0).shape.channels
    return (nil, try lastTwo(try sizes.integers(), leading: [1, channels]))
  }
}

/// How a `Resize` finds what its pixels are from.
private struct ResizeRule {
  private let isLinear: Bool
  private let coordinates: String
  private let rounding: String

  init(_ node: GraphDescription.Node, opset: Int) throws(GraphFailure) {
    let mode = node.texts["mode"] ?? "nearest"
    guard ["nearest", "linear", "bilinear"].contains(mode) else { throw .init("the mode \(mode)") }
    guard node.integer("antialias") ?? 0 == 0,
      (node.texts["keep_aspect_ratio_policy"] ?? "stretch") == "stretch"
    else { throw .init("smoothing or keeping proportions") }
    isLinear = mode != "nearest"
    let isNew = node.operation == "Resize" && opset > 10
    coordinates =
      isNew ? node.texts["coordinate_transformation_mode"] ?? "half_pixel" : "asymmetric"
    rounding = isNew ? node.texts["nearest_mode"] ?? "round_prefer_floor" : "floor"
    guard
      ["asymmetric", "half_pixel", "pytorch_half_pixel", "align_corners"].contains(coordinates)
    else { throw .init("the coordinates \(coordinates)") }
    guard ["floor", "ceil", "round_prefer_floor", "round_prefer_ceil"].contains(rounding) else {
      throw .init("the rounding \(rounding)")
    }
  }

  func sources(_ before: Int, _ after: Int, _ factor: Double) -> [GraphPlan.Source] {
    (0..<after).map { index in
      let place = place(Double(index), before, after, factor)
      guard isLinear else {
        return GraphPlan.Source(min(max(rounded(place), 0), before - 1))
      }
      let inside = min(max(place, 0), Double(before - 1))
      let first = Int(inside)
      return GraphPlan.Source(
        first, min(first + 1, before - 1), share: Float(inside - Double(first)))
    }
  }

  private func place(_ index: Double, _ before: Int, _ after: Int, _ factor: Double) -> Double {
    switch coordinates {
    case "asymmetric": index / factor
    case "align_corners":
      after > 1 ? index * Double(before - 1) / Double(after - 1) : 0
    case "pytorch_half_pixel" where after == 1: 0
    default: (index + 0.5) / factor - 0.5
    }
  }

  private func rounded(_ place: Double) -> Int {
    switch rounding {
    case "floor": Int(place.rounded(.down))
    case "ceil": Int(place.rounded(.up))
    case "round_prefer_ceil": Int((place + 0.5).rounded(.down))
    default: Int((place - 0.5).rounded(.up))
    }
  }
}

extension [GraphPlan.Source] {
  /// Whether each is there twice, and nothing else.
  fileprivate var isDoubled: Bool {
    count.isMultiple(of: 2) && enumerated().allSatisfy { $1 == GraphPlan.Source($0 / 2) }
  }
}
