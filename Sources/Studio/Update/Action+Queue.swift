import Terminal

extension Action {
  /// What can be done with the queue.
  static let queue = [
    Action(
      "queue-settings", "paint a folder or a film like this", hint: "folder or film",
      keys: [.key("B")], in: .queue
    ) { chooseForQueue(&$0) },
    Action("queue", "look at the queue", keys: [.key("Q")], in: .queue) { openQueue(&$0) },
    waiting(
      "pause-job", "halt", hint: "halt", [.key(" ")],
      when: { $0.queue.selected?.phase == .running }
    ) { toggleJob(&$0) },
    waiting(
      "run-job", "go on, or begin", hint: "go on", [.key(" ")],
      when: { state in
        switch state.queue.selected?.phase {
        case .waiting, .paused, .failed: true
        case .running, .stopping, .done, nil: false
        }
      }
    ) { toggleJob(&$0) },
    waiting(
      "paint-again", "paint what is missing or has changed", hint: "again", [.key(" ")],
      when: { $0.queue.selected.map { $0.phase == .done && !$0.isFilm } ?? false }
    ) { toggleJob(&$0) },
    waiting(
      "play", "play the film", hint: "play", [.key("p"), KeyPress(.enter)],
      when: { $0.playableFilm != nil && $0.player.subject == nil }
    ) { togglePlaying(&$0) },
    waiting(
      "stop-playing", "stop the film", hint: "stop", [.key("p"), KeyPress(.enter)],
      when: { $0.player.subject != nil }
    ) { stopPlaying(&$0) },
    waiting(
      "picture-alone", "the picture alone", hint: "zoom", [.key("z")],
      when: { $0.queue.result != nil }
    ) {
      $0.queue.isPictureAlone.toggle()
      return []
    },
    waiting(
      "earlier", "paint it earlier", hint: "earlier", [.key("<")],
      when: { $0.queue.jobs.count > 1 && $0.queue.selection > 0 }
    ) { moveJob(&$0, by: -1) },
    waiting(
      "later", "paint it later", hint: "later", [.key(">")],
      when: { $0.queue.selection + 1 < $0.queue.jobs.count }
    ) { moveJob(&$0, by: 1) },
    waiting(
      "remove-job", "take it out of the queue; what is painted stays", hint: "remove",
      [.key("d"), KeyPress(.delete)],
      when: { $0.queue.selected.map { !$0.isActive } ?? false }
    ) { removeJob(&$0) },
    waiting(
      "add-job", "another folder or film", hint: "another", [.key("B"), .key("a")]
    ) { chooseForQueue(&$0) },
    waiting(
      "leave-queue", "back to the workspace", hint: "back", [KeyPress(.escape), .key("Q")]
    ) { closeQueue(&$0) },
  ]

  /// An action of the queue's screen alone.
  private static func waiting(
    _ name: String, _ title: String, hint: String, _ keys: [KeyPress],
    when isAvailable: @escaping @Sendable (StudioState) -> Bool = { _ in true },
    perform: @escaping @Sendable (inout StudioState) -> [StudioEffect]
  ) -> Action {
    Action(
      name, title, hint: hint, keys: keys, in: .queue, on: [.queue], isPrimary: true,
      when: isAvailable, perform: perform)
  }
}
