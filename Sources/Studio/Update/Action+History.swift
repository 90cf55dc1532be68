import Terminal

extension Action {
  /// What can be done in the history.
  static let history = [
    looking(
      "adopt-run", "take over its recipe and pictures", hint: "adopt",
      [KeyPress(.enter), .key("a")], when: { $0.history.selected != nil }
    ) { adoptRun(&$0) },
    looking(
      "resume-run", "go on exactly where it ended", hint: "go on", [.key("c")],
      when: { $0.history.canResume }
    ) { continueRun(&$0) },
    looking(
      "continue-run", "start from the picture shown", hint: "start from it", [.key("c")],
      when: { $0.history.frame != nil && !$0.history.canResume }
    ) { continueRun(&$0) },
    looking(
      "keep-frame", "keep the picture as a favorite", hint: "keep", [.key("f")],
      when: { state in
        state.history.frame.flatMap { state.history.picture(of: $0)?.isLoaded } ?? false
      }
    ) { keepFrame(&$0) },
    looking(
      "remove-run", "delete the run", hint: "delete", [.key("d"), KeyPress(.delete)],
      when: { $0.history.selected.map { !$0.isOngoing } ?? false }
    ) { confirmRemovingRun(&$0) },
    looking(
      "leave-history", "back to the workspace", hint: "back",
      [KeyPress(.escape), .key("H")]
    ) { closeHistory(&$0) },
    looking(
      "read-history", "read the runs again", hint: "refresh", [.key("R"), KeyPress(.function(5))]
    ) { _ in [.history(.list)] },
  ]

  /// An action of the history alone.
  private static func looking(
    _ name: String, _ title: String, hint: String, _ keys: [KeyPress],
    when isAvailable: @escaping @Sendable (StudioState) -> Bool = { _ in true },
    perform: @escaping @Sendable (inout StudioState) -> [StudioEffect]
  ) -> Action {
    Action(
      name, title, hint: hint, keys: keys, in: .history, on: [.history], isPrimary: true,
      when: isAvailable, perform: perform)
  }
}

extension GalleryPicture {
  /// Whether there is a picture to show.
  var isLoaded: Bool { if case .loaded = self { true } else { false } }
}
