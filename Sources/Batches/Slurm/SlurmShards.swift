/// How a batch is cut into shards, one for each task of a job array.
struct SlurmShards {
  /// The items of each shard, as positions in what is to be done.
  let ranges: [Range<Int>]

  /// Shards that take about as long as wanted: a short one wastes its start, a long one is painful to lose.
  ///
  /// - Parameters:
  ///   - seconds: what each item takes on one thread; 0 where nobody knows.
  ///   - target: how long a shard should take.
  ///   - lanes: how many threads work on it.
  ///   - most: how many shards there may be; then they take longer.
  init(seconds: [Double], target: Double, lanes: Int, most: Int) {
    // What is not known takes as long as the rest.
    let known = seconds.filter { $0 > 0 }
    let mean = known.isEmpty ? 1 : known.reduce(0, +) / Double(known.count)
    let weights = seconds.map { ($0 > 0 ? $0 : mean) / Double(lanes) }
    let total = weights.reduce(0, +)
    let count = min(max(1, Int((total / target).rounded(.up))), most, max(1, seconds.count))
    // Cut where the sum passes the parts of equal length; each shard has one item at least.
    var ranges: [Range<Int>] = []
    var (start, sum) = (0, 0.0)
    for (index, weight) in weights.enumerated() {
      sum += weight
      let left = count - ranges.count - 1
      let isDue = sum >= total * Double(ranges.count + 1) / Double(count) * (1 - 1e-9)
      if left > 0, isDue || weights.count - index - 1 == left {
        ranges.append(start..<index + 1)
        start = index + 1
      }
    }
    ranges.append(start..<weights.count)
    self.ranges = ranges
  }
}
