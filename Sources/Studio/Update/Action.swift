import Terminal

/// Something a person can do: a row of the one table that the keys, the footer, the help and the
/// palette are made from.
public struct Action: Sendable {
  /// Groups actions in the help.
  public enum Group: String, CaseIterable, Sendable {
    case pictures, run, settings, instant, preview, filmstrip, chart, explore, styles, history
    case queue, studio

    /// The group's heading.
    public var title: String {
      switch self {
      case .instant: "Instant styles"
      case .styles: "Built-in styles"
      default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
      }
    }
  }

  /// Its name in the palette and in documentation, such as `pause`.
  public let name: String

  /// What it does, in a few words.
  public let title: String

  /// The same for the footer, where room is scarce.
  public let hint: String

  /// The keys that do it, the one to show first; none for what only the palette offers.
  public let keys: [KeyPress]

  /// Where it belongs.
  public let group: Group

  /// The screens on which it can be done.
  public let screens: Set<StudioState.Screen>

  /// The panes in which its keys act; empty for all.
  public let panes: Set<StudioState.Pane>

  /// Whether the footer shows it when there is room.
  public let isPrimary: Bool

  /// Whether it makes sense now.
  public let isAvailable: @Sendable (StudioState) -> Bool

  /// Does it.
  let perform: @Sendable (inout StudioState) -> [StudioEffect]

  init(
    _ name: String, _ title: String, hint: String? = nil, keys: [KeyPress] = [], in group: Group,
    on screens: Set<StudioState.Screen> = [.workspace], panes: Set<StudioState.Pane> = [],
    isPrimary: Bool = false,
    when isAvailable: @escaping @Sendable (StudioState) -> Bool = { _ in true },
    perform: @escaping @Sendable (inout StudioState) -> [StudioEffect]
  ) {
    self.name = name
    self.title = title
    self.hint = hint ?? title
    self.keys = keys
    self.group = group
    self.screens = screens
    self.panes = panes
    self.isPrimary = isPrimary
    self.isAvailable = isAvailable
    self.perform = perform
  }

  /// Whether its keys act where the user is.
  func isReachable(in state: StudioState) -> Bool {
    screens.contains(state.screen) && (panes.isEmpty || panes.contains(state.focus))
  }

  /// What the keys do where the user is, now: those of the pane first, then those of the studio.
  public static func offered(in state: StudioState) -> [Action] {
    let reachable = all.filter { $0.isReachable(in: state) && $0.isAvailable(state) }
    return reachable.filter { !$0.panes.isEmpty } + reachable.filter(\.panes.isEmpty)
  }

  /// The action that a key means where the user is; a pane's own comes before the studio's.
  static func meant(by key: KeyPress, in state: StudioState) -> Action? {
    offered(in: state).first { $0.keys(in: state).contains(key) }
  }
}

extension Action: Bindable {
  var bindingName: String? { name }
  var keyScope: KeyScope { KeyScope(screens: screens, panes: panes) }
}

extension KeyPress {
  static func key(_ character: Character) -> KeyPress { KeyPress(.character(character)) }
  static func control(_ character: Character) -> KeyPress {
    KeyPress(.character(character), .control)
  }
}
