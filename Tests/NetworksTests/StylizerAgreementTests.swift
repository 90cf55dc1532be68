import Networks
import Tensors
import TestSupport
import Testing

@Suite(.enabled(if: RealStylizers.areThere, "the networks cannot be fetched"))
struct StylizerAgreementTests {
  private let workers = Workers(threads: 2)

  private func weights(_ mix: [Int: Float]) -> [Float] {
    (0..<MultiStyleStylizer.styleCount).map { mix[$0] ?? 0 }
  }

  @Test(arguments: [
    ("style7", [7: Float(1)]), ("style19", [19: 1]), ("blend3and12", [3: 0.5, 12: 0.5]),
  ])
  func `built-in styles paint as onnxruntime does`(name: String, mix: [Int: Float]) throws {
    let golden = try StylizerGolden()
    let checkpoint = try #require(RealStylizers.checkpoint("multistyle26"))
    let stylizer = try MultiStyleStylizer(checkpoint: checkpoint)
    let painting = stylizer.painter(weights: weights(mix))
      .paint(try golden.picture("multistyle.image"), on: workers, checkpoint: {})
    #expect(largestDifference(painting, try golden["multistyle.\(name)"]) < 1e-3)
  }

  @Test func `a painting's style is read and painted as onnxruntime does`() throws {
    let golden = try StylizerGolden()
    let checkpoint = try #require(RealStylizers.checkpoint("magenta"))
    let stylizer = try MagentaStylizer(checkpoint: checkpoint)
    let code = stylizer.code(
      of: try golden.picture("magenta.style"), on: workers, checkpoint: {})
    let expected = try golden["magenta.code"]
    #expect(relativeDistance(Tensor(code.values, shape: [100]), expected) < 1e-3)

    let painting = stylizer.painter(in: StyleCode(values: expected.elements))
      .paint(try golden.picture("magenta.content"), on: workers, checkpoint: {})
    let stylized = try golden["magenta.stylized"]
    var difference = 0.0
    for y in 0..<128 {
      for x in 0..<384 {
        difference += Double(
          abs(stylized[y * 384 + x] - painting[(3 * y * 384 + x / 3 * 3) * 3 + x % 3]))
      }
    }
    #expect(difference / Double(stylized.count) < 2e-3)
  }

  @Test func `any size comes back as it was, for any number of threads`() throws {
    let checkpoint = try #require(RealStylizers.checkpoint("multistyle26"))
    let stylizer = try MultiStyleStylizer(checkpoint: checkpoint)
    var random = SeededRandom(seed: 1)
    for (height, width) in [(1, 1), (3, 50), (37, 22)] {
      let picture = random.uniform([height, width, 3], in: 0...1)
      let paintings = [1, 3].map {
        stylizer.painter(weights: weights([5: 1])).paint(
          picture, upsampling: .bilinear, on: Workers(threads: $0), checkpoint: {})
      }
      #expect(paintings[0].shape == picture.shape)
      #expect(paintings[0].elements.allSatisfy { (0...1).contains($0) })
      #expect(paintings[0].elements == paintings[1].elements)
    }
  }

  @Test func `stops between layers`() throws {
    struct Stop: Error {}
    let checkpoint = try #require(RealStylizers.checkpoint("magenta"))
    let stylizer = try MagentaStylizer(checkpoint: checkpoint)
    var asked = 0
    func stop() throws(Stop) {
      asked += 1
      if asked == 5 { throw Stop() }
    }
    #expect(throws: Stop.self) {
      try stylizer.painter(in: StyleCode(values: [Float](repeating: 0, count: StyleCode.length)))
        .paint(Tensor(repeating: 0.5, shape: [32, 32, 3]), on: workers, checkpoint: stop)
    }
    #expect(asked == 5)
  }
}

@Suite(.enabled(if: RealStylizers.areThere, "the networks cannot be fetched"))
struct TiledPaintingTests {
  private let workers = Workers(threads: 2)

  /// Smooth, with some grain; of a size that no tile divides.
  private let picture: Tensor = {
    var random = SeededRandom(seed: 9)
    let grain = random.uniform([271, 390, 3], in: -0.1...0.1)
    return Tensor(
      (0..<grain.count).map { i in
        let (y, x) = (Float(i / 3 / 390), Float(i / 3 % 390))
        return min(
          max(
            0.5 + 0.4 * ((y * 7 + x * 3).truncatingRemainder(dividingBy: 90) / 90 - 0.5)
              + grain[i], 0), 1)
      }, shape: grain.shape)
  }()

  private func paintTiles(
    _ painter: StylePainter, _ statistics: TileStatistics, side: Int
  ) -> Tensor {
    var result = Tensor(repeating: .nan, shape: picture.shape)
    painter.paintTiles(
      height: 271, width: 390, statistics: statistics, side: side, on: workers,
      reading: { picture.cropped(rows: $0, columns: $1) },
      writing: { tile, painting in
        for y in tile.rows {
          for x in tile.columns {
            for c in 0..<3 {
              let inside =
                (y - tile.outerRows.lowerBound) * tile.outerColumns.count
                + x - tile.outerColumns.lowerBound
              result[(y * 390 + x) * 3 + c] = painting[inside * 3 + c]
            }
          }
        }
      }, checkpoint: {})
    return result
  }

  private func painters() throws -> [StylePainter] {
    let builtin = try MultiStyleStylizer(
      checkpoint: try #require(RealStylizers.checkpoint("multistyle26")))
    let magenta = try MagentaStylizer(
      checkpoint: try #require(RealStylizers.checkpoint("magenta")))
    let code = StyleCode(values: try StylizerGolden()["magenta.code"].elements)
    return [
      builtin.painter(weights: (0..<26).map { $0 == 19 ? 1 : 0 }), magenta.painter(in: code),
    ]
  }

  @Test func `with exact statistics tiles make the whole picture`() throws {
    for painter in try painters() {
      let whole = painter.paint(picture, on: workers, checkpoint: {})
      let tiled = paintTiles(painter, .exact, side: 128)
      #expect(largestDifference(tiled, whole) < 1e-3)
    }
  }

  @Test func `with given statistics tiles of any size agree: there are no seams`() throws {
    for painter in try painters() {
      let statistics = TileStatistics.reduced(picture)
      let whole = painter.paint(picture, on: workers, checkpoint: {})
      for side in [64, 200] {
        #expect(largestDifference(paintTiles(painter, statistics, side: side), whole) < 1e-3)
      }
    }
  }
}

@Suite struct StyleCodeTests {
  private func code(_ x: Float) -> StyleCode {
    StyleCode(values: (0..<StyleCode.length).map { x * Float($0) })
  }

  @Test func `strength leads from one code to another`() {
    #expect(code(1).blended(to: code(3), strength: 0) == code(1))
    #expect(code(1).blended(to: code(3), strength: 1) == code(3))
    #expect(code(1).blended(to: code(3), strength: 0.5) == code(2))
  }

  @Test func `codes mix by their shares`() {
    let mixed = StyleCode(mixing: [(code(1), 3), (code(5), 1)])
    #expect(mixed == code(2))
  }
}
