import Terminal

extension WorkspaceLayout {
  /// What a click means.
  public enum Target: Equatable, Sendable {
    /// A picture's slot, by its number in `SourceList`.
    case slot(Int)
    /// A setting; the position, 0…1, when its slider or its word was hit.
    case setting(Setting, position: Double?)
    /// A frame of the filmstrip, by its number.
    case frame(Int)
    /// The preview's picture.
    case canvas
    /// A pane or the name of one, and nothing in it.
    case pane(StudioState.Pane)
  }

  /// What lies at a place; nil for the status line, the footer and nothing.
  public func target(at point: Point) -> Target? {
    if let tab = tabs.first(where: { $0.rectangle.contains(point) }) { return .pane(tab.pane) }
    if let slot = slots.firstIndex(where: { $0.contains(point) }) { return .slot(slot) }
    if let place = settings.first(where: { $0.row.contains(point) }) {
      return .setting(
        place.setting,
        position: place.track.contains(point) ? place.position(at: point.column) : nil)
    }
    if let frame = frames.first(where: { $0.rectangle.contains(point) }) {
      return .frame(frame.index)
    }
    if canvas.contains(point) { return .canvas }
    return panes.first { $0.value.contains(point) }.map { .pane($0.key) }
  }

  /// The position, 0…1, of a slider dragged to this column, wherever the row; nil when the slider is
  /// out of sight.
  public func position(of setting: Setting, at column: Int) -> Double? {
    settings.first { $0.setting == setting }?.position(at: column)
  }
}
