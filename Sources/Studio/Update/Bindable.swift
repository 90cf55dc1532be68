import Terminal

/// Something that keys do, and that the user may give other keys.
protocol Bindable {
  /// What configuration calls it; nil for what keeps its keys.
  var bindingName: String? { get }
  /// The keys it has by itself.
  var keys: [KeyPress] { get }
  /// Where its keys act.
  var keyScope: KeyScope { get }
}

extension Bindable {
  /// The keys that do it, the one to show first: those the user gave it, or its own but for those that the
  /// user gave to something else there.
  func keys(in state: StudioState) -> [KeyPress] { state.keymap.keys(of: self) }
}

/// Where a key acts.
struct KeyScope: Hashable {
  let screens: Set<StudioState.Screen>
  /// Empty for all panes.
  var panes: Set<StudioState.Pane> = []

  /// Whether a key may mean both here and there.
  func overlaps(_ other: KeyScope) -> Bool {
    !screens.isDisjoint(with: other.screens)
      && (panes.isEmpty || other.panes.isEmpty || !panes.isDisjoint(with: other.panes))
  }
}
