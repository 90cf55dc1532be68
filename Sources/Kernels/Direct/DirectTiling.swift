import Tensors

/// How the result of a direct convolution is cut into tiles: so that what a tile reads fits the second
/// cache, the same for every number of threads, since moments are added up tile by tile.
struct DirectTiling {
  /// Rows of windows, and blocks in a row.
  let rows: Int
  let blocks: Int
  let tileRows: Int
  let tileBlocks: Int

  private let blockPixels: Int
  private let phases: Int
  private let width: Int

  /// - Parameter panel: blocks that are computed at once.
  init(_ filter: DirectFilter, rowStep: Int, inputs: Int, output: Shape, panel: Int) {
    blockPixels = filter.blockPixels
    phases = filter.phases
    width = output.width
    rows = output.height.dividedUp(by: filter.phases)
    blocks = output.width.dividedUp(by: filter.blockPixels)
    // Long runs for few channels; a row of the tile should fill a few pages.
    let columns = max(panel, 3072 / (inputs * filter.blockStep))
    let across = max(1, (blocks + columns / 2) / columns)
    tileBlocks = max(1, blocks.dividedUp(by: across).dividedUp(by: panel)) * panel
    let window = (tileBlocks - 1) * filter.blockStep + filter.windowWidth
    let rowBytes = window * inputs * MemoryLayout<Float>.stride
    let room = 192 << 10
    let height = filter.windowHeight + (filter.phases - 1) * filter.phaseStep
    let fitting = ((room / rowBytes - height) / rowStep + 1)
    tileRows = min(max(fitting, 2), 16)
  }

  private var across: Int { blocks.dividedUp(by: tileBlocks) }

  /// How many tiles there are, row by row.
  var count: Int { across * rows.dividedUp(by: tileRows) }

  /// How many pixels of the result a tile has.
  func pixels(in tile: Int) -> Int {
    let (row, column) = tile.quotientAndRemainder(dividingBy: across)
    let height = min(tileRows, rows - row * tileRows) * phases
    let first = column * tileBlocks * blockPixels
    return height * (min(first + tileBlocks * blockPixels, width) - first)
  }
}
