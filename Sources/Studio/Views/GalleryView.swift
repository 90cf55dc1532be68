import Favorites
import Terminal

/// The favorites as they fill the window.
func galleryView(_ state: StudioState) -> Surface { GalleryView(Scene(state)).surface() }

/// Draws the gallery.
struct GalleryView {
  let scene: Scene
  let layout: GalleryLayout
  var state: StudioState { scene.state }
  var gallery: Gallery { state.gallery }

  init(_ scene: Scene) {
    self.scene = scene
    layout = GalleryLayout(scene.state)
  }

  func look(_ role: Theme.Role) -> Style { scene.style(role) }

  func cut(_ text: String, _ columns: Int) -> String { PickerText.cut(text, columns: columns) }

  func surface() -> Surface {
    var surface = scene.emptySurface
    drawTitle(&surface)
    if let message {
      draw(message, &surface)
    } else {
      switch gallery.mode {
      case .grid:
        drawRules(&surface)
        drawGrid(&surface)
        if let facts = layout.facts { drawFacts(&surface, facts) }
      case .large: drawLarge(&surface)
      case .compare(let divider): drawComparison(&surface, divider: divider)
      }
    }
    drawStatus(&surface)
    drawFooter(&surface)
    if let chooser = gallery.chooser { drawChooser(&surface, chooser) }
    return surface
  }

  private func drawTitle(_ surface: inout Surface) {
    let row = layout.title
    guard !row.isEmpty else { return }
    let right = cut(countText, max(0, row.columns - 13))
    var room = max(0, row.columns - right.columns - 4)
    var column = row.column + 1
    let name = surface.write("Favorites", column: column, row: row.row, style: look(.title))
    column += name + 2
    room -= name + 2
    if gallery.isOpen, gallery.isFiltered {
      let filters = GalleryText.filters(gallery.query).joined(separator: "  ")
      surface.write(
        cut(filters.printable, room), column: column, row: row.row, style: look(.changed),
        limit: max(0, room))
    }
    surface.write(
      right, column: row.endColumn - right.columns - 1, row: row.row, style: look(.dim))
  }

  private var countText: String {
    guard gallery.isOpen else { return "" }
    let count = gallery.isFiltered ? "\(gallery.count) of \(gallery.total)" : "\(gallery.total)"
    if layout.title.columns < 60 { return count }
    return "\(count), \(GalleryText.order(gallery.query.order))"
  }

  /// What is said where there is no picture to show.
  private var message: [(text: String, role: Theme.Role)]? {
    switch gallery.phase {
    case .closed, .opening: return [("opening the library", .dim)]
    case .rebuilding:
      return [("making the library anew", .text), ("this reads every picture once", .dim)]
    case .failed(let failure):
      var lines: [(String, Theme.Role)] = [(failure.text, .error)]
      if failure.canRebuild {
        lines.append(("b makes it anew: the pictures carry what was said of them", .text))
      }
      return lines + [("R tries again, Esc goes back; f still keeps pictures", .dim)]
    case .open: break
    }
    if gallery.count > 0 { return nil }
    if gallery.isFiltered { return [("nothing matches", .text), ("Esc shows all", .dim)] }
    return [
      ("no favorites yet", .text),
      ("f on the workspace keeps the picture shown, with its recipe", .dim),
    ]
  }

  private func draw(_ message: [(text: String, role: Theme.Role)], _ surface: inout Surface) {
    let area = layout.canvas.inset(columns: 2)
    let lines = message.flatMap { part in
      part.text.wrapped(to: min(area.columns, 64), rows: 4).map { ($0, part.role) }
    }
    let top = area.row + max(0, (area.rows - lines.count) / 2)
    for (offset, line) in lines.prefix(area.rows).enumerated() {
      let columns = min(line.0.columns, area.columns)
      surface.write(
        line.0, column: area.column + (area.columns - columns) / 2, row: top + offset,
        style: look(line.1), limit: area.columns)
    }
  }

  private func drawRules(_ surface: inout Surface) {
    let joint = layout.isBeside ? layout.facts.map { $0.column - 1 } : nil
    func rule(_ row: Rectangle, joined glyph: String) {
      surface.fill(row, style: look(.border), with: "─")
      guard let joint, !row.isEmpty else { return }
      surface.write(glyph, column: joint, row: row.row, style: look(.border))
    }
    rule(layout.upperRule, joined: "┬")
    rule(layout.lowerRule, joined: "┴")
    if let joint {
      let side = Rectangle(
        column: joint, row: layout.grid.row, columns: 1, rows: layout.grid.rows)
      surface.fill(side, style: look(.border), with: "│")
    } else if let facts = layout.facts {
      let line = Rectangle(
        column: facts.column, row: facts.row - 1, columns: facts.columns, rows: 1)
      surface.fill(line, style: look(.border), with: "─")
    }
  }

  private func drawGrid(_ surface: inout Surface) {
    let places = layout.places(scroll: gallery.scroll).clamped(to: 0..<gallery.count)
    for place in places {
      drawTile(
        &surface, layout.rectangle(of: place, scroll: gallery.scroll), gallery.pages[place],
        isSelected: place == gallery.selection)
    }
  }

