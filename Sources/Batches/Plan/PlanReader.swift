import Files
import Foundation
import Recipes
import Yams

/// Turns a plan's YAML into a plan, and says which line makes no sense.
struct PlanReader {
  /// The file.
  let path: String

  private enum Key: String, CaseIterable {
    case contents, styles, recipe, variations, tables, output, name, jobs, threads, slurm
  }

  private var folder: String { path.parentFolder }

  func plan(_ table: Node.Mapping) throws(BatchError) -> BatchPlan {
    var values: [Key: Node] = [:]
    for (key, value) in table {
      let name = key.scalar?.string ?? ""
      guard let known = Key(rawValue: name) else {
        throw unknown(key, among: Key.allCases.map(\.rawValue))
      }
      if value.null == nil { values[known] = value }
    }
    var plan = BatchPlan(contents: [], looks: [], variations: [])
    plan.contents = try BatchPlan.contents(paths(values[.contents], "contents"))
    for node in try list(values[.styles], "styles") { plan.looks += try looks(node) }
    let base = try mapping(values[.recipe], "recipe")
    plan.variations = try variations(values[.variations], base)
    for table in try paths(values[.tables], "tables") {
      plan.rows += try BatchTable.rows(of: table, base: base)
    }
    if let name = values[.name] { plan.name = try template(name) }
    if let output = values[.output] {
      plan.output = try text(output, "output").resolved(in: folder)
    }
    plan.jobs = try values[.jobs].map { node throws(BatchError) in try count(node, "jobs") }
    plan.threads = try values[.threads].map { node throws(BatchError) in
      try count(node, "threads")
    }
    for option in try list(values[.slurm], "slurm") {
      plan.slurmOptions.append(try text(option, "an option of sbatch"))
    }
    return plan
  }

  /// What is wrong with YAML.
  func unreadable(_ error: any Error) -> BatchError {
    let reason: (mark: Mark?, text: String) =
      switch error {
      case YamlError.scanner(_, let problem, let mark, _),
        YamlError.parser(_, let problem, let mark, _),
        YamlError.composer(_, let problem, let mark, _):
        (mark, problem)
      default: (nil, "\(error)".split(whereSeparator: \.isNewline).first.map(String.init) ?? "")
      }
    return .malformed(
      path: path, place: reason.mark.map { "line \($0.line)" }, reason: reason.text, hint: nil)
  }
}

// MARK: Styles

extension PlanReader {
  private enum LookKey: String, CaseIterable {
    case picture, weight, mask, name, mix
  }

  private func looks(_ node: Node) throws(BatchError) -> [BatchPlan.Look] {
    guard let table = node.mapping else {
      return try BatchPlan.looks(text(node, "a style").resolved(in: folder))
    }
    var name: String?
    for (key, value) in table {
      guard let known = LookKey(rawValue: key.scalar?.string ?? "") else {
        throw unknown(key, among: LookKey.allCases.map(\.rawValue))
      }
      if known == .name { name = try text(value, "a style's name") }
    }
    guard let mix = table["mix"] else {
      return [BatchPlan.Look(name: name, styles: [try style(node)])]
    }
    var styles: [Recipe.Style] = []
    for part in try list(mix, "mix") { styles.append(try style(part)) }
    if styles.isEmpty { throw problem(at: mix, "mix: there is no painting in it") }
    return [BatchPlan.Look(name: name, styles: styles)]
  }

  private func style(_ node: Node) throws(BatchError) -> Recipe.Style {
    guard let table = node.mapping else {
      return Recipe.Style(picture: try text(node, "a painting").resolved(in: folder))
    }
    let pairs = table.filter { $0.key.scalar?.string != LookKey.name.rawValue }.map {
      ($0.key, $0.value)
    }
    do {
      var style = try YAMLDecoder().decode(Recipe.Style.self, from: Node(pairs))
      style.picture = style.picture.resolved(in: folder)
      style.mask = style.mask?.resolved(in: folder)
      return style
    } catch {
      throw problem(
        at: node, "a painting must be a path, or picture, weight and mask",
        hint: "{picture: monet.jpg, weight: 2}")
    }
  }
}

// MARK: Recipes

extension PlanReader {
  /// The keys of a recipe that a plan gives in other ways.
  static let otherKeys = ["content", "styles"]

