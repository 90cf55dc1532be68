import ArgumentParser
import Foundation
import Pictures
import Recipes
import Studio
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
        impasto bench --layers
      """)

  @Option(help: ArgumentHelp("The side of the pictures.", valueName: "px"))
  var size = 256

  @Option(help: ArgumentHelp("How many iterations to time.", valueName: "n"))
  var iterations = 10

  @Option(help: ArgumentHelp("How many threads compute (default: one a core).", valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("The network.", valueName: "id"))
  var model = "vgg16"

  @Option(help: "How finely its numbers are kept: full or mixed.")
  var precision = Recipe.Precision.full

  @Flag(help: "Print where the time goes, layer by layer.")
  var layers = false

  @Flag(help: "Print one JSON object.")
  var json = false

  private struct LayerReport: Encodable {
    let layer: String
    let forwardSeconds: Double
    let backwardSeconds: Double
    let effectiveGigaflops: Double
    let share: Double
  }

  private struct Report: Encodable {
    let size: Int
    let iterations: Int
    let threads: Int
    let precision: String
    let medianSecondsPerIteration: Double
    let minSecondsPerIteration: Double
    let peakMemoryBytes: Int
    let layers: [LayerReport]?
  }

  func run() throws {
    var recipe = Recipe()
    recipe.size = size
    recipe.model = model
    recipe.precision = precision
    recipe.iterations = iterations + 2  // one to warm up, one whose beginning ends the last
    try recipe.validate()
    guard iterations > 0 else { throw Failure("--iterations must be 1 or more", code: .usage) }
    let threads = try validThreads(threads)
    let progress = ProgressLine(quiet: json)
    let job = try StylingJob(
      content: Self.picture(seed: 1, size: size),
      styles: [.init(picture: Self.picture(seed: 2, size: size), weight: 1)], recipe: recipe,
      network: try ModelLibrary(progress: ProgressLine()).network(model, precision: precision),
      threads: threads)
    let transfer = StyleTransfer(job)
    let starts = Mutex<[Double]>([])
    _ = try transfer.runToEnd { iterate in
      starts.withLock { $0.append(iterate.seconds) }
      progress.show("\(iterate.iteration) of \(iterations) iterations")
    }
    progress.clear()
    let times = starts.withLock { starts in
      zip(starts.dropFirst(2), starts.dropFirst()).map { $0 - $1 }
    }
    let memory = peakMemoryBytes()
    let timings = layers ? LayerTimings(of: job, iterations: iterations) : nil
    let report = Report(
      size: size, iterations: times.count, threads: threads,
      precision: precision == .full ? "float32" : "mixed",
      medianSecondsPerIteration: times.median, minSecondsPerIteration: times.min() ?? 0,
      peakMemoryBytes: memory, layers: timings.map(Self.rows))
    if json {
      try JSONLine.print(report)
    } else {
      print(
        """
        size        \(size)×\(size)
        threads     \(threads)
        precision   \(precision)
        iterations  \(report.iterations)
        median      \(Format.significant(report.medianSecondsPerIteration)) s
        minimum     \(Format.significant(report.minSecondsPerIteration)) s
        memory      \(Format.bytes(report.peakMemoryBytes)) at most
        """)
      report.layers.map(Self.printTable)
    }
  }

  private static func rows(_ timings: LayerTimings) -> [LayerReport] {
    let others = timings.appraisal + timings.step
    let total = timings.layers.reduce(others) { $0 + $1.forward + $1.backward }
    let layers = timings.layers.map { layer in
      let seconds = layer.forward + layer.backward
      return LayerReport(
        layer: "\(layer.name)", forwardSeconds: layer.forward, backwardSeconds: layer.backward,
        effectiveGigaflops: 2 * layer.operations / seconds / 1e9, share: seconds / total)
    }
    return layers + [
      LayerReport(
        layer: "losses", forwardSeconds: timings.appraisal, backwardSeconds: 0,
        effectiveGigaflops: 0, share: timings.appraisal / total),
      LayerReport(
        layer: "optimizer", forwardSeconds: timings.step, backwardSeconds: 0,
        effectiveGigaflops: 0, share: timings.step / total),
    ]
  }

  private static func printTable(_ rows: [LayerReport]) {
    print("\nlayer      forward ms  backward ms  GFLOP/s  share")
    for row in rows {
      let gigaflops = row.effectiveGigaflops
      print(
        row.layer.padded(to: 11)
          + Format.number(1000 * row.forwardSeconds, 2).paddedLeft(to: 10)
          + Format.number(1000 * row.backwardSeconds, 2).paddedLeft(to: 13)
          + (gigaflops > 0 ? Format.number(gigaflops, 0) : "").paddedLeft(to: 9)
          + (Format.number(100 * row.share, 1) + " %").paddedLeft(to: 9))
    }
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
