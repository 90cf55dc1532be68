import Terminal

/// Everything that keys do in the file browser, in one table: its footer and the help are made from it.
///
/// Letters without control are not in it: they narrow down what is shown.
public struct PickerAction: Sendable {
  /// What it does, in a word or two.
  public let title: String
  /// What it does, in a line.
  public let explanation: String
  /// The keys that do it, the one to show first.
  public let keys: [KeyPress]
  /// Whether the footer shows it.
  public let isPrimary: Bool
  /// Whether it makes sense now.
  public let isOffered: @Sendable (Picker) -> Bool
  /// Does it.
  let perform: @Sendable (inout StudioState) -> [StudioEffect]

  private init(
    _ title: String, _ explanation: String, _ keys: [KeyPress], isPrimary: Bool = false,
    when isOffered: @escaping @Sendable (Picker) -> Bool = { _ in true },
    _ perform: @escaping @Sendable (inout StudioState) -> [StudioEffect]
  ) {
    self.title = title
    self.explanation = explanation
    self.keys = keys
    self.isPrimary = isPrimary
    self.isOffered = isOffered
    self.perform = perform
  }

  /// All of them, the most useful first.
  public static let all: [PickerAction] = [
    PickerAction(
      "choose", "choose the picture, open the folder", [KeyPress(.enter)], isPrimary: true,
      openSelection),
    PickerAction(
      "this folder", "paint all pictures of this folder", [.control("p")], isPrimary: true,
      when: { $0.role == .batch && $0.focus == .entries && $0.hasPictures }, chooseFolder),
    PickerAction(
      "mark", "mark one of several paintings", [KeyPress(.character(" "))], isPrimary: true,
      when: { $0.isMultiple && $0.focus == .entries }, toggleMark),
    PickerAction(
      "places", "known and recent folders", [KeyPress(.tab), KeyPress(.tab, .shift)],
      isPrimary: true, togglePlaces),
    PickerAction(
      "up", "to the folder above", [KeyPress(.backspace)], isPrimary: true,
      when: { $0.filter.isEmpty && $0.focus == .entries }, goToParent),
    PickerAction(
      "delete", "take back a letter", [KeyPress(.backspace)],
      when: { !$0.filter.isEmpty && $0.focus == .entries }, shortenFilter),
    PickerAction(
      "clear", "show everything again", [KeyPress(.escape), .control("u")], isPrimary: true,
      when: { !$0.filter.isEmpty && $0.focus == .entries }, clearFilter),
    PickerAction(
      "back", "back to the pictures", [KeyPress(.escape)], isPrimary: true,
      when: { $0.focus != .entries }, leavePlaces),
    PickerAction(
      "close", "back to the workspace", [KeyPress(.escape)], isPrimary: true, closePicker),
    PickerAction("help", "all keys", [KeyPress(.function(1))], isPrimary: true) { state in
      state.overlays.append(.help(scroll: 0))
      return []
    },
    PickerAction(
      "path", "type a path; so do / and ~", [.control("e")], isPrimary: true, typePath),
    PickerAction(
      "grid", "pictures or a list", [.control("t")], isPrimary: true, toggleGrid),
    PickerAction(
      "order", "by name, date or size", [.control("o")], isPrimary: true, changeOrder),
    PickerAction("reverse", "the other way round", [.control("v")], reverseOrder),
    PickerAction(
      "bookmark", "bookmark the folder, or no more", [.control("b")], isPrimary: true,
      toggleBookmark),
    PickerAction("hidden", "names that start with a dot", [.control("d")], toggleHidden),
    PickerAction("all files", "files not called like pictures", [.control("a")], toggleAllFiles),
    PickerAction(
      "reread", "read the folder again", [.control("r"), KeyPress(.function(5))], reread),
    PickerAction("move", "one up", [KeyPress(.up)]) { moveVertically(&$0, by: -1) },
    PickerAction("move", "one down", [KeyPress(.down)]) { moveVertically(&$0, by: 1) },
    PickerAction("move", "one to the left", [KeyPress(.left)]) { moveHorizontally(&$0, by: -1) },
    PickerAction("move", "one to the right", [KeyPress(.right)]) { moveHorizontally(&$0, by: 1) },
    PickerAction("page", "a page up", [KeyPress(.pageUp)]) { movePage(&$0, by: -1) },
    PickerAction("page", "a page down", [KeyPress(.pageDown)]) { movePage(&$0, by: 1) },
    PickerAction("start", "to the first", [KeyPress(.home)]) { moveToEnd(&$0, last: false) },
    PickerAction("end", "to the last", [KeyPress(.end)]) { moveToEnd(&$0, last: true) },
  ]
}

extension PickerAction: Bindable {
  /// Keys that move are the same everywhere.
  var bindingName: String? {
    ["move", "page", "start", "end"].contains(title)
      ? nil : "picker-\(title.replacing(" ", with: "-"))"
  }
  var keyScope: KeyScope { KeyScope(screens: [.picker]) }
}
