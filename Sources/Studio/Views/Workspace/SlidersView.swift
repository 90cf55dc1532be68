import Recipes
import Terminal

/// The recipe's sliders.
struct SlidersView {
  let scene: Scene

  private var state: StudioState { scene.state }

  func draw(on surface: inout Surface) {
    for place in scene.layout.sliders { draw(place, on: &surface) }
  }

  /// The preset, and how many sliders differ from it.
  var caption: StyledText? {
    let count = Parameter.allCases.count { state.isChanged($0) }
    var text = StyledText(state.preset, scene.style(.dim))
    if count > 0 { text += StyledText(" • \(count) changed", scene.style(.changed)) }
    return text
  }

  private func draw(_ place: WorkspaceLayout.SliderPlace, on surface: inout Surface) {
    let parameter = place.parameter
    let isSelected = parameter == state.parameter
    let hasCursor = isSelected && scene.hasKeys(.sliders)
    // A running job does not take these; they wait for the next start.
    let isWaiting = state.run.isActive && !parameter.isLive
    let titleStyle = scene.style(
      hasCursor ? .selection : isSelected ? .mark : isWaiting ? .dim : .text)
    let title = Rectangle(
      column: place.row.column, row: place.row.row,
      columns: WorkspaceLayout.sliderTitleColumns - 1, rows: 1)
    if hasCursor { surface.fill(title, style: titleStyle) }
    if state.isChanged(parameter) {
      surface.write(
        "•", column: title.column, row: title.row,
        style: hasCursor ? titleStyle : scene.style(.changed))
    }
    surface.write(
      parameter.title, column: title.column + 1, row: title.row, style: titleStyle,
      limit: title.columns - 1)
    drawValue(place, hasCursor: hasCursor, isWaiting: isWaiting, on: &surface)

    let handle = place.handleColumn(parameter.position(of: parameter.value(in: state.recipe)))
    surface.bar(
      place.track, handle: handle, filled: handle - place.track.column,
      fill: scene.style(isWaiting ? .dim : .fill), groove: scene.style(.groove))
  }

  private func drawValue(
    _ place: WorkspaceLayout.SliderPlace, hasCursor: Bool, isWaiting: Bool,
    on surface: inout Surface
  ) {
    let parameter = place.parameter
    let value = parameter.value(in: state.recipe)
    let text = StyledText(
      parameter.text(value),
      hasCursor
        ? scene.style(.mark)
        : scene.style(state.isChanged(parameter) ? .changed : isWaiting ? .dim : .text))
    let unit = StyledText(
      parameter.unit.isEmpty ? "" : " \(parameter.unit)", scene.style(.dim))
    surface.write(
      text + unit, endColumn: place.row.endColumn - 1, row: place.row.row,
      limit: WorkspaceLayout.sliderValueColumns - 2)
  }
}
