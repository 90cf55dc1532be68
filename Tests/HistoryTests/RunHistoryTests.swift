import Favorites
import Files
import Foundation
import Pictures
import Recipes
import Styling
import TestSupport
import Tensors
import Testing

@testable import History

/// Runs as they are recorded, found again and forgotten.
@Suite struct RunHistoryTests {
  private func withHistory(_ body: (RunHistory, String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try body(RunHistory(RunFolder(path: "\(folder)/runs")), folder)
    }
  }

  @Test func `a run is recorded with its losses and pictures`() throws {
    try withHistory { history, folder in
      #expect(history.runs().isEmpty)
      let recipe = ThinRun.recipe(iterations: 40)
      let source = Favorite.Source(role: .content, path: "/p/harbor.png", sha256: "ab")
      let recorder = RunRecorder(
        try history.folder.begin(),
        RunRecord(
          .studio, recipe: recipe, sources: [source], lineage: .init(parent: UUID(), iterate: 3)))
      let outcome = try ThinRun.run(recipe, recorder)
      recorder.end(outcome)
      #expect(recorder.failure == nil)
      let run = try #require(history.runs().first)
      #expect(history.runs().count == 1 && run.name == recorder.name)
      #expect(run.record.state == .completed && run.record.iterations == 40)
      #expect(run.record.recipe == recipe && run.record.sources == [source])
      #expect(run.record.lineage?.iterate == 3 && run.record.seconds == outcome.seconds)
      #expect(run.record.losses?.total == outcome.losses?.total)
      #expect(!run.hasCheckpoint && !run.isOngoing && !run.isCutShort)
      #expect(run.frames == Array(stride(from: 0, through: 40, by: 2)))
      #expect(try run.frame(40) == outcome.picture)
      #expect(throws: HistoryError.noFrame(name: run.name, iteration: 3)) { try run.frame(3) }
      let losses = try run.losses()
      #expect(losses.rows.map(\.iteration) == Array(0..<40) && losses.layers.count == 5)
      #expect(losses.rows.allSatisfy { $0.total.isFinite && $0.styleByLayer.count == 5 })
      #expect(losses.row(at: 20)?.total == losses.rows[20].total)
      #expect(run.recipe(at: 20).iterations == 20)
    }
  }

  @Test func `a run that was cut short goes on in its own record`() throws {
    try withHistory { history, folder in
      let recipe = ThinRun.recipe(iterations: 12)
      let whole = try ThinRun.transferOutcome(recipe)
      var recorder: RunRecorder? = RunRecorder(
        try history.folder.begin(), RunRecord(.studio, recipe: recipe), interval: .zero)
      let name = try #require(recorder?.name)
      if let recorder {
        recorder.end(try ThinRun.run(recipe, recorder, stoppingAt: 5), isCutShort: true)
      }
      #expect(try history.run(name).isOngoing && history.cutShort(by: .studio) == nil)
      recorder = nil
      let cut = try #require(history.cutShort(by: .studio))
      #expect(cut.name == name && history.cutShort(by: .render) == nil)
      let saved = try cut.saved()
      #expect(saved.checkpoint.iteration == 5 && saved.recipe == recipe)

      let claim = try history.folder.claim(name)
      let second = RunRecorder(
        claim, cut.record, goingOnAfter: (saved.checkpoint.iteration, saved.seconds))
      let outcome = try ThinRun.run(recipe, second, from: .checkpoint(saved.checkpoint))
      second.end(outcome)
      #expect(outcome.picture == whole.picture)
      let run = try history.run(name)
      #expect(run.record.state == .completed && !run.hasCheckpoint)
      #expect(try run.losses().rows.map(\.iteration) == Array(0..<12))
      #expect(run.frames == Array(0...12))
      #expect(run.record.seconds == saved.seconds + outcome.seconds)
    }
  }

  @Test func `a run that nobody wants to go on with counts as stopped`() throws {
    try withHistory { history, folder in
      let name = try cutShort(in: history)
      try history.dismiss(name)
      #expect(history.cutShort(by: .studio) == nil)
      let run = try history.run(name)
      #expect(run.record.state == .stopped && run.hasCheckpoint)
      #expect(throws: HistoryError.notFound(name: "none")) { try history.dismiss("none") }
    }
  }

  @Test func `what fails before it began leaves nothing, what fails later is told`() throws {
    try withHistory { history, folder in
      let recipe = ThinRun.recipe(iterations: 4)
      let first = RunRecorder(try history.folder.begin(), RunRecord(.studio, recipe: recipe))
      first.fail("no")
      #expect(history.folder.names().isEmpty)
      let second = RunRecorder(
        try history.folder.begin(), RunRecord(.studio, recipe: recipe), interval: .zero)
      _ = try ThinRun.run(recipe, second)
      second.fail("diverged")
      let run = try history.run(second.name)
      #expect(run.record.state == .failed("diverged") && !run.hasCheckpoint)
      let third = RunRecorder(
        try history.folder.begin(), RunRecord(.render, recipe: recipe), isRemembered: false,
        interval: .zero)
      third.end(try ThinRun.run(recipe, third))
      #expect(history.folder.names() == [second.name])
    }
  }

