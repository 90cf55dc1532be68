import Checkpoints
import Tensors

/// What L-BFGS remembers, in a saved run: `move0`, `change0`, … are the pairs, oldest first; four tensors
/// tell of the last step, of which the loss has not been looked at yet. A file without them, as earlier
/// versions wrote it, leaves the curvature to be learned anew.
extension LBFGS {
  func save(to tensors: inout [(String, Tensor)], _ metadata: inout [String: String]) {
    metadata["curvatures"] = pairs.map { "\($0.curvature)" }.joined(separator: " ")
    for (index, pair) in pairs.enumerated() {
      tensors += [("move\(index)", pair.move), ("change\(index)", pair.change)]
    }
    guard let origin else { return }
    metadata["origin"] =
      "\(origin.loss) \(origin.slope) \(origin.length) \(origin.shortenings)"
    tensors += [
      ("originImage", origin.image), ("originGradient", origin.gradient),
      ("originDirection", origin.direction),
    ]
  }

  /// What a file that nobody vouches for says of it.
  init(_ file: SafetensorsFile, after step: Int, shape: Shape) throws(SavedRunError) {
    func malformed() -> SavedRunError {
      .malformed(path: file.path, reason: "its curvature makes no sense")
    }
    func tensor(
      _ name: String, in range: ClosedRange<Float> = SavedRun.anyNumber
    ) throws(SavedRunError) -> Tensor {
      let tensor = try SavedRun.tensor(name, of: file, in: range)
      guard tensor.shape == shape else { throw malformed() }
      return tensor
    }
    func numbers(_ name: String) throws(SavedRunError) -> [Double] {
      let words = (file.metadata[name] ?? "").split(separator: " ")
      let numbers = words.compactMap { Double($0) }.filter(\.isFinite)
      guard numbers.count == words.count else { throw malformed() }
      return numbers
    }
    let history = LBFGS().history
    let curvatures = try numbers("curvatures")
    guard curvatures.count <= history else { throw malformed() }
    var pairs: [Pair] = []
    for (index, curvature) in curvatures.enumerated() {
      guard curvature > 0 else { throw malformed() }
      pairs.append(
        Pair(
          move: try tensor("move\(index)"), change: try tensor("change\(index)"),
          curvature: curvature))
    }
    var origin: Origin?
    let last = try numbers("origin")
    if !last.isEmpty {
      guard last.count == 4, last[1] < 0, last[2] > 0,
        let shortenings = Int(exactly: last[3]), (0...Self.mostShortenings).contains(shortenings)
      else { throw malformed() }
      origin = Origin(
        image: try tensor("originImage", in: 0...1), gradient: try tensor("originGradient"),
        loss: last[0], direction: try tensor("originDirection"), slope: last[1], length: last[2],
        shortenings: shortenings)
    }
    self.init(history: history, after: step, pairs: pairs, origin: origin)
  }
}
