import Kernels
import Pictures
import Tensors
import Testing

@testable import Styling

@Suite struct StyleRegionTests {
  private let workers = Workers(threads: 2)

  private func mask(_ value: (_ x: Int, _ y: Int) -> UInt8) -> Mask {
    Mask(width: 12, height: 8, values: (0..<96).map { value($0 % 12, $0 / 12) })
  }

  private func regions(_ masks: [Mask?], protection: Mask? = nil, blocks: Int = 3) -> [StyleRegion]
  {
    StyleRegion.regions(
      masks: masks, protection: protection, on: Canvas(Tensor(shape: [8, 12, 3])), blocks: blocks,
      workers: workers)
  }

  private func pixels(
    _ region: StyleRegion, block: Int = 1, isHard: Bool = false
  ) throws -> PixelSelection {
    guard case .part(let pixels) = try #require(region.extent(atBlock: block, isHard: isHard))
    else { throw Missing() }
    return pixels
  }

  private struct Missing: Error {}

  @Test func `without masks there is one region, all of the picture`() throws {
    let regions = regions([nil, nil])
    #expect(regions.count == 1 && regions[0].styles == [0, 1])
    guard case .all = regions[0].extent(atBlock: 3, isHard: false) else { throw Missing() }
  }

  @Test func `masks and what they leave make up the picture`() throws {
    let regions = regions([mask { x, _ in x < 3 ? 255 : 0 }, nil, nil])
    #expect(regions.map(\.styles) == [[0], [1, 2]])
    let (left, rest) = (try pixels(regions[0]), try pixels(regions[1]))
    #expect(left.indices.count == 24 && rest.indices.count == 72)
    #expect(left.area == 0.25 && rest.area == 0.75)
    #expect(left.weights?.elements.allSatisfy { abs($0 - 1) < 1e-6 } == true)
    #expect(Set(left.indices).isDisjoint(with: rest.indices))
    // Two poolings later: 2 × 3 pixels of which the first column is a mix.
    let deep = try pixels(regions[0], block: 3)
    #expect(deep.indices == [0, 3] && deep.area == 0.25)
  }

  @Test func `soft edges weigh, and hard ones decide`() throws {
    let region = regions([mask { x, _ in UInt8(x * 20) }])[0]
    let soft = try pixels(region)
    #expect(soft.indices.count == 88)  // the first column is black
    let weights = try #require(soft.weights)
    #expect(abs(weights.elements.reduce(0, +) / 88 - 1) < 1e-5)
    #expect(abs(weights[10] / weights[0] - 11) < 1e-3)
    let hard = try pixels(region, isHard: true)
    #expect(hard.weights == nil && hard.indices.allSatisfy { $0 % 12 >= 6 })
    #expect(hard.area == soft.area)
  }

  @Test func `what is protected belongs to nobody`() throws {
    let top = mask { _, y in y < 4 ? 255 : 0 }
    let regions = regions([mask { x, _ in x < 6 ? 255 : 0 }, nil], protection: top)
    for region in regions {
      let pixels = try pixels(region)
      #expect(pixels.indices.count == 24 && pixels.indices.allSatisfy { $0 / 12 >= 4 })
    }
  }

  @Test func `black masks and what others cover leave no region`() {
    let black = mask { _, _ in 0 }
    let white = mask { _, _ in 255 }
    #expect(regions([black, nil]).map(\.styles) == [[1]])
    #expect(regions([white, nil]).map(\.styles) == [[0]])
    #expect(regions([black]).isEmpty)
  }
}
