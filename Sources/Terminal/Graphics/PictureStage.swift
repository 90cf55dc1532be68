import Foundation

/// Turns the pictures of surfaces into what the terminal understands, without ever waiting for them.
///
/// Belongs to the thread that draws. Pictures are encoded in the background; until one is ready, its
/// slot shows its predecessor, as far as that lies on the same cells.
public final class PictureStage {
  private let queue: RenderingQueue
  private var cache: RenderingCache
  private var shown: [String: Shown] = [:]
  private var numbers = KittyNumbers(process: getpid())
  private var lastIdentity = 0
  private var isInsideTmux = false

  /// Whether the last frame shows all that its surface asked for.
  public private(set) var isComplete = true

  /// What a slot shows.
  private struct Shown {
    var rectangle: Rectangle
    var rendering: Rendering
  }

  /// A stage.
  ///
  /// - Parameters:
  ///   - cacheBytes: how much memory finished renderings may take.
  ///   - onReady: called on another thread when staging a surface anew would show more.
  public init(cacheBytes: Int = 48 << 20, onReady: @escaping @Sendable () -> Void) {
    cache = RenderingCache(limit: cacheBytes)
    queue = RenderingQueue(onReady: onReady)
  }

  /// What to show now, and the start of work on what is missing.
  public func stage(_ surface: Surface, traits: TerminalTraits) -> StagedFrame {
    isInsideTmux = traits.isInsideTmux
    let finished = takeFinished()
    var frame = StagedFrame(cells: surface.cells, transmissions: [], images: [])
    let slots = Set(surface.placements.map(\.slot))
    shown = shown.filter { slots.contains($0.key) }
    let isKitty = traits.graphics == .kitty
    frame.transmissions = deletion(
      of: numbers.begin(keeping: isKitty ? slots : [], isDirect: traits.colors == .direct))

    var missing: [RenderingRequest] = []
    var painters: [Painter?] = []
    for placement in surface.placements {
      let rectangle = PictureGeometry.rectangle(of: placement, on: surface.size, traits: traits)
      guard !rectangle.isEmpty else {
        painters.append(nil)
        continue
      }
      let key = RenderingKey(placement, size: rectangle.size, traits: traits)
      // One that came too late counts, too: pictures may follow each other faster than they are encoded.
      let late = finished[placement.slot].flatMap { key.isReplaceable(by: $0.key) ? $0 : nil }
      if let rendering = cache.rendering(for: key) ?? late {
        shown[placement.slot] = Shown(rectangle: rectangle, rendering: rendering)
      }
      if shown[placement.slot]?.rendering.key != key {
        missing.append(
          RenderingRequest(key: key, slot: placement.slot, source: placement.source))
      }
      painters.append(painter(for: placement, in: rectangle, key, traits: traits, &frame))
    }
    queue.want(missing)
    isComplete = missing.isEmpty

    paint(surface, painters, in: &frame)
    return frame
  }

  /// Takes the terminal to have lost what was sent to it, as after a suspension.
  public func forgetTransmissions() {
    numbers.forget()
  }

  /// What makes the terminal forget our pictures; written before leaving it.
  public var farewell: [UInt8] { deletion(of: numbers.all) }

  /// Keeps what is ready; the latest of each slot.
  private func takeFinished() -> [String: Rendering] {
    var latest: [String: Rendering] = [:]
    for (request, content) in queue.takeFinished() {
      lastIdentity += 1
      let rendering = Rendering(key: request.key, content: content, identity: lastIdentity)
      cache.insert(rendering)
      latest[request.slot] = rendering
    }
    return latest
  }

  /// How the cells of a placement are filled; nil when there is nothing to show.
  private func painter(
    for placement: PicturePlacement, in rectangle: Rectangle, _ key: RenderingKey,
    traits: TerminalTraits, _ frame: inout StagedFrame
  ) -> Painter? {
    guard let place = shown[placement.slot],
      place.rendering.key.encoding == key.encoding
    else { return nil }
    let rendering = place.rendering
    let fits = key.isReplaceable(by: rendering.key)
    // A predecessor of another size is shown where it was, as far as the new rectangle goes.
    let area = fits ? rectangle : place.rectangle
    switch rendering.content {
    case .cells(let cells):
      guard cells.count == area.columns * area.rows else { return nil }
      return Painter(rectangle: area, of: placement) { cell, index in cell = cells[index] }
    case .kitty(let picture):
      guard
        let (number, mustSend) = numbers.number(
          slot: placement.slot, identity: rendering.identity)
      else { return nil }
      if mustSend { frame.transmissions += picture.transmission(number: number) }
      let color =
        traits.colors == .direct
        ? Color(hex: UInt32(number)) : .indexed(UInt8(truncatingIfNeeded: number))
      return Painter(rectangle: area, of: placement) { cell, index in
        cell = Cell(
          .text(picture.placeholders[index]),
          style: Style(foreground: color, background: cell.style.background))
      }
    case .image(let bytes):
      guard fits, !bytes.isEmpty else { return nil }
      frame.images.append(
        StagedImage(
          rectangle: rectangle, bytes: bytes, identity: rendering.identity, isCovered: false))
      return Painter(rectangle: area, of: placement, image: frame.images.count - 1) { cell, _ in
        cell.content = .text(" ")
      }
    }
  }

  private func deletion(of numbers: [Int]) -> [UInt8] {
    numbers.map(KittyPicture.deletion).reduce(into: []) {
      $0 += isInsideTmux ? TmuxPassthrough.wrapped($1) : $1
    }
  }
}

extension PictureStage {
  /// Fills the cells of a placement.
  private struct Painter {
    /// Where the rendering lies on the surface.
    let rectangle: Rectangle
    let origin: Point
    /// The image in the frame that is drawn over the cells.
    let image: Int?
    let fill: (inout Cell, _ index: Int) -> Void

    init(
      rectangle: Rectangle, of placement: PicturePlacement, image: Int? = nil,
      fill: @escaping (inout Cell, _ index: Int) -> Void
    ) {
      self.rectangle = rectangle
      origin = Point(column: placement.rectangle.column, row: placement.rectangle.row)
      self.image = image
      self.fill = fill
    }
  }

  /// Puts renderings into the cells that show parts of pictures, and finds out which are covered.
  private func paint(_ surface: Surface, _ painters: [Painter?], in frame: inout StagedFrame) {
    var visible = [Int](repeating: 0, count: frame.images.count)
    for index in surface.cells.indices {
      guard case .picture(let placement, let column, let row) = surface.cells[index].content else {
        continue
      }
      frame.cells[index].content = .text(" ")
      guard let painter = painters[placement] else { continue }
      let point = Point(column: painter.origin.column + column, row: painter.origin.row + row)
      guard painter.rectangle.contains(point) else { continue }
      let place =
        (point.row - painter.rectangle.row) * painter.rectangle.columns + point.column
        - painter.rectangle.column
      painter.fill(&frame.cells[index], place)
      if let image = painter.image { visible[image] += 1 }
    }
    for (index, count) in visible.enumerated() {
      let rectangle = frame.images[index].rectangle
      frame.images[index].isCovered = count < rectangle.columns * rectangle.rows
    }
  }
}
