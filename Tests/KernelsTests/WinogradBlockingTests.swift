import Testing

@testable import Kernels

@Suite struct WinogradBlockingTests {
  static let caches = [
    CacheSizes(second: 512 << 10, third: 32 << 20), CacheSizes(second: 256 << 10, third: 3 << 20),
    CacheSizes(second: 2 << 20, third: 0),
  ]

  @Test(arguments: [1, 2, 16], [6, 12])
  func `pieces cover all tiles and outputs`(threads: Int, tilesPerPanel: Int) {
    for (inputs, outputs) in [(16, 16), (48, 80), (64, 64), (512, 512), (256, 512)] {
      for tiles in [1, 4, 16, 64, 341, 4096, 65_536] {
        for caches in Self.caches {
          let blocking = WinogradBlocking(
            tiles: tiles, inputs: inputs, outputs: outputs, tilesPerPanel: tilesPerPanel,
            threads: threads, caches: caches)
          let perBlock = blocking.panels * tilesPerPanel
          #expect(blocking.blocks * perBlock >= tiles && (blocking.blocks - 1) * perBlock < tiles)
          let perShare = blocking.outputsPerShare
          #expect(blocking.shares * perShare >= outputs)
          #expect((blocking.shares - 1) * perShare < outputs)
          #expect(perShare % 16 == 0 && blocking.outputsPerPass % 16 == 0)
        }
      }
    }
  }

  @Test func `few tiles with many channels share out the outputs`() {
    let blocking = WinogradBlocking(
      tiles: 64, inputs: 512, outputs: 512, tilesPerPanel: 6, threads: 2, caches: Self.caches[0])
    #expect(blocking.blocks == 1 && blocking.shares == 2)
  }

  @Test func `many tiles are not transformed twice`() {
    let blocking = WinogradBlocking(
      tiles: 4096, inputs: 64, outputs: 64, tilesPerPanel: 6, threads: 2, caches: Self.caches[0])
    #expect(blocking.shares == 1 && blocking.blocks >= 8)
  }
}
