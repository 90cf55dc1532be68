import Terminal

/// The keys that the user gave to actions.
public struct Keymap: Equatable, Sendable {
  /// Why a key is not given.
  public enum Problem: Error, Equatable {
    /// There is no such action.
    case unknownAction(String)
    /// The text names no key.
    case unknownKey(String)
    /// Another action was given the same key, and both act in the same place.
    case taken(key: String, by: String)
    /// A character narrows down the pictures there.
    case typesText(key: String)
  }

  private struct Binding: Equatable, Sendable {
    let keys: [KeyPress]
    let scopes: Set<KeyScope>
    /// What the action has by itself.
    let defaults: Set<KeyPress>
  }

  private var bindings: [String: Binding] = [:]

  /// Every action with the keys it has by itself.
  public init() {}

  /// The actions that can be given keys, with the labels of those that they have by themselves.
  public static let actions: [(name: String, title: String, keys: [String])] = {
    var seen: Set<String> = []
    return all.compactMap { action, title in
      guard let name = action.bindingName, seen.insert(name).inserted else { return nil }
      return (name, title, action.keys.map { $0.label(isASCII: true) })
    }
  }()

  /// Gives an action these keys and no others.
  ///
  /// - Parameters:
  ///   - name: what `actions` calls it.
  ///   - labels: such as `Ctrl-S`, `F5`, `x`; none takes its keys away.
  public mutating func bind(_ name: String, to labels: [String]) throws(Problem) {
    let named = Self.all.map(\.action).filter { $0.bindingName == name }
    guard !named.isEmpty else { throw .unknownAction(name) }
    var keys: [KeyPress] = []
    for label in labels {
      guard let key = KeyPress(label: label) else { throw .unknownKey(label) }
      if case .character(let character) = key.key, character != " ", key.modifiers.isEmpty,
        named.contains(where: { $0.keyScope.screens.contains(.picker) })
      {
        throw .typesText(key: label)
      }
      keys.append(key)
    }
    let binding = Binding(
      keys: keys, scopes: Set(named.map(\.keyScope)), defaults: Set(named.flatMap(\.keys)))
    for (other, rival) in bindings.sorted(by: { $0.key < $1.key }) where other != name {
      // What shares a key by itself, as start, pause and resume do, is never offered together.
      guard rival.defaults.isDisjoint(with: binding.defaults),
        rival.scopes.contains(where: { scope in binding.scopes.contains(where: scope.overlaps) }),
        let key = keys.first(where: rival.keys.contains)
      else { continue }
      throw .taken(key: key.label(isASCII: true), by: other)
    }
    bindings[name] = binding
  }

  /// What the user's keys took from actions that have no other key, each with the action that has it now.
  public var losses: [(name: String, to: String)] {
    guard !bindings.isEmpty else { return [] }
    return Self.all.compactMap { action, _ in
      guard let name = action.bindingName, bindings[name] == nil, !action.keys.isEmpty,
        keys(of: action).isEmpty
      else { return nil }
      let taker = bindings.sorted { $0.key < $1.key }.first {
        $0.value.keys.contains(where: action.keys.contains)
      }
      return taker.map { (name, $0.key) }
    }
  }

  /// The keys that the user gave to an action; nil for one that has its own.
  public func labels(of name: String) -> [String]? {
    bindings[name]?.keys.map { $0.label(isASCII: true) }
  }

  func keys(of action: some Bindable) -> [KeyPress] {
    guard !bindings.isEmpty else { return action.keys }
    if let name = action.bindingName, let binding = bindings[name] { return binding.keys }
    return action.keys.filter { key in
      !bindings.values.contains { binding in
        binding.keys.contains(key) && !binding.defaults.contains(key)
          && binding.scopes.contains { $0.overlaps(action.keyScope) }
      }
    }
  }

  private static let all: [(action: any Bindable & Sendable, title: String)] =
    Action.all.map { ($0, $0.title) } + PickerAction.all.map { ($0, $0.explanation) }
    + GalleryAction.all.map { ($0, $0.explanation) }
}

extension Keymap.Problem: CustomStringConvertible {
  /// What is wrong, in a line.
  public var description: String {
    switch self {
    case .unknownAction(let name): "there is no action '\(name)'"
    case .unknownKey(let label): "'\(label)' is no key; keys are like x, Ctrl-S, F5, Space or PgUp"
    case .taken(let key, let other): "\(key) was given to '\(other)' already"
    case .typesText(let key): "\(key) narrows down the pictures there; a key with Ctrl does not"
    }
  }
}
