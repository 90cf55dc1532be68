/// What a rendering depends on: equal keys look equal.
struct RenderingKey: Hashable, Sendable {
  /// The identities of the pictures it is made of, and which part of them it shows.
  let source: Source
  let crop: PicturePlacement.Crop
  /// How many cells it fills.
  let size: Size
  /// The extent of a cell, where it matters.
  let cell: TerminalTraits.CellPixels
  let encoding: PictureEncoding

  enum Source: Hashable, Sendable {
    case picture(Int)
    case difference(Int, Int)
  }

  init(_ placement: PicturePlacement, size: Size, traits: TerminalTraits) {
    switch placement.source {
    case .picture(let picture): source = .picture(picture.id)
    case .difference(let one, let other): source = .difference(one.id, other.id)
    }
    crop = placement.crop
    self.size = size
    encoding = PictureEncoding(traits)
    switch encoding {
    case .symbols, .monochrome:
      cell = TerminalTraits.CellPixels(
        width: SymbolRenderer.cellSide, height: SymbolRenderer.cellSide)
    case .kitty, .sixel, .iterm: cell = traits.cell
    }
  }

  /// Whether a rendering for `other` can stand in for one for this key.
  func isReplaceable(by other: RenderingKey) -> Bool {
    size == other.size && cell == other.cell && encoding == other.encoding
  }
}

/// A rendering that is wanted.
struct RenderingRequest: Sendable {
  let key: RenderingKey
  let slot: String
  let source: PicturePlacement.Source
}

/// A picture as the terminal understands it.
struct Rendering: Sendable {
  enum Content: Sendable {
    /// Row by row.
    case cells([Cell])
    /// Pixels to be sent ahead of the cells that show them.
    case kitty(KittyPicture)
    /// A sequence to be written with the cursor at the upper left cell.
    case image([UInt8])
  }

  let key: RenderingKey
  let content: Content
  /// Different for each rendering of a stage.
  let identity: Int

  /// Roughly what it occupies.
  var byteCount: Int {
    switch content {
    case .cells(let cells): cells.count * MemoryLayout<Cell>.stride
    case .kitty(let picture): picture.byteCount
    case .image(let bytes): bytes.count
    }
  }
}