  @Test func `runs are found by the beginning of their names`() throws {
    try withHistory { history, folder in
      let name = try ThinRun.record(in: history)
      #expect(try history.run(String(name.prefix(6))).name == name)
      #expect(throws: HistoryError.notFound(name: "x")) { try history.run("x") }
      #expect(throws: HistoryError.notFound(name: "")) { try history.run("") }
      try ThinRun.record(in: history)
      #expect(throws: HistoryError.ambiguous(name: "2", count: 2)) { try history.run("2") }
      #expect(throws: HistoryError.self) { try history.run("../\(name)") }
      #expect(throws: HistoryError.self) { try history.remove("..") }
    }
  }

  @Test func `too much history loses old pictures first, then old runs`() throws {
    try withHistory { history, folder in
      let names = try (0..<4).map {
        try ThinRun.record(
          in: history, iterations: 20, begun: Date(timeIntervalSince1970: Double($0)))
      }
      let sizes = history.runs().map(\.byteCount)
      let total = sizes.reduce(0, +)
      #expect(history.prune(to: total) == (0, 0))
      #expect(history.prune(to: total - 1).runs == 0)
      #expect(try history.run(names[0]).frames == [20])
      #expect(try history.run(names[1]).frames.count == 21)
      let small = try history.run(names[0]).byteCount
      #expect(history.prune(to: small * 5 / 2).runs == 2)
      #expect(history.runs().map(\.name) == [names[3], names[2]])
      #expect(history.runs().allSatisfy { $0.frames == [20] })
      let ongoing = try history.folder.claim(names[3])
      #expect(history.prune(to: 0).runs <= 3)
      #expect(history.runs().map(\.name) == [names[3]])
      _ = ongoing.name
    }
  }

  @Test func `an exported run repeats itself and can be kept`() throws {
    try withHistory { history, folder in
      let run = try history.run(try ThinRun.record(in: history, iterations: 6))
      let paths = try run.export(toFolder: "\(folder)/out/deep")
      #expect(paths.count == 7)
      #expect(try RecipeFile.read("\(folder)/out/deep/recipe.yaml") == run.record.recipe)
      #expect(try LossTable(path: "\(folder)/out/deep/losses.csv") == run.losses())
      #expect(try CarriedRecipe(picture: paths[3]).recipe == run.recipe(at: 3))
      let library = try FavoriteLibrary(folder: "\(folder)/data")
      #expect(try library.import(paths[3]).origin.recipe == run.recipe(at: 3))
      try run.export(3, to: "\(folder)/three.webp")
      #expect(try CarriedRecipe(picture: "\(folder)/three.webp").recipe == run.recipe(at: 3))
      #expect(throws: HistoryError.self) { try run.export(3, to: "/none/three.png") }
    }
  }

  @Test func `damaged records are left out or refused, and nothing else`() throws {
    try withHistory { history, folder in
      let name = try ThinRun.record(in: history)
      let files = RunFiles(folder: "\(history.folder.path)/\(name)")
      var random = SeededRandom(seed: 3)
      for path in [files.record, files.losses] {
        let original = try FileBytes.read(path)
        var refused = 0
        for round in 0..<200 {
          var bytes = original
          if round.isMultiple(of: 3) {
            bytes.removeLast(.random(in: 1..<bytes.count, using: &random))
          } else {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
          }
          try AtomicFile.write(bytes, to: path)
          do {
            _ = try RunRecord(path: files.record)
            _ = try LossTable(path: files.losses)
          } catch { refused += 1 }
          #expect(history.runs().count <= 1)
        }
        #expect(refused > 30, "\(path): \(refused)")
        try AtomicFile.write(original, to: path)
      }
      for text in [
        "", "{}", "iteration,seconds\n", "iteration,seconds,total,content,style,tv\n1,2\n",
      ] {
        try AtomicFile.write(text.utf8, to: files.losses)
        #expect(throws: HistoryError.self) { try LossTable(path: files.losses) }
      }
    }
  }

  @Test func `a folder that cannot be written does not end the run`() throws {
    try withHistory { history, folder in
      let claim = try history.folder.begin()
      try FileManager.default.removeItem(atPath: history.folder.path)
      let recipe = ThinRun.recipe(iterations: 3)
      let recorder = RunRecorder(claim, RunRecord(.studio, recipe: recipe), interval: .zero)
      let outcome = try ThinRun.run(recipe, recorder)
      recorder.end(outcome)
      #expect(outcome.iterations == 3 && recorder.failure != nil)
    }
  }

  private func cutShort(in history: RunHistory) throws -> String {
    let recipe = ThinRun.recipe(iterations: 12)
    let recorder = RunRecorder(
      try history.folder.begin(), RunRecord(.studio, recipe: recipe), interval: .zero)
    recorder.end(try ThinRun.run(recipe, recorder, stoppingAt: 5), isCutShort: true)
    return recorder.name
  }
}

extension ThinRun {
  /// A run without a recorder.
  fileprivate static func transferOutcome(_ recipe: Recipe) throws -> Outcome {
    let transfer = try transfer(recipe)
    let ended = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var result: Result<Outcome, any Error>?
    transfer.start(
      onIterate: { _ in },
      onEnd: {
        result = $0
        ended.signal()
      })
    ended.wait()
    guard let result else { preconditionFailure("no result") }
    return try result.get()
  }
}
