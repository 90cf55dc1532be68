import Recipes

/// A row of the settings.
public enum Setting: Hashable, Sendable {
  /// A number on a slider.
  case slider(Parameter)
  /// One of a few words.
  case choice(Choice)

  /// The settings as they are listed: what is moved most comes first.
  public static let all: [Setting] = [
    .choice(.preset), .choice(.method), .slider(.strength), .slider(.contentWeight),
    .slider(.styleWeight), .slider(.detail), .slider(.tvWeight), .slider(.iterations),
    .slider(.size), .slider(.firstSize), .slider(.margin), .choice(.color), .choice(.start),
    .slider(.seed), .choice(.styleLoss), .choice(.optimizer), .slider(.learningRate),
    .slider(.averaging), .choice(.precision), .choice(.upsampling), .choice(.median),
  ]

  /// What the row is called.
  public var title: String {
    switch self {
    case .slider(let parameter): parameter.title
    case .choice(let choice): choice.title
    }
  }

  /// Whether a running job takes a new value at its next iteration; the others wait for a start.
  public var isLive: Bool {
    switch self {
    case .slider(let parameter): parameter.isLive
    case .choice(let choice): choice.isLive
    }
  }

  /// Whether two recipes differ in it.
  func differs(in recipe: Recipe, from other: Recipe) -> Bool {
    switch self {
    case .slider(let parameter): parameter.value(in: recipe) != parameter.value(in: other)
    case .choice(let choice): choice.name(in: recipe) != choice.name(in: other)
    }
  }

  /// Takes its value over from another recipe, if the recipe makes sense with it.
  func take(from other: Recipe, into recipe: inout Recipe) {
    switch self {
    case .slider(let parameter): try? parameter.set(parameter.value(in: other), in: &recipe)
    case .choice(let choice):
      if let name = choice.name(in: other) { try? choice.select(name, in: &recipe) }
    }
  }
}

extension StudioState {
  /// Whether a setting differs from its preset.
  public func isChanged(_ setting: Setting) -> Bool {
    setting.differs(in: recipe, from: presetRecipe)
  }

  /// Whether any setting differs from the preset.
  public var isAnyChanged: Bool { Setting.all.contains(where: isChanged) }
}