  /// The recipes: one of no name, if the plan varies nothing.
  private func variations(
    _ node: Node?, _ base: [(Node, Node)]
  ) throws(BatchError) -> [BatchPlan.Variation] {
    guard let node else { return [.init(recipe: try recipe(base))] }
    guard let table = node.mapping, !table.isEmpty else {
      throw problem(at: node, "variations: it must be names with recipes")
    }
    var variations: [BatchPlan.Variation] = []
    for (key, value) in table {
      let changes = value.null == nil ? try mapping(value, "a variation") : []
      variations.append(
        .init(name: try text(key, "a variation's name"), recipe: try recipe(base, changes)))
    }
    return variations
  }

  /// A recipe of what keys say, later ones before earlier ones.
  ///
  /// - Parameters:
  ///   - base: what `changes` depart from.
  ///   - place: where it stands, when not in this file's lines.
  func recipe(
    _ base: [(Node, Node)], _ changes: [(Node, Node)] = [], place: String? = nil
  ) throws(BatchError) -> Recipe {
    let changed = Set(changes.compactMap { $0.0.scalar?.string })
    let pairs = base.filter { !changed.contains($0.0.scalar?.string ?? "") } + changes
    for (key, _) in pairs {
      let known = Recipe.keys.filter { !Self.otherKeys.contains($0) }
      if !known.contains(key.scalar?.string ?? "") {
        throw unknown(key, among: known, place: place)
      }
    }
    do { return try RecipeFile.recipe(in: Node(pairs), named: path) } catch {
      // The value that is wrong by itself, or that the error names.
      let culprit = pairs.first { pair in
        if case .outOfRange(let field, _, _) = error { return field == pair.0.scalar?.string }
        return (try? RecipeFile.recipe(in: Node([pair]), named: path)) == nil
      }
      let reason = "\(error)".replacing("not a recipe: ", with: "")
      throw .malformed(
        path: path, place: place ?? culprit.flatMap { line(of: $0.0) }, reason: reason, hint: nil)
    }
  }
}

// MARK: Nodes

extension PlanReader {
  private func line(of node: Node) -> String? { node.mark.map { "line \($0.line)" } }

  private func problem(
    at node: Node, _ reason: String, hint: String? = nil, place: String? = nil
  ) -> BatchError {
    .malformed(path: path, place: place ?? line(of: node), reason: reason, hint: hint)
  }

  private func unknown(_ key: Node, among known: [String], place: String? = nil) -> BatchError {
    let name = key.scalar?.string ?? ""
    return problem(
      at: key, "unknown key '\(name)'",
      hint: name.nearest(among: known).map { "did you mean \($0)?" }
        ?? "there are \(known.joined(separator: ", "))", place: place)
  }

  private func text(_ node: Node, _ what: String) throws(BatchError) -> String {
    guard let text = node.scalar?.string, !text.isEmpty else {
      throw problem(at: node, "\(what): it must be text")
    }
    return text
  }

  private func template(_ node: Node) throws(BatchError) -> NameTemplate {
    do { return try NameTemplate(text(node, "name")) } catch {
      guard case .template(_, let reason, let hint) = error else { throw error }
      throw problem(at: node, "name: \(reason)", hint: hint)
    }
  }

  private func count(_ node: Node, _ what: String) throws(BatchError) -> Int {
    guard let count = node.int, (1...256).contains(count) else {
      throw problem(at: node, "\(what): it must be a whole number from 1 to 256")
    }
    return count
  }

  /// One thing is a list of one.
  private func list(_ node: Node?, _ what: String) throws(BatchError) -> [Node] {
    guard let node else { return [] }
    if let sequence = node.sequence { return Array(sequence) }
    return [node]
  }

  private func paths(_ node: Node?, _ what: String) throws(BatchError) -> [String] {
    var paths: [String] = []
    for part in try list(node, what) {
      paths.append(try text(part, what).resolved(in: folder))
    }
    return paths
  }

  private func mapping(_ node: Node?, _ what: String) throws(BatchError) -> [(Node, Node)] {
    guard let node else { return [] }
    guard let table = node.mapping else {
      throw problem(at: node, "\(what): it must be keys of a recipe with their values")
    }
    return table.map { ($0.key, $0.value) }
  }
}
