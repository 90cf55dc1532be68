import Favorites
import Recipes
import Terminal

/// Takes over a recipe with its pictures, and goes to the workspace.
///
/// - Parameters:
///   - recipe: what is taken over.
///   - owner: whose recipe it is, such as `the favorite`.
/// - Returns: nil, and says why, when the recipe cannot be used.
func adopt(
  _ recipe: Recipe, of owner: String, in state: inout StudioState
) -> [StudioEffect]? {
  var recipe = recipe
  do { try recipe.validate() } catch {
    state.notice = .init(.error, "its recipe cannot be used: \(error)")
    return nil
  }
  var effects: [StudioEffect] = []
  state.adoption = nil
  state.pendingStart = nil
  state.sources = SourceList()
  // What these pictures carry themselves is nothing to ask about.
  if let path = recipe.content {
    state.sources.content = Source(path: path, isOfRecipe: true)
    effects.append(.load(.content, path: path))
  }
  for (index, style) in recipe.styles.enumerated() {
    state.sources.styles.append(
      StyleSource(
        source: Source(path: style.picture, isOfRecipe: true), weight: style.weight,
        mask: style.mask.map { Source(path: $0, isOfRecipe: true) }))
    effects.append(.load(.style(index), path: style.picture))
    if let mask = style.mask { effects.append(.load(.mask(index), path: mask)) }
  }
  if let path = recipe.protect {
    state.sources.protection = Source(path: path, isOfRecipe: true)
    effects.append(.load(.protection, path: path))
  }
  recipe.content = nil
  recipe.styles = []
  recipe.protect = nil
  state.recipe = recipe
  state.estimate = nil
  state.preview.styleIndex = 0
  state.screen = .workspace
  state.notice = .init(
    .information,
    state.run.isActive
      ? "the sliders are \(owner)'s; the run goes on as it was, R starts over"
      : "the sliders and pictures are \(owner)'s")
  return effects
}

/// Offers to take over the recipe that a chosen picture carries.
func offer(
  _ recipe: Recipe, carriedBy path: String, for role: SourceRole, in state: inout StudioState
) -> [StudioEffect] {
  let source =
    switch role {
    case .content: state.sources.content
    case .style: state.sources.styles.first { $0.source.path == path }?.source
    case .mask, .protection, .batch: nil as Source?
    }
  guard let source, source.path == path, !source.isOfRecipe, !state.isLeaving else { return [] }
  let isAsked = state.overlays.contains {
    if case .confirm(let question) = $0, case .adopt = question.purpose { true } else { false }
  }
  guard !isAsked else { return [] }
  // Below what is in front already: that was asked first.
  state.overlays.insert(
    .confirm(
      Confirmation(
        purpose: .adopt(recipe), question: "Take over the recipe of \(source.name)?",
        detail: recipe.summary)), at: 0)
  return []
}

extension Recipe {
  /// What it is made of and how, in a sentence.
  var summary: String {
    let names = ([content].compactMap(\.self) + styles.map(\.picture)).map {
      $0.split(separator: "/").last.map(String.init) ?? $0
    }
    let how =
      method == .optimize
      ? "\(iterations) iterations at \(size) px, content \(Format.significant(contentWeight, 3)), "
        + "style \(Format.significant(styleWeight, 3))"
      : "\(method) at \(size) px"
    return "It was made of \(names.joined(separator: " and ")): \(how)."
  }
}
