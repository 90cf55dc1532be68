import Foundation
import Recipes

/// What a column or a row of the exploration stands for.
public enum ExploreStop: Equatable, Sendable {
  /// A value of a slider.
  case value(Parameter, Double)
  /// The paintings' shares, in their order.
  case shares([Double])
  /// What a preset says of weights, optimizer and iterations.
  case preset(String)
  /// The sliders as they were.
  case asIs

  /// Makes a recipe what this stands for.
  public func apply(to recipe: inout Recipe) {
    switch self {
    case .value(let parameter, let value): try? parameter.set(value, in: &recipe)
    case .shares(let shares):
      for (index, share) in zip(recipe.styles.indices, shares) {
        recipe.styles[index].weight = share
      }
    case .preset(let name):
      guard let preset = Preset.all.first(where: { $0.name == name })?.recipe else { return }
      recipe.contentWeight = preset.contentWeight
      recipe.styleWeight = preset.styleWeight
      recipe.tvWeight = preset.tvWeight
      recipe.styleLoss = preset.styleLoss
      recipe.detail = preset.detail
      recipe.normalizesGradients = preset.normalizesGradients
      recipe.optimizer = preset.optimizer
      recipe.averaging = preset.averaging
      recipe.adam = preset.adam
      recipe.firstSize = preset.firstSize
      recipe.iterations = preset.iterations
    case .asIs: break
    }
  }

  /// What to call it; paintings by these names.
  public func label(paintings: [String]) -> String {
    switch self {
    case .value(let parameter, let value): return parameter.text(value)
    case .shares(let shares):
      return zip(paintings, shares).filter { $1 != 0 }
        .map { $1 == 1 ? $0 : "\(Format.significant($1, 3)) \($0)" }.joined(separator: " + ")
    case .preset(let name): return name
    case .asIs: return "as it is"
    }
  }
}
