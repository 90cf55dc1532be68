import Batches
import Foundation
import Recipes

/// What the command line asks of a batch, with its plan if it names one.
struct BatchRequest {
  /// What is to be done.
  struct Plan {
    let items: [BatchItem]
    let output: String
    let jobs: Int?
    let threads: Int?
    let slurmOptions: [String]
  }

  let plan: Plan

  /// - Throws: `Failure`, `BatchError`, `RecipeError`.
  init(_ command: BatchCommand.Paint) throws {
    guard command.options.masks.isEmpty else {
      throw Failure(
        "--mask is for a render", hint: "a plan's styles may have masks", code: .usage)
    }
    if let path = command.paths.first(where: FrozenPlan.isFrozen) {
      try Self.requireAlone(path, command)
      plan = Plan(
        items: try FrozenPlan.read(path), output: try Self.output(command.output),
        jobs: command.jobs,
        threads: command.threads, slurmOptions: [])
      return
    }
    var batch = try Self.plan(command)
    for style in command.styles { batch.looks += try BatchPlan.looks(style) }
    if let name = command.name { batch.name = try NameTemplate(name) }
    for recipe in batch.variations.map(\.recipe) { try recipe.validate() }
    plan = Plan(
      items: try batch.items(), output: try Self.output(command.output ?? batch.output),
      jobs: command.jobs ?? batch.jobs, threads: command.threads ?? batch.threads,
      slurmOptions: batch.slurmOptions + command.slurmOption)
  }

  private static func output(_ output: String?) throws -> String {
    guard let output else {
      throw Failure("no folder for the results was given", hint: "-o results", code: .usage)
    }
    return output
  }

  private static func requireAlone(_ path: String, _ command: BatchCommand.Paint) throws {
    guard command.paths.count == 1 else {
      throw Failure("a plan stands alone", of: path, code: .usage)
    }
  }

  private static func plan(_ command: BatchCommand.Paint) throws -> BatchPlan {
    let options = command.options
    if let path = command.paths.first(where: BatchPlanFile.isPlan) {
      try requireAlone(path, command)
      guard options.recipe == nil, options.preset == nil else {
        throw Failure(
          "a plan has its recipe", of: path, hint: "'recipe: {preset: fast}' in the plan",
          code: .usage)
      }
      return try BatchPlanFile.read(path).mapRecipes { try options.resolved(basis: $0) }
    }
    var recipe = try options.resolved(standard: Configuration.loadWarning().recipe)
    let looks =
      recipe.styles.isEmpty || !command.styles.isEmpty
      ? [] : [BatchPlan.Look(styles: recipe.styles)]
    recipe.content = nil
    recipe.styles = []
    let tables = command.paths.filter(BatchPlanFile.isTable)
    var plan = BatchPlan(
      contents: try BatchPlan.contents(command.paths.filter { !tables.contains($0) }), looks: looks,
      variations: [.init(recipe: recipe)])
    for table in tables { plan.rows += try BatchPlanFile.readTable(table, basis: recipe) }
    return plan
  }
}
