import ArgumentParser
import Foundation
import Pictures
import Recipes
import Styling
import Synchronization
import Tensors

/// `impasto bench`: seconds an iteration.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure seconds an iteration on square pictures that need no file.",
    discussion: """
      The first iteration warms up and is not counted.

      EXAMPLES
        impasto bench
        impasto bench --size 512 --iterations 20 --threads 2 --json
      """)

  @Option(help: ArgumentHelp("The side of the pictures.", valueName: "px"))
  var size = 256

  @Option(help: ArgumentHelp("How many iterations to time.", valueName: "n"))
  var iterations = 10

  @Option(help: ArgumentHelp("How many threads compute (default: one a core).", valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("The network.", valueName: "id"))
  var model = "vgg16"

  @Flag(help: "Print one JSON object.")
  var json = false

  private struct Report: Encodable {
    let size: Int
    let iterations: Int
    let threads: Int
    let precision: String
    let medianSecondsPerIteration: Double
    let minSecondsPerIteration: Double
    let peakMemoryBytes: Int
  }

  func run() throws {
    var recipe = Recipe()
    recipe.size = size
    recipe.model = model
    recipe.iterations = iterations + 2  // one to warm up, one whose beginning ends the last
    try recipe.validate()
    guard iterations > 0 else { throw Failure("--iterations must be 1 or more", code: .usage) }
    let threads = try validThreads(threads)
    let progress = ProgressLine(quiet: json)
    let transfer = StyleTransfer(
      try StylingJob(
        content: Self.picture(seed: 1, size: size),
        styles: [.init(picture: Self.picture(seed: 2, size: size), weight: 1)], recipe: recipe,
        network: try ModelLibrary(progress: ProgressLine()).network(model), threads: threads))
    let starts = Mutex<[Double]>([])
    _ = try transfer.runToEnd { iterate in
      starts.withLock { $0.append(iterate.seconds) }
      progress.show("\(iterate.iteration) of \(iterations) iterations")
    }
    progress.clear()
    let times = starts.withLock { starts in
      zip(starts.dropFirst(2), starts.dropFirst()).map { $0 - $1 }.sorted()
    }
    let report = Report(
      size: size, iterations: times.count, threads: threads, precision: "float32",
      medianSecondsPerIteration: Self.median(times), minSecondsPerIteration: times.first ?? 0,
      peakMemoryBytes: peakMemoryBytes())
    if json {
      try JSONLine.print(report)
    } else {
      print(
        """
        size        \(size)×\(size)
        threads     \(threads)
        iterations  \(report.iterations)
        median      \(Format.significant(report.medianSecondsPerIteration)) s
        minimum     \(Format.significant(report.minSecondsPerIteration)) s
        memory      \(Format.bytes(report.peakMemoryBytes)) at most
        """)
    }
  }

  private static func median(_ sorted: [Double]) -> Double {
    guard !sorted.isEmpty else { return 0 }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// Smooth shapes with some noise: a picture like any other, as far as the engine's work goes.
  private static func picture(seed: UInt64, size: Int) -> Picture {
    var random = SeededRandom(seed: seed)
    let coarse = random.uniform([8, 8, 3], in: 0...1)
    let smooth = Resampler.lanczos3(
      coarse, height: size, width: size, on: Workers(threads: 1))
    return Picture(smooth)
  }
}
