extension String {
  /// The word that this one is most likely meant to be; nil when none is near.
  public func nearest(among words: [String]) -> String? {
    let rated = words.map { (word: $0, edits: edits(to: $0)) }
    guard let best = rated.min(by: { ($0.edits, $0.word) < ($1.edits, $1.word) }) else {
      return nil
    }
    return best.edits <= max(1, count / 3) ? best.word : nil
  }

  /// How many letters must be put in, left out, changed or swapped with their neighbor (the optimal string
  /// alignment distance), whatever their case.
  private func edits(to other: String) -> Int {
    let (from, to) = (Array(lowercased()), Array(other.lowercased()))
    // Nobody misspells that much; this bounds the table.
    guard max(from.count, to.count) <= 64 else { return .max }
    var rows = [Array(0...to.count)]
    for (i, letter) in from.enumerated() {
      var row = [i + 1]
      for (j, wanted) in to.enumerated() {
        var edits = Swift.min(
          rows[i][j] + (letter == wanted ? 0 : 1), row[j] + 1, rows[i][j + 1] + 1)
        if i > 0, j > 0, letter == to[j - 1], from[i - 1] == wanted {
          edits = Swift.min(edits, rows[i - 1][j - 1] + 1)
        }
        row.append(edits)
      }
      rows.append(row)
    }
    return rows[from.count][to.count]
  }
}
