import Pictures
import Tensors

/// Turns pictures into what a terminal understands; takes milliseconds, hence not on the UI's thread.
///
/// What is transparent shows white, as it does to the engine and in JPEG files.
struct PictureRenderer {
  private let workers = Workers(threads: 1)
  /// The last difference, so that moving about in it costs nothing.
  private var difference: (key: RenderingKey.Source, picture: Picture)?

  init() {}

  /// What a request asks for; nothing where memory runs out.
  mutating func render(_ request: RenderingRequest) -> Rendering.Content {
    let key = request.key
    let picture = source(of: request)
    let part = picture.part(key.crop)
    func scaled(_ width: Int, _ height: Int) -> Picture {
      picture.scaled(part, width: max(1, width), height: max(1, height), on: workers)
    }
    func scaled(_ cell: TerminalTraits.CellPixels) -> Picture {
      scaled(key.size.columns * cell.width, key.size.rows * cell.height)
    }
    switch key.encoding {
    case .symbols(let set, let colors):
      let (width, height) = Self.sentPixels(key, of: part)
      return .cells(
        SymbolRenderer.cells(
          of: scaled(width, height), size: key.size, set: set, colors: colors))
    case .monochrome(let set, let isInverted):
      return .cells(
        MonochromeRenderer.cells(
          of: scaled(MonochromeRenderer.cell(set)), size: key.size, set: set,
          isInverted: isInverted))
    case .kitty(let isThroughTmux):
      let (width, height) = Self.sentPixels(key, of: part)
      let picture = KittyPicture(
        scaled(width, height), size: key.size, isThroughTmux: isThroughTmux)
      return picture.map { .kitty($0) } ?? .cells([])
    case .sixel:
      return .image(SixelEncoder.sequence(of: scaled(key.cell)))
    case .iterm:
      let (width, height) = Self.sentPixels(key, of: part)
      let sequence = try? ITermEncoder.sequence(of: scaled(width, height), size: key.size)
      return .image(sequence ?? [])
    }
  }

  private mutating func source(of request: RenderingRequest) -> Picture {
    switch request.source {
    case .picture(let picture): return picture.picture.onWhite
    case .difference(let one, let other):
      if let difference, difference.key == request.key.source { return difference.picture }
      let picture = DifferenceRenderer.difference(
        one.picture.onWhite, other.picture.onWhite, on: workers)
      difference = (request.key.source, picture)
      return picture
    }
  }

  /// How many pixels go to what enlarges them itself: no more than there are, nor than make sense on a
  /// line to a terminal; of the rectangle's proportions.
  static func sentPixels(_ key: RenderingKey, of part: Picture.Part) -> (width: Int, height: Int) {
    let width = Double(key.size.columns * key.cell.width)
    let height = Double(key.size.rows * key.cell.height)
    let mostPixels = 1_000_000.0
    let scale = min(
      1, (mostPixels / (width * height)).squareRoot(),
      max(part.columns.length / width, part.rows.length / height))
    return (
      max(1, Int((width * scale).rounded(.up))), max(1, Int((height * scale).rounded(.up)))
    )
  }
}

extension Picture {
  /// The part that fractions of the sides stand for.
  fileprivate func part(_ crop: PicturePlacement.Crop) -> Part {
    func range(_ start: Double, _ length: Double, _ side: Int) -> Range<Double> {
      let length = length.isFinite ? min(max(length, 0), 1) : 1
      let start = start.isFinite ? min(max(start, 0), 1 - length) : 0
      return start * Double(side)..<(start + length) * Double(side)
    }
    return Part(columns: range(crop.x, crop.width, width), rows: range(crop.y, crop.height, height))
  }
}

extension Range<Double> {
  fileprivate var length: Double { upperBound - lowerBound }
}
