import Kernels
import Networks
import Pictures
import Recipes
import TestSupport
import Tensors
import Testing

@testable import Styling

/// What is painted around a picture and cut off.
@Suite struct CanvasTests {
  private let workers = Workers(threads: 2)

  private func job(
    protection: Mask? = nil, beginning: StylingJob.Beginning = .recipe,
    _ change: (inout Recipe) -> Void = { _ in }
  ) throws -> StylingJob {
    let golden = try Golden.thin()
    var recipe = Recipe()
    recipe.size = 48
    recipe.iterations = 6
    recipe.margin = 0.1
    change(&recipe)
    return try StylingJob(
      content: Picture(try golden["content"]),
      styles: [.init(picture: Picture(try golden["style"]), weight: 1)], protection: protection,
      recipe: recipe, network: try VGG(checkpoint: golden.file), threads: 2, beginning: beginning)
  }

  @Test func `what was put around a picture is what is cut off, at any size`() {
    for margin in stride(from: 0, through: 0.25, by: 0.01) {
      var recipe = Recipe()
      recipe.margin = margin
      for side in 1..<400 {
        let picture = Tensor(shape: [1, side, 3])
        let canvas = Canvas(picture, margin: recipe.margin(around: side))
        #expect(recipe.picture(on: canvas.photograph).shape == picture.shape)
      }
    }
  }

  @Test func `a canvas holds the picture in the middle, and mirrors it`() {
    let picture = Tensor((0..<36).map { Float($0) }, shape: [3, 4, 3])
    let canvas = Canvas(picture, margin: 2)
    #expect(canvas.photograph.shape == [7, 8, 3] && canvas.pictureShape == picture.shape)
    #expect(canvas.picture(in: canvas.photograph).elements == picture.elements)
    #expect(canvas.holding(picture, on: workers).elements == canvas.photograph.elements)
    // Row 1 mirrors row 3, column 1 mirrors column 3.
    let reds = canvas.photograph.elements
    #expect(reds[3 * (1 * 8 + 1)] == reds[3 * (3 * 8 + 3)])
    let mask = Mask(width: 4, height: 3, values: [255] + Array(repeating: 0, count: 11))
    let coverage = canvas.coverage(of: mask, on: workers).elements
    // Row 6 mirrors row 2.
    #expect(coverage[2 * 8 + 2] == 1 && coverage[6 * 8 + 2] == 1 && coverage.reduce(0, +) == 2)
  }

  @Test func `results and iterates are as large as without a margin`() throws {
    for first in [nil, 24] {
      let job = try job { $0.firstSize = first }
      let plain = try self.job {
        $0.firstSize = first
        $0.margin = 0
      }
      var sizes: [[Int]] = []
      let outcome = try StyleTransfer(job).run {
        #expect(max($0.picture.width, $0.picture.height) == $0.scale)
        sizes.append([$0.picture.width, $0.picture.height])
      }
      var plainSizes: [[Int]] = []
      let other = try StyleTransfer(plain).run {
        plainSizes.append([$0.picture.width, $0.picture.height])
      }
      #expect(sizes == plainSizes)
      #expect([outcome.picture.width, outcome.picture.height] == [48, other.picture.height])
      #expect(outcome.picture != other.picture)
      #expect(outcome.picture == outcome.checkpoint.picture(of: job.recipe))
    }
  }

  @Test func `what is protected stays, up to the edge`() throws {
    let content = Picture(try Golden.thin()["content"])
    let mask = Mask(
      width: content.width, height: content.height,
      values: (0..<content.width * content.height).map {
        $0 % content.width < content.width / 2 ? 255 : 0
      })
    let job = try job(protection: mask)
    let outcome = try StyleTransfer(job).run { _ in }
    let photograph = content.resized(longerSide: 48, on: workers)
    for row in 0..<photograph.height {
      let start = 3 * row * photograph.width
      #expect(outcome.picture.rgb[start..<start + 60] == photograph.rgb[start..<start + 60])
    }
  }

  @Test func `a run goes on from its checkpoint as if there had been no break`() throws {
    let whole = try StyleTransfer(job()).run { _ in }
    var standing: Checkpoint?
    _ = try StyleTransfer(job()).run { if $0.iteration == 3 { standing = $0.checkpoint } }
    let rest = try StyleTransfer(
      job(beginning: .checkpoint(try #require(standing)))
    ).run { _ in }
    #expect(rest.picture == whole.picture)
    // From a picture it goes on nearly so: momentum and margin are lost.
    let shown = try #require(standing).picture(of: job().recipe)
    let again = try StyleTransfer(job(beginning: .picture(shown, iteration: 3))).run { _ in }
    #expect(again.picture.width == whole.picture.width && again.iterations == 6)
  }
}