  private func drawTile(
    _ surface: inout Surface, _ tile: Rectangle, _ favorite: Favorite?, isSelected: Bool
  ) {
    var area = tile.inset(columns: 1)
    let line = area.takeBottom(1)
    let isLeaving = favorite.map { gallery.leaving.contains($0.id) } ?? false
    func style(_ role: Theme.Role) -> Style { look(isSelected ? .selection : role) }
    surface.fill(line, style: style(.text))
    guard let favorite else {
      surface.write("…", column: line.column, row: line.row, style: style(.dim))
      return
    }
    var rest = line
    let rating = favorite.annotation.rating
    if rating > 0, line.columns >= 8 {
      let part = rest.takeRight(2)
      surface.write("\(rating)★", column: part.column, row: part.row, style: style(.changed))
      _ = rest.takeRight(1)
    }
    if let number = gallery.mark(of: favorite.id) {
      let part = rest.takeLeft(2)
      surface.write(
        "\(number)", column: part.column, row: part.row, style: style(.key).adding(.bold))
    }
    surface.write(
      GalleryText.name(of: favorite), column: rest.column, row: rest.row,
      style: style(isLeaving ? .dim : .text), limit: rest.columns)
    // Above its line, not below the one of another picture.
    place(favorite, &surface, in: area, at: .bottom, slot: "gallery \(favorite.id)")
  }

  /// Which edge of its area a picture keeps to.
  enum Edge { case top, bottom, none }

  /// A small copy as large as its area allows; a sign where there is none to be had.
  func place(
    _ favorite: Favorite, _ surface: inout Surface, in area: Rectangle, at edge: Edge = .none,
    slot: String
  ) {
    guard !area.isEmpty else { return }
    switch gallery.thumbnails[favorite.id] {
    case .picture(let picture): place(picture, &surface, in: area, at: edge, slot: slot)
    case .unavailable:
      let text = cut("no picture", area.columns)
      surface.write(
        text, column: area.column + (area.columns - text.columns) / 2,
        row: area.row + area.rows / 2, style: look(.error))
    case nil: break
    }
  }

  /// A picture as large as its area allows, with its own proportions.
  func place(
    _ picture: IdentifiedPicture, _ surface: inout Surface, in area: Rectangle,
    at edge: Edge = .none, slot: String
  ) {
    let geometry = PreviewGeometry(
      width: picture.picture.width, height: picture.picture.height, canvas: area,
      cell: state.traits.cell, zoom: .fit, center: .init(x: 0.5, y: 0.5))
    var rectangle = geometry.rectangle
    switch edge {
    case .top: rectangle.row = area.row
    case .bottom: rectangle.row = area.endRow - rectangle.rows
    case .none: break
    }
    surface.place(
      PicturePlacement(slot: slot, source: .picture(picture), rectangle: rectangle),
      style: look(.text))
  }

  private func drawStatus(_ surface: inout Surface) {
    let row = layout.status
    guard !row.isEmpty else { return }
    if let notice = state.notice {
      FooterView(scene: scene).draw(notice, on: &surface, in: row)
    } else if let search = gallery.search {
      surface.write("/", column: row.column + 1, row: row.row, style: look(.key))
      // The field is as wide as the line, and the cursor at what is typed.
      Dialog(scene, rectangle: row).draw(
        search, on: &surface,
        in: Rectangle(
          column: row.column + 3, row: row.row, columns: max(0, row.columns - 4), rows: 1))
    } else if gallery.hasDivider {
      drawCaptions(&surface, in: row)
    } else if gallery.hasOne, gallery.mode == .large || layout.facts == nil,
      let favorite = gallery.selected
    {
      let place = StyledText("  \(gallery.selection + 1) of \(gallery.count)", look(.dim))
      surface.write(
        summary(of: favorite) + place, column: row.column + 1, row: row.row,
        limit: row.columns - 2)
    } else if gallery.isBrowsing, gallery.count > 0, let place = placeText {
      surface.write(place, column: row.column + 1, row: row.row, style: look(.dim))
    }
  }

  private var placeText: String? {
    let marks = gallery.marked.isEmpty ? "" : ", \(gallery.marked.count) marked"
    return "\(gallery.selection + 1) of \(gallery.count)\(marks)"
  }

  /// As many keys as fit, whole; help is always among them.
  private func drawFooter(_ surface: inout Surface) {
    let row = layout.footer
    guard !row.isEmpty else { return }
    let hints = footerKeys
    let help = hints.first { $0.title == "help" }
    func columns(_ hint: (key: String, title: String)) -> Int {
      hint.key.columns + 1 + hint.title.columns
    }
    func draw(_ hint: (key: String, title: String), at column: Int) -> Int {
      let text: StyledText = [(hint.key, look(.key)), (" \(hint.title)", look(.dim))]
      return surface.write(text, column: column, row: row.row, limit: row.endColumn - column)
    }
    var column = row.column + 1
    let end = row.endColumn - 1 - (help.map { columns($0) + 2 } ?? 0)
    for hint in hints where hint.title != "help" {
      guard column + columns(hint) <= end else { continue }
      column += draw(hint, at: column) + 2
    }
    if let help { _ = draw(help, at: column) }
  }

  /// Each key with what it does first among what makes sense now.
  private var footerKeys: [(key: String, title: String)] {
    if gallery.chooser != nil { return [] }
    if gallery.search != nil {
      return [("Enter", "keep the words"), ("Esc", "all again"), (scene.arrows, "choose")]
    }
    var taken: Set<KeyPress> = []
    return GalleryAction.all.filter { $0.isPrimary && $0.isOffered(gallery) }.compactMap { action in
      guard let key = action.footerKey(in: state, without: taken) else { return nil }
      taken.formUnion(action.keys(in: state))
      return (key, action.title)
    }
  }
}
