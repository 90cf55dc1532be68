import Favorites
import Files
import Foundation
import Networks
import Pictures
import Recipes
import Styling
import Synchronization
import Tensors
import TestSupport
import Testing

@testable import Batches

@Suite struct BatchRunnerTests {
  /// Photographs and paintings in a folder, and a network of random weights.
  private struct Studio {
    let folder: String
    let batch: BatchFolder
    let services: BatchServices

    init(_ folder: String) throws {
      self.folder = folder
      batch = BatchFolder(path: "\(folder)/out")
      let stylizer = try Stylizer(checkpoint: RandomStylizer(.magenta))
      services = BatchServices(
        network: { _, _ in throw BatchFault(path: nil, reason: "there is no VGG here") },
        stylist: { _ in InstantStylist(stylizer) })
      for (index, name) in ["a.png", "b.jpg", "c.png", "monet.png", "klee.jpg"].enumerated() {
        try paint(name, seed: UInt64(index))
      }
    }

    func paint(_ name: String, seed: UInt64) throws {
      var random = SeededRandom(seed: seed)
      let image = Resampler.lanczos3(
        random.uniform([4, 4, 3], in: 0...1), height: 30, width: 40, on: Workers(threads: 1))
      try PictureEncoder.write(Picture(image), to: "\(folder)/\(name)")
    }

    func items(
      _ contents: [String] = ["a.png", "b.jpg", "c.png"], change: (inout Recipe) -> Void = { _ in }
    ) throws -> [BatchItem] {
      var recipe = Recipe()
      recipe.method = .instant
      recipe.size = 24
      change(&recipe)
      return try BatchPlan(
        contents: contents.map { "\(folder)/\($0)" },
        looks: ["monet.png", "klee.jpg"].map {
          .init(styles: [.init(picture: "\(folder)/\($0)")])
        }, variations: [.init(recipe: recipe)]
      ).items()
    }

    func runner(_ items: [BatchItem]) -> BatchRunner {
      BatchRunner(items, in: batch, services: services)
    }

    /// Paints what is missing; returns what was painted.
    @discardableResult
    func paint(_ items: [BatchItem], jobs: Int? = nil) throws -> (
      BatchSummary, painted: Set<String>
    ) {
      let painted = Mutex<Set<String>>([])
      let runner = runner(items)
      let summary = try runner.run(runner.survey(), jobs: jobs) { event in
        if case .finished(let item, _, _, _) = event {
          painted.withLock { _ = $0.insert(items[item].output) }
        }
      }
      return (summary, painted.withLock { $0 })
    }

    func bytes(_ items: [BatchItem]) throws -> [[UInt8]] {
      try items.map { try FileBytes.read(batch.path(of: $0)) }
    }
  }

  @Test func `a batch is painted once, and then only what changed`() throws {
    try withTemporaryFolder { folder in
      let studio = try Studio(folder)
      let items = try studio.items()
      let (summary, painted) = try studio.paint(items)
      #expect(summary.done == 6 && painted.count == 6 && summary.failures.isEmpty)
      let before = try studio.bytes(items)
      #expect(try studio.paint(items).painted.isEmpty)

      try studio.paint("b.jpg", seed: 77)
      #expect(try studio.paint(items).painted == ["b-monet.png", "b-klee.png"])
      try studio.paint("klee.jpg", seed: 78)
      #expect(try studio.paint(items).painted == ["a-klee.png", "b-klee.png", "c-klee.png"])
      let other = try studio.items { $0.strength = 0.5 }
      #expect(try studio.paint(other).painted.count == 6)
      unlink(studio.batch.path(of: items[0]))
      #expect(try studio.paint(other).painted == ["a-monet.png"])
      try studio.paint("b.jpg", seed: 1)
      try studio.paint("klee.jpg", seed: 4)
      #expect(try studio.paint(items).painted.count == 6)
      #expect(try studio.bytes(items) == before)
    }
  }

  @Test func `a result says itself of what it is made`() throws {
    try withTemporaryFolder { folder in
      let studio = try Studio(folder)
      let items = try studio.items()
      try studio.paint(items)
      let carried = try CarriedRecipe(picture: studio.batch.path(of: items[0]))
      #expect(carried.recipe == items[0].recipe)
      #expect(carried.sources.count == 2 && carried.sources.allSatisfy { !$0.hasChanged })
      // Without the ledger, and with a broken one, nothing is painted either.
      unlink("\(studio.batch.state)/ledger.json")
      #expect(try studio.paint(items).painted.isEmpty)
      try AtomicFile.write(Array("{\"sources\":3".utf8), to: "\(studio.batch.state)/ledger.json")
      #expect(try studio.paint(items).painted.isEmpty)
      // Touched, but the same.
      try studio.paint("a.png", seed: 0)
      #expect(try studio.paint(items).painted.isEmpty)
      // A picture that somebody else put there.
      try FileManager.default.copyItem(
        atPath: "\(folder)/a.png", toPath: studio.batch.path(of: items[0]) + "x.png")
      rename(studio.batch.path(of: items[0]) + "x.png", studio.batch.path(of: items[0]))
      #expect(try studio.paint(items).painted == ["a-monet.png"])
    }
  }

  @Test func `masks count as sources`() throws {
    try withTemporaryFolder { folder in
      let studio = try Studio(folder)
      try studio.paint("mask.png", seed: 9)
      let items = try studio.items { $0.protect = "\(folder)/mask.png" }
      #expect(try studio.paint(items).painted.count == 6)
      #expect(try studio.paint(items).painted.isEmpty)
      // Pictures know it themselves.
      unlink("\(studio.batch.state)/ledger.json")
      #expect(try studio.paint(items).painted.isEmpty)
      try studio.paint("mask.png", seed: 10)
      #expect(try studio.paint(items).painted.count == 6)
    }
  }

