import Files
import Foundation
import Recipes
import SwiftCSV
import Yams

/// Items in a table: a file of values between commas, tabs or semicolons, whose first row names the columns.
///
/// Columns are `content`; `style`, a painting or several with weights as in `monet.jpg:2|klee.jpg`;
/// `variation` and `output`, names; and any key of a recipe. An empty cell says nothing.
enum BatchTable {
  private enum Column: String, CaseIterable {
    case content, style, variation, output
  }

  /// The items of a table; paths are taken as relative to its folder.
  ///
  /// - Parameters:
  ///   - path: the table.
  ///   - base: the keys of the recipe that rows depart from.
  static func rows(of path: String, base: [(Node, Node)]) throws(BatchError) -> [BatchPlan.Row] {
    let cells = try cells(of: path)
    let reader = PlanReader(path: path)
    guard let header = cells.first, header.contains(Column.content.rawValue) else {
      throw .malformed(
        path: path, place: "row 1", reason: "there is no column 'content'",
        hint: "the first row names the columns: content,style,…")
    }
    let known = Column.allCases.map(\.rawValue) + Recipe.keys
    for name in header where !known.contains(name) {
      throw .malformed(
        path: path, place: "row 1", reason: "unknown column '\(name)'",
        hint: name.nearest(among: known).map { "did you mean \($0)?" })
    }
    var rows: [BatchPlan.Row] = []
    // Rows differ in pictures more often than in recipes, which take longer to read.
    var recipes: [[String]: Recipe] = [:]
    for (number, cells) in cells.enumerated().dropFirst()
    where cells.contains(where: { !$0.isEmpty }) {
      let place = "row \(number + 1)"
      guard cells.count == header.count else {
        throw .malformed(
          path: path, place: place,
          reason: "it has \(cells.count) cells, the first row has \(header.count)", hint: nil)
      }
      var values: [Column: String] = [:]
      var keys: [(name: String, text: String)] = []
      for (name, text) in zip(header, cells) where !text.isEmpty {
        if let column = Column(rawValue: name) {
          values[column] = text
        } else {
          keys.append((name, text))
        }
      }
      guard let content = values[.content] else {
        throw .malformed(path: path, place: place, reason: "it names no photograph", hint: nil)
      }
      let identity = keys.flatMap { [$0.name, $0.text] }
      let recipe: Recipe
      if let known = recipes[identity] {
        recipe = known
      } else {
        recipe = try reader.recipe(base, nodes(keys), place: place)
        recipes[identity] = recipe
      }
      rows.append(
        BatchPlan.Row(
          content: content.resolved(in: path.parentFolder),
          look: try look(values[.style], recipe, path: path, place: place),
          variation: .init(name: values[.variation] ?? "", recipe: recipe),
          output: values[.output]))
    }
    return rows
  }

  private static func cells(of path: String) throws(BatchError) -> [[String]] {
    // Without its end, the last row would lose an empty last cell.
    let text = try BatchPlanFile.text(of: path) + "\n"
    var rows: [[String]] = []
    do {
      // Its own rows hide that some are too short.
      try EnumeratedCSV(string: text, loadColumns: false)
        .enumerateAsArray(startAt: 0, rowLimit: nil) { rows.append($0) }
    } catch {
      throw .malformed(
        path: path, place: "row \(rows.count + 1)",
        reason: "a quotation mark is not where it belongs", hint: nil)
    }
    return rows
  }

  private static func nodes(_ keys: [(name: String, text: String)]) -> [(Node, Node)] {
    keys.map { key in
      let value = (try? Yams.compose(yaml: key.text)) ?? nil
      return (Node(key.name), value ?? Node(key.text))
    }
  }

  private static func look(
    _ cell: String?, _ recipe: Recipe, path: String, place: String
  ) throws(BatchError) -> BatchPlan.Look? {
    guard recipe.needsPaintings else { return nil }
    guard let cell else {
      throw .malformed(
        path: path, place: place, reason: "it names no painting, which \(recipe.method) needs",
        hint: nil)
    }
    return BatchPlan.Look(
      styles: cell.split(separator: "|").map { part in
        var style = Recipe.Style(picture: String(part))
        if let colon = part.lastIndex(of: ":"), colon != part.startIndex,
          let weight = Double(part[part.index(after: colon)...]), weight.isFinite
        {
          style = Recipe.Style(picture: String(part[..<colon]), weight: weight)
        }
        style.picture = style.picture.resolved(in: path.parentFolder)
        return style
      })
  }
}
