import Favorites
import Recipes

extension BatchPlan {
  /// An item that has no name yet.
  private struct Draft {
    let content: String
    let look: Look?
    let variation: Variation
    var output: String?

    var contentName: String { Look.stem(of: content) }

    /// Styles that networks have built in are called as the method is.
    var styleName: String {
      look?.name ?? variation.recipe.method.description.replacing(":", with: "-")
    }
  }

  /// What there is to paint, photograph by photograph.
  ///
  /// Recipes are not validated anew; pictures need not be there.
  ///
  /// - Throws: `BatchError.nothingToPaint`, `template`, `sameOutput`.
  public func items() throws(BatchError) -> [BatchItem] {
    var drafts: [Draft] = []
    for content in contents {
      for variation in variations where !variation.recipe.needsPaintings {
        drafts.append(Draft(content: content, look: nil, variation: variation))
      }
      for look in looks {
        for variation in variations where variation.recipe.needsPaintings {
          drafts.append(Draft(content: content, look: look, variation: variation))
        }
      }
    }
    for row in rows {
      drafts.append(
        Draft(
          content: row.content, look: row.look, variation: row.variation, output: row.output))
    }
    if contents.isEmpty, rows.isEmpty { throw .nothingToPaint(what: "photograph") }
    if !contents.isEmpty, looks.isEmpty,
      variations.contains(where: { $0.recipe.needsPaintings })
    {
      throw .nothingToPaint(what: "painting")
    }
    return try named(drafts)
  }

  private func named(_ drafts: [Draft]) throws(BatchError) -> [BatchItem] {
    let template: NameTemplate
    if let name { template = name } else { template = try standardName }
    var named: [String: String] = [BatchPages.sheet: "the contact sheet"]
    var items: [BatchItem] = []
    for (index, draft) in drafts.enumerated() {
      let recipe = draft.variation.recipe
      var template = template
      if let own = draft.output { template = try NameTemplate(own) }
      let output = try template.name(
        recipe: recipe.painting(draft.content, like: draft.look?.styles ?? []),
        content: draft.contentName, style: draft.styleName, variation: draft.variation.name,
        index: index, count: drafts.count)
      let description = [draft.content, draft.styleName, draft.variation.name]
        .filter { !$0.isEmpty }.joined(separator: " · ")
      if let other = named.updateValue(description, forKey: output) {
        throw .sameOutput(output, first: other, second: description)
      }
      items.append(
        BatchItem(
          output: output, content: draft.contentName, style: draft.styleName,
          variation: draft.variation.name,
          recipe: recipe.painting(draft.content, like: draft.look?.styles ?? [])
            .withAbsolutePaths()))
    }
    return items
  }

  /// The fields that tell items apart.
  private var standardName: NameTemplate {
    get throws(BatchError) {
      let isVaried =
        variations.count > 1 || rows.contains { !$0.variation.name.isEmpty }
        || variations.contains { !$0.name.isEmpty }
      return try NameTemplate(
        isVaried ? "{content}-{style}-{variation}.png" : "{content}-{style}.png")
    }
  }
}

extension Recipe {
  fileprivate func painting(_ content: String, like styles: [Style]) -> Recipe {
    var recipe = self
    recipe.content = content
    recipe.styles = styles
    return recipe
  }
}
