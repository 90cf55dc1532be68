import Terminal

/// The picture, or what to do to get one.
struct PreviewView {
  let scene: Scene

  private var state: StudioState { scene.state }

  func draw(on surface: inout Surface, in content: Rectangle) {
    let canvas = scene.layout.canvas
    guard let geometry = PreviewGeometry(state, canvas: canvas) else {
      GuidanceView(scene: scene).drawPage(on: &surface, in: content)
      return
    }
    switch state.shownMode {
    case .result: place(state.previewedResult, geometry, on: &surface)
    case .instant: place(state.instantPicture, geometry, on: &surface)
    case .content: place(state.contentPicture, geometry, on: &surface)
    case .style: place(state.stylePicture, geometry, on: &surface)
    case .split: drawSplit(geometry, on: &surface)
    case .difference: drawDifference(geometry, on: &surface)
    case .mask: place(state.maskOverlay.picture ?? state.contentPicture, geometry, on: &surface)
    }
    if canvas != content {
      var strip = content
      GuidanceView(scene: scene).drawLine(on: &surface, in: strip.takeBottom(1))
    }
  }

  /// Which picture, of which iteration, how large.
  var caption: StyledText? {
    guard let geometry = PreviewGeometry(state, canvas: scene.layout.canvas) else { return nil }
    let dim = scene.style(.dim)
    var text = StyledText(modeName, scene.style(.text))
    if state.showsIteration {
      let iteration = state.filmstrip.selected?.iteration ?? state.run.iteration
      text += StyledText(" · iteration \(iteration)", dim)
    }
    return text + StyledText(" · \(zoomName(geometry))", dim)
  }

  private var modeName: String {
    switch state.shownMode {
    case .result: state.result == nil ? instantName : "result"
    case .instant: instantName
    case .content: "photograph"
    case .style:
      state.sources.styles.count > 1
        ? "painting \(min(state.preview.styleIndex, state.sources.styles.count - 1) + 1)"
        : "painting"
    case .split: "split"
    case .difference: "difference"
    case .mask: maskName
    }
  }

  /// Which mask it is, and what the red over the photograph means.
  private var maskName: String {
    let threshold =
      state.recipe.maskThreshold.map { ", white from \(Format.significant($0, 3)) on" } ?? ""
    return state.maskedStyle.map { "where painting \($0 + 1) applies: not in red\(threshold)" }
      ?? "what is protected: all but red\(threshold)"
  }

  /// What one pass is painted by.
  private var instantName: String {
    state.recipe.isInstant ? state.recipe.method.description : "instant"
  }

  private func zoomName(_ geometry: PreviewGeometry) -> String {
    switch state.preview.zoom {
    case .fit: "fit"
    case .scale(1): "1:1"
    case .scale: Readout.percent(geometry.scale)
    }
  }

  private func place(
    _ picture: IdentifiedPicture?, _ geometry: PreviewGeometry, on surface: inout Surface
  ) {
    guard let picture else { return }
    surface.place(
      PicturePlacement(
        slot: "preview", source: .picture(picture), crop: geometry.crop,
        rectangle: geometry.rectangle), style: scene.style(.text))
  }

  private func drawDifference(_ geometry: PreviewGeometry, on surface: inout Surface) {
    guard let content = state.contentPicture, let result = state.previewedResult else { return }
    surface.place(
      PicturePlacement(
        slot: "preview", source: .difference(result, content), crop: geometry.crop,
        rectangle: geometry.rectangle), style: scene.style(.text))
  }

  /// The photograph left of the divider, the result right of it.
  private func drawSplit(_ geometry: PreviewGeometry, on surface: inout Surface) {
    let whole = geometry.rectangle
    let divider = geometry.dividerColumn(state.preview.divider)
    let sides = [
      ("preview-left", state.contentPicture, whole.column..<divider),
      ("preview-right", state.previewedResult, min(divider + 1, whole.endColumn)..<whole.endColumn),
    ]
    for (slot, picture, columns) in sides where !columns.isEmpty {
      guard let picture else { continue }
      surface.place(
        PicturePlacement(
          slot: slot, source: .picture(picture), crop: geometry.crop(columns: columns),
          rectangle: Rectangle(
            column: columns.lowerBound, row: whole.row, columns: columns.count, rows: whole.rows)),
        style: scene.style(.text))
    }
    for row in whole.row..<whole.endRow {
      surface.write("│", column: divider, row: row, style: scene.style(.focus))
    }
  }
}

extension StudioState {
  /// The mode that there is something to show of: before there is a result, the photograph.
  var shownMode: Preview.Mode {
    switch preview.mode {
    case .result, .split, .difference: previewedResult == nil ? .content : preview.mode
    case .instant: instantPicture == nil ? .content : .instant
    case .content, .style: preview.mode
    case .mask: previewedMask != nil ? .mask : result == nil ? .content : .result
    }
  }

  /// Whether what the preview shows is of some iteration.
  fileprivate var showsIteration: Bool {
    switch shownMode {
    case .result, .split, .difference: result != nil && run.recipe?.isInstant == false
    case .instant, .content, .style, .mask: false
    }
  }

  /// The photograph's small copy.
  var contentPicture: IdentifiedPicture? { sources.content?.thumbnail }

  /// The small copy of the painting that the preview shows.
  var stylePicture: IdentifiedPicture? { previewedStyle?.source.thumbnail }
}

extension Source {
  /// The small copy, once it was read.
  var thumbnail: IdentifiedPicture? {
    if case .loaded(let thumbnail, _, _) = content { thumbnail } else { nil }
  }
}
