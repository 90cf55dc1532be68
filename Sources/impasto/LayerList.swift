import ArgumentParser

/// Layers of a network as an argument: `conv1_1,conv2_1` or, with weights, `conv1_1:4,conv2_1:0.5`.
///
/// Whether there are such layers is for the network to say.
struct LayerList: ExpressibleByArgument {
  let names: [String]

  /// 1 where none is given.
  let weights: [Double]

  /// Whether one at least is given.
  let hasWeights: Bool

  init?(argument: String) {
    var names: [String] = []
    var weights: [Double] = []
    var hasWeights = false
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: ":", omittingEmptySubsequences: false)
      guard pieces.count <= 2, let name = pieces.first, !name.isEmpty else { return nil }
      var weight = 1.0
      if pieces.count == 2 {
        guard let given = Double(pieces[1]) else { return nil }
        weight = given
        hasWeights = true
      }
      names.append(String(name))
      weights.append(weight)
    }
    self.names = names
    self.weights = weights
    self.hasWeights = hasWeights
  }
}
