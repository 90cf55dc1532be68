import Recipes
import Terminal

/// The recipe's sliders and choices.
struct SettingsView {
  let scene: Scene

  private var state: StudioState { scene.state }

  func draw(on surface: inout Surface) {
    for place in scene.layout.settings { draw(place, on: &surface) }
    drawScrollMarks(on: &surface)
  }

  /// How many settings differ from the preset.
  var caption: StyledText? {
    let count = Setting.all.count(where: state.isChanged)
    return count == 0 ? nil : StyledText("• \(count) changed", scene.style(.changed))
  }

  private func draw(_ place: WorkspaceLayout.SettingPlace, on surface: inout Surface) {
    let setting = place.setting
    let isSelected = setting == state.setting
    let hasCursor = isSelected && scene.hasKeys(.settings)
    // A running job does not take these; they wait for the next start.
    let isWaiting = state.run.isActive && !setting.isLive
    let titleStyle = scene.style(
      hasCursor ? .selection : isSelected ? .mark : isWaiting ? .dim : .text)
    let title = Rectangle(
      column: place.row.column, row: place.row.row,
      columns: WorkspaceLayout.settingTitleColumns - 1, rows: 1)
    if hasCursor { surface.fill(title, style: titleStyle) }
    if state.isChanged(setting) {
      surface.write(
        "•", column: title.column, row: title.row,
        style: hasCursor ? titleStyle : scene.style(.changed))
    }
    surface.write(
      setting.title, column: title.column + 1, row: title.row, style: titleStyle,
      limit: title.columns - 1)
    let valueStyle =
      hasCursor
      ? scene.style(.mark)
      : scene.style(state.isChanged(setting) ? .changed : isWaiting ? .dim : .text)
    switch setting {
    case .slider(let parameter):
      draw(parameter, place, valueStyle, isWaiting: isWaiting, on: &surface)
    case .choice(let choice):
      draw(choice, place, valueStyle, hasCursor: hasCursor, on: &surface)
    }
  }

  private func draw(
    _ parameter: Parameter, _ place: WorkspaceLayout.SettingPlace, _ style: Style,
    isWaiting: Bool, on surface: inout Surface
  ) {
    let value = parameter.value(in: state.recipe)
    let unit = StyledText(
      parameter.unit.isEmpty ? "" : " \(parameter.unit)", scene.style(.dim))
    surface.write(
      StyledText(parameter.text(value), style) + unit, endColumn: place.row.endColumn - 1,
      row: place.row.row, limit: WorkspaceLayout.settingValueColumns - 2)
    let handle = place.handleColumn(parameter.position(of: value))
    surface.bar(
      place.track, handle: handle, filled: handle - place.track.column,
      fill: scene.style(isWaiting ? .dim : .fill), groove: scene.style(.groove))
  }

  /// The word, between marks that say where there are more.
  private func draw(
    _ choice: Choice, _ place: WorkspaceLayout.SettingPlace, _ style: Style, hasCursor: Bool,
    on surface: inout Surface
  ) {
    let selection = choice.selection(in: state)
    let mark = scene.style(hasCursor ? .key : .groove)
    let word = choice.name(in: state)
    let text =
      StyledText(selection > 0 ? "‹ " : "  ", mark) + StyledText(word, style)
      + StyledText(selection < choice.options(in: state).count - 1 ? " ›" : "  ", mark)
    surface.write(
      text, endColumn: place.row.endColumn - 1, row: place.row.row, limit: place.track.columns - 1)
  }

  /// Says on the frame that the list goes on.
  private func drawScrollMarks(on surface: inout Surface) {
    let places = scene.layout.settings
    guard let first = places.first, let last = places.last else { return }
    let column = first.row.endColumn
    if first.setting != Setting.all.first {
      surface.write("▲", column: column, row: first.row.row, style: scene.style(.key))
    }
    if last.setting != Setting.all.last {
      surface.write("▼", column: column, row: last.row.endRow - 1, style: scene.style(.key))
    }
  }
}
