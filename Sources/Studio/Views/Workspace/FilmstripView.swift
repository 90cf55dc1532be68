import Terminal

/// Past iterates: thumbnails where there is room, else their numbers, else ticks.
struct FilmstripView {
  let scene: Scene

  private var film: Filmstrip { scene.state.filmstrip }

  func draw(on surface: inout Surface, in content: Rectangle) {
    if content.rows == 1 { drawEnds(on: &surface, in: content) }
    for place in scene.layout.frames {
      if content.rows > 1 {
        drawThumbnail(place, on: &surface)
      } else {
        drawTick(place, on: &surface)
      }
    }
    if film.frames.isEmpty { drawNothing(on: &surface, in: content) }
  }

  /// Which of the iterations is looked at.
  var caption: StyledText? {
    film.frames.isEmpty ? nil : StyledText(counter, scene.style(.dim))
  }

  private var counter: String {
    let run = scene.state.run
    return Readout.progress(film.selected?.iteration ?? run.iteration, of: run.iteration)
  }

  private func drawEnds(on surface: inout Surface, in content: Rectangle) {
    let title = StudioState.Pane.filmstrip.title
    let hasKeys = scene.hasKeys(.filmstrip)
    surface.write(
      hasKeys ? "▸\(title)" : " \(title)", column: content.column + 1, row: content.row,
      style: scene.style(hasKeys ? .focus : .dim))
    guard !film.frames.isEmpty else { return }
    surface.write(
      StyledText(counter, scene.style(film.selected == nil ? .dim : .mark)),
      endColumn: content.endColumn - 1, row: content.row, limit: content.columns / 2)
  }

  private func drawNothing(on surface: inout Surface, in content: Rectangle) {
    let indent = content.rows == 1 ? WorkspaceLayout.filmstripLabelColumns + 1 : 1
    surface.write(
      "no pictures yet", column: content.column + indent,
      row: content.row + content.rows / 2, style: scene.style(.dim),
      limit: content.columns - indent)
  }

  private func look(of place: WorkspaceLayout.FramePlace) -> Style {
    if place.index == film.selection {
      return scene.style(scene.hasKeys(.filmstrip) ? .selection : .mark)
    }
    let isFollowed = film.selection == nil && place.index == film.frames.count - 1
    return scene.style(isFollowed ? .fill : .dim)
  }

  private func drawTick(_ place: WorkspaceLayout.FramePlace, on surface: inout Surface) {
    let style = look(of: place)
    let rectangle = place.rectangle
    guard rectangle.columns > 1 else {
      let isSelected = place.index == film.selection
      let isLatest = place.index == film.frames.count - 1
      surface.write(
        isSelected ? "◆" : isLatest ? "●" : "▪", column: rectangle.column, row: rectangle.row,
        style: style)
      return
    }
    surface.write(
      StyledText("\(film.frames[place.index].iteration)", style),
      endColumn: rectangle.endColumn, row: rectangle.row, limit: rectangle.columns - 1)
  }

  private func drawThumbnail(_ place: WorkspaceLayout.FramePlace, on surface: inout Surface) {
    let frame = film.frames[place.index]
    var box = place.rectangle
    _ = box.takeRight(1)
    let label = box.takeBottom(1)
    guard !box.isEmpty else { return }
    let geometry = PreviewGeometry(
      width: frame.picture.picture.width, height: frame.picture.picture.height, canvas: box,
      cell: scene.state.traits.cell, zoom: .fit, center: Preview.Center(x: 0.5, y: 0.5))
    surface.place(
      PicturePlacement(
        slot: "film-\(place.rectangle.column)", source: .picture(frame.picture),
        rectangle: geometry.rectangle), style: scene.style(.text))
    let number = " \(frame.iteration) "
    surface.write(
      number, column: label.column + max(0, label.columns - number.count) / 2, row: label.row,
      style: look(of: place), limit: label.columns)
  }
}
