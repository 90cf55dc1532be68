import Tensors

/// How the work of a Winograd convolution is cut into pieces that run in parallel.
///
/// A piece transforms a block of tiles and computes a share of the outputs. Large blocks use each weight
/// many times once it is near; small ones keep all threads busy to the end. Sharing out the outputs
/// transforms the same tiles several times. Which matters most depends on the layer.
struct WinogradBlocking: Equatable {
  /// Panels of tiles in a block.
  let panels: Int

  /// How many pieces the outputs of a block are shared out to, and how many outputs each has.
  let shares: Int
  let outputsPerShare: Int

  /// How many outputs are multiplied before they are transformed back.
  let outputsPerPass: Int

  /// How many blocks there are.
  let blocks: Int

  /// - Parameters:
  ///   - tiles: how many tiles the picture has.
  ///   - inputs: channels that are read.
  ///   - outputs: channels that are written.
  ///   - tilesPerPanel: the unit of blocks.
  ///   - threads: how many work at once.
  ///   - caches: this machine's.
  init(
    tiles: Int, inputs: Int, outputs: Int, tilesPerPanel: Int, threads: Int, caches: CacheSizes
  ) {
    let coefficients = 36
    let allPanels = tiles.dividedUp(by: tilesPerPanel)
    let groups = outputs / 16
    // Transformed tiles need not fit the second cache, since they are read in long runs, but a share of
    // the third. Beyond 48 tiles the weights cost so little that larger blocks gain nothing.
    let room = max(caches.second, min(10 * caches.second, caches.third / (2 * threads)))
    let panelBytes = coefficients * inputs * tilesPerPanel * MemoryLayout<Float>.stride
    let largest = min(max(room / panelBytes, 1), max(66 / tilesPerPanel, 1), allPanels)

    var best = (cost: Int.max, panels: 1, shares: 1)
    var shares = 1
    while shares <= groups {
      for panels in 1...largest {
        let pieceOutputs = groups.dividedUp(by: shares) * 16
        // In quarters of a cycle of a processor that does 16 products in one, as measured on Zen 3.
        let products = coefficients * inputs * pieceOutputs
        let transforms = 56 * inputs + 100 * pieceOutputs
        let piece = panels * tilesPerPanel * (products / 4 + transforms) + products
        let cost = (allPanels.dividedUp(by: panels) * shares).dividedUp(by: threads) * piece
        if cost < best.cost { best = (cost, panels, shares) }
      }
      shares *= 2
    }
    panels = best.panels
    outputsPerShare = groups.dividedUp(by: best.shares) * 16
    self.shares = outputs.dividedUp(by: outputsPerShare)
    blocks = allPanels.dividedUp(by: panels)
    // The products of a pass stay in half of the second cache.
    let outputBytes = coefficients * panels * tilesPerPanel * MemoryLayout<Float>.stride
    outputsPerPass = min(max(caches.second / 2 / outputBytes / 32 * 32, 32), outputsPerShare)
  }
}
