import Terminal

/// Where a picture lies in the preview, and which part of it is seen.
///
/// Drawing and the mouse both ask here, so that they agree.
public struct PreviewGeometry: Equatable, Sendable {
  /// The cells that the picture covers.
  public let rectangle: Rectangle

  /// The part of the picture that they show.
  public let crop: PicturePlacement.Crop

  /// How many of the terminal's pixels one of the picture's takes, across.
  public let scale: Double

  /// Lays out a picture of `width` × `height` pixels in `canvas`.
  ///
  /// - Parameters:
  ///   - width: of the picture in pixels, at least 1.
  ///   - height: of the picture in pixels, at least 1.
  ///   - canvas: the cells there are, at least one.
  ///   - cell: a cell's extent in pixels.
  ///   - zoom: how large.
  ///   - center: what to show in the middle; moved so that no room is wasted beyond an edge.
  public init(
    width: Int, height: Int, canvas: Rectangle, cell: TerminalTraits.CellPixels,
    zoom: Preview.Zoom, center: Preview.Center
  ) {
    precondition(width > 0 && height > 0, "a picture of \(width)×\(height)")
    // The picture's extent in cells at a scale of 1.
    let across = Double(width) / Double(max(1, cell.width))
    let down = Double(height) / Double(max(1, cell.height))
    let fitting = min(Double(canvas.columns) / across, Double(canvas.rows) / down)
    let scale =
      switch zoom {
      case .fit: fitting
      case .scale(let scale): scale.isFinite && scale > 0 ? scale : fitting
      }
    let horizontal = Span(extent: across * scale, room: canvas.columns, center: center.x)
    let vertical = Span(extent: down * scale, room: canvas.rows, center: center.y)
    rectangle = canvas.centered(Size(columns: horizontal.cells, rows: vertical.cells))
    crop = PicturePlacement.Crop(
      x: horizontal.start, y: vertical.start, width: horizontal.share, height: vertical.share)
    self.scale = scale
  }

  /// The place in the picture under the middle of a cell, cut to the picture.
  public func place(at point: Point) -> Preview.Center {
    let across = (Double(point.column - rectangle.column) + 0.5) / Double(max(1, rectangle.columns))
    let down = (Double(point.row - rectangle.row) + 0.5) / Double(max(1, rectangle.rows))
    return Preview.Center(
      x: min(max(crop.x + across * crop.width, 0), 1),
      y: min(max(crop.y + down * crop.height, 0), 1))
  }

  /// The cell that shows a place in the picture; nil when it is out of sight.
  public func cell(at place: Preview.Center) -> Point? {
    let across = (place.x - crop.x) / crop.width * Double(rectangle.columns)
    let down = (place.y - crop.y) / crop.height * Double(rectangle.rows)
    guard across >= 0, down >= 0, across <= Double(rectangle.columns),
      down <= Double(rectangle.rows), !rectangle.isEmpty
    else { return nil }
    return Point(
      column: min(rectangle.column + Int(across), rectangle.endColumn - 1),
      row: min(rectangle.row + Int(down), rectangle.endRow - 1))
  }

  /// How much of the picture's sides one cell covers: a pan by one cell.
  public var cellStep: Preview.Center {
    Preview.Center(
      x: crop.width / Double(max(1, rectangle.columns)),
      y: crop.height / Double(max(1, rectangle.rows)))
  }

  /// The column of the divider of a split: always one of `rectangle`, so that it can be seen and dragged.
  public func dividerColumn(_ divider: Double) -> Int {
    let across = (divider - crop.x) / crop.width * Double(rectangle.columns)
    let offset = across.isFinite ? min(max(across, 0), Double(max(0, rectangle.columns - 1))) : 0
    return rectangle.column + Int(offset)
  }

  /// Where a divider in this column is, as a fraction of the picture's width.
  public func divider(at column: Int) -> Double {
    place(at: Point(column: column, row: rectangle.row)).x
  }

  /// The part of the picture that some of `rectangle`'s columns show.
  public func crop(columns: Range<Int>) -> PicturePlacement.Crop {
    let step = crop.width / Double(max(1, rectangle.columns))
    return PicturePlacement.Crop(
      x: crop.x + Double(columns.lowerBound - rectangle.column) * step, y: crop.y,
      width: Double(columns.count) * step, height: crop.height)
  }

  /// One direction: which part of an extent is seen in how many cells.
  private struct Span {
    let cells: Int
    let start: Double
    let share: Double

    init(extent: Double, room: Int, center: Double) {
      // A fitted picture's extent may exceed the room by rounding alone.
      guard extent > Double(room) + 1e-6 else {
        (cells, start, share) = (max(min(1, room), Int(extent.rounded())), 0, 1)
        return
      }
      cells = room
      share = max(Double(room), 1e-3) / extent
      let center = center.isFinite ? center : 0.5
      start = min(max(center - share / 2, 0), 1 - share)
    }
  }
}

extension PreviewGeometry {
  /// Where the preview of this state lies in `canvas`; nil when there is nothing to show or no room.
  public init?(_ state: StudioState, canvas: Rectangle) {
    guard !canvas.isEmpty, let extent = state.previewExtent else { return nil }
    self.init(
      width: extent.width, height: extent.height, canvas: canvas, cell: state.traits.cell,
      zoom: state.preview.zoom, center: state.preview.center)
  }
}

extension StudioState {
  /// The size that the previewed picture is laid out by.
  ///
  /// All modes but the paintings share the result's (before there is one, what it will be), so that
  /// the same place stays in place when modes change.
  var previewExtent: (width: Int, height: Int)? {
    func extent(_ source: Source?, longerSide: Double) -> (width: Int, height: Int)? {
      guard case .loaded(_, let width, let height)? = source?.content, width > 0, height > 0 else {
        return nil
      }
      let scale = longerSide / Double(max(width, height))
      return (
        max(1, Int((Double(width) * scale).rounded())),
        max(1, Int((Double(height) * scale).rounded()))
      )
    }
    let size = Double(max(1, recipe.size))
    if shownMode == .style {
      return extent(previewedStyle?.source, longerSide: max(1, size * recipe.styleScale))
    }
    if let picture = result?.picture { return (picture.width, picture.height) }
    return extent(sources.content, longerSide: size)
  }

  /// The painting that the preview's `.style` shows.
  var previewedStyle: StyleSource? {
    sources.styles.indices.contains(preview.styleIndex)
      ? sources.styles[preview.styleIndex] : sources.styles.first
  }
}
