import Terminal

extension Action {
  /// What can be done in the exploration.
  static let explore = [
    exploring("pause-all", "pause", " ", when: { !$0.explorer.isPaused }) {
      toggleExplorerPause(&$0)
    },
    exploring("resume-all", "resume", " ", when: { $0.explorer.isPaused }) {
      toggleExplorerPause(&$0)
    },
    Action(
      "adopt", "make it the center", hint: "adopt", keys: [KeyPress(.enter)], in: .explore,
      on: [.explore], isPrimary: true, when: { $0.explorer.selection != $0.explorer.center }
    ) { adoptSelection(&$0) },
    Action(
      "leave", "back to the workspace", hint: "back", keys: [KeyPress(.escape)], in: .explore,
      on: [.explore], isPrimary: true
    ) { closeExplorer(&$0) },
    exploring("take-over", "set the sliders to its recipe", hint: "use it", "a") {
      takeOverSelection(&$0)
    },
    exploring(
      "keep", "keep it as a favorite", hint: "keep", "f",
      when: { $0.explorer.selected?.picture != nil }
    ) { keepSelection(&$0) },
    exploring(
      "nearer", "nearer neighbors", hint: "nearer", "+", "=",
      when: { $0.explorer.canChangeStep(isNarrower: true) }
    ) { changeStep(&$0, isNarrower: true) },
    exploring(
      "farther", "farther neighbors", hint: "farther", "-",
      when: { $0.explorer.canChangeStep(isNarrower: false) }
    ) { changeStep(&$0, isNarrower: false) },
    exploring("across", "what changes across", hint: "across", "x") {
      changeAxis(&$0, isAcross: true)
    },
    exploring("down", "what changes down", hint: "down", "y") {
      changeAxis(&$0, isAcross: false)
    },
    exploring(
      "smaller-pictures", "smaller pictures, faster", hint: "smaller", "[",
      when: { $0.explorer.side(movedBy: -1) != nil }
    ) { resizeExplorer(&$0, by: -1) },
    exploring(
      "larger-pictures", "larger pictures, slower", hint: "larger", "]",
      when: { $0.explorer.side(movedBy: 1) != nil }
    ) { resizeExplorer(&$0, by: 1) },
  ]

  /// An action of the exploration alone.
  private static func exploring(
    _ name: String, _ title: String, hint: String? = nil, _ keys: Character...,
    when isAvailable: @escaping @Sendable (StudioState) -> Bool = { _ in true },
    perform: @escaping @Sendable (inout StudioState) -> [StudioEffect]
  ) -> Action {
    Action(
      name, title, hint: hint, keys: keys.map(KeyPress.key), in: .explore, on: [.explore],
      isPrimary: true, when: isAvailable, perform: perform)
  }
}