  @Test func `what cannot be read is told, and the rest is painted`() throws {
    try withTemporaryFolder { folder in
      let studio = try Studio(folder)
      try AtomicFile.write(
        FileBytes.read("\(folder)/a.png").prefix(60), to: "\(folder)/cut.png")
      try AtomicFile.write(Array("no picture".utf8), to: "\(folder)/text.jpg")
      let items = try studio.items(["cut.png", "a.png", "text.jpg", "gone.png", "c.png"])
      let (summary, painted) = try studio.paint(items)
      #expect(painted == ["a-monet.png", "a-klee.png", "c-monet.png", "c-klee.png"])
      #expect(summary.failures.map(\.item) == [0, 1, 4, 5, 6, 7] && summary.left == 0)
      #expect(
        summary.failures[4].fault == BatchFault(path: "\(folder)/gone.png", reason: "no such file"))
      try BatchPages(of: items, in: studio.batch).write(
        faults: Dictionary(uniqueKeysWithValues: summary.failures.map { ($0.item, $0.fault) }))
      let page = try String(contentsOfFile: "\(studio.batch.path)/index.html", encoding: .utf8)
      #expect(page.contains("gone.png: no such file") && page.contains("src=\"./c-monet.png\""))
    }
  }

  @Test func `how many are painted at once makes no difference`() throws {
    try withTemporaryFolder { folder in
      let studio = try Studio(folder)
      let items = try studio.items()
      try studio.paint(items, jobs: 1)
      let one = try studio.bytes(items)
      for item in items { unlink(studio.batch.path(of: item)) }
      try studio.paint(items, jobs: 4)
      #expect(try studio.bytes(items) == one)
    }
  }

  @Test func `a batch that is cancelled leaves whole pictures, and goes on`() throws {
    try withTemporaryFolder { folder in
      let studio = try Studio(folder)
      let items = try studio.items()
      let runner = studio.runner(items)
      let cancellation = BatchCancellation()
      let summary = try runner.run(runner.survey(), jobs: 1, until: cancellation) { event in
        if case .finished = event { cancellation.cancel() }
      }
      #expect(summary.done == 1 && summary.left == 5 && summary.failures.isEmpty)
      #expect(try studio.paint(items).painted.count == 5)
    }
  }

  @Test func `one at a time works in a folder, shards together`() throws {
    try withTemporaryFolder { path in
      let folder = BatchFolder(path: path)
      _ = try withExtendedLifetime(folder.claim()) {
        #expect(throws: BatchError.busy(folder: path)) { try folder.claim(shared: true) }
      }
      let shards = [try folder.claim(shared: true), try folder.claim(shared: true)]
      #expect(throws: BatchError.busy(folder: path)) { try folder.claim() }
      withExtendedLifetime(shards) {}
    }
  }

  @Test func `leftovers of writers that were killed are removed, and nothing else`() throws {
    try withTemporaryFolder { folder in
      let studio = try Studio(folder)
      let items = try studio.items()
      try studio.batch.create(for: items)
      for name in [".impasto-AbC123", "mine.png"] {
        try Data().write(to: URL(fileURLWithPath: "\(studio.batch.path)/\(name)"))
      }
      studio.runner(items).clean()
      let names = try FileManager.default.contentsOfDirectory(atPath: studio.batch.path)
      #expect(names.sorted() == [".impasto", "mine.png"])
    }
  }

  @Test func `an estimate tells of each picture that can be read`() throws {
    try withTemporaryFolder { folder in
      let studio = try Studio(folder)
      let items = try studio.items(["a.png", "gone.png"])
      let runner = studio.runner(items)
      let outline = try runner.outline(runner.survey())
      #expect(outline.items == 4 && outline.current == 0)
      #expect(Set(outline.estimate.items.keys) == [0, 1])
      let item = try #require(outline.estimate.items[0])
      #expect(item.width == 24 && item.height == 18)
      #expect(try #require(item.seconds) > 0 && #require(item.bytes) > 24 * 18 * 4)
    }
  }

  @Test func `names are harmless in pages, and links lead to their files`() {
    #expect(BatchPage.escaped("<b a=\"'&\u{1B}") == "&lt;b a=&quot;&#39;&amp;\u{FFFD}")
    #expect(BatchPage.link(to: "a b/ü#?%.png") == "./a%20b/%C3%BC%23%3F%25.png")
    #expect(BatchPage.link(to: "javascript:alert(1).png") == "./javascript%3Aalert%281%29.png")
  }

  @Test func `each picture is read once however many wait for it`() {
    let count = Mutex(0)
    let shelf = SourceShelf { path in
      count.withLock { $0 += 1 }
      throw BatchFault(path: path, reason: "gone")
    }
    let faults = Workers(threads: 4).map(40) { _ -> BatchFault? in
      do throws(BatchFault) {
        _ = try shelf.source(at: "x")
        return nil
      } catch { return error }
    }
    #expect(count.withLock { $0 } == 1)
    #expect(faults.allSatisfy { $0 == BatchFault(path: "x", reason: "gone") })
  }

  @Test func `memory is shared out, and more than there is goes to one alone`() {
    let budget = MemoryBudget(bytes: 100)
    let state = Mutex((used: 0, most: 0))
    _ = Workers(threads: 4).map(64) { index in
      let bytes = [30, 60, 10, 500][index % 4]
      budget.withBytes(bytes) {
        state.withLock { state in
          state.used += bytes
          state.most = max(state.most, bytes > 100 ? 0 : state.used)
          #expect(bytes <= 100 || state.used == bytes)
        }
        state.withLock { $0.used -= bytes }
      }
    }
    #expect(state.withLock { $0.most } <= 100)
  }
}
