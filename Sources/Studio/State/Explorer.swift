import Recipes
import Styling
import Terminal

/// The exploration: a grid of small runs around a recipe, to choose among.
public struct Explorer: Equatable, Sendable {
  /// One of the runs.
  public struct Cell: Equatable, Sendable {
    /// Tells its reports from those of others.
    public let id: Int
    /// What it is made by, at the size of the workspace's run.
    public let recipe: Recipe
    /// What it has come to; nil before its first step.
    public var picture: IdentifiedPicture?
    /// How many steps led to `picture`.
    public var iteration = 0
    /// The unweighted content loss one step before.
    public var contentLoss: Double?
    /// The unweighted style loss one step before.
    public var styleLoss: Double?
    /// Whether it takes no more steps.
    public var isOver = false
    /// Whether its loss is no number any more.
    public var hasDiverged = false
  }

  /// The longer sides that pictures can have, in pixels.
  public static let sides = [96, 128, 192]

  /// The longer side of the pictures, in pixels.
  public var side = 128

  /// What the axes are drawn through; what they do not change is the same for all.
  public private(set) var base = Recipe()

  /// What changes from left to right.
  public private(set) var across = ExploreAxis(.contentWeight, through: Recipe())

  /// What changes from top to bottom.
  public private(set) var down = ExploreAxis(.styleWeight, through: Recipe())

  /// The runs, row by row.
  public internal(set) var cells: [Cell] = []

  /// The positions on `across` that columns stand for.
  public private(set) var columns: [Int] = []

  /// The positions on `down` that rows stand for.
  public private(set) var rows: [Int] = []

  /// The cell that has the cursor.
  public var selection = 0

  /// Whether the user halted it.
  public var isPaused = false

  /// Why there is nothing to see; nil while all is well.
  public var failure: String?

  /// Whether runs start from the photograph although their recipe says from an instant stylization.
  public internal(set) var startsFromPhotograph = false

  private var lastID = 0

  /// Nothing.
  public init() {}

  /// The cell in the middle of everything.
  public var center: Int {
    (rows.firstIndex(of: down.position) ?? 0) * columns.count
      + (columns.firstIndex(of: across.position) ?? 0)
  }

  /// The cell that has the cursor.
  public var selected: Cell? { cells.indices.contains(selection) ? cells[selection] : nil }

  /// The side some places further among `sides`; nil beyond an end.
  public func side(movedBy offset: Int) -> Int? {
    let place = (Self.sides.firstIndex(of: side) ?? 0) + offset
    return Self.sides.indices.contains(place) ? Self.sides[place] : nil
  }

  /// Whether every run is over.
  public var isOver: Bool { cells.allSatisfy { $0.isOver } }

  /// How many steps every run has taken.
  public var leastIteration: Int { cells.map(\.iteration).min() ?? 0 }

  /// Begins around a recipe; the axes stay what they were where they can.
  public mutating func begin(around recipe: Recipe, atMost count: Int) {
    let kinds = ExploreAxis.Kind.all(for: recipe)
    let across = kinds.contains(across.kind) ? across.kind : .contentWeight
    let down = kinds.contains(down.kind) && down.kind != across ? down.kind : .styleWeight
    base = recipe
    self.across = ExploreAxis(across, through: recipe)
    self.down = ExploreAxis(down == across ? .contentWeight : down, through: recipe)
    cells = []
    isPaused = false
    failure = nil
    startsFromPhotograph = false
    arrange(atMost: count)
    selection = center
  }

  /// Makes the cell that has the cursor the center.
  public mutating func adopt(atMost count: Int) {
    guard let recipe = selected?.recipe else { return }
    across.move(to: columns[selection % columns.count])
    down.move(to: rows[selection / columns.count])
    arrange(atMost: count)
    selection = cells.firstIndex { $0.recipe == recipe } ?? center
  }

  /// Whether neighbors can be nearer, or farther, on either axis.
  public func canChangeStep(isNarrower: Bool) -> Bool {
    across.canChangeStep(isNarrower: isNarrower) || down.canChangeStep(isNarrower: isNarrower)
  }

  /// Moves neighbors nearer, or farther, on both axes.
  public mutating func changeStep(isNarrower: Bool, atMost count: Int) {
    across.changeStep(isNarrower: isNarrower)
    down.changeStep(isNarrower: isNarrower)
    arrange(atMost: count)
  }

  /// Changes what an axis stands for; the center stays.
  public mutating func use(_ kind: ExploreAxis.Kind, isAcross: Bool, atMost count: Int) {
    base = recipe(across.position, down.position)
    // What presets are compared with has changed; other axes stand on their own.
    if isAcross || across.kind == .presets {
      across = ExploreAxis(isAcross ? kind : .presets, through: base)
    }
    if !isAcross || down.kind == .presets {
      down = ExploreAxis(isAcross ? .presets : kind, through: base)
    }
    arrange(atMost: count)
    selection = center
  }

  /// The recipe that makes a cell's picture.
  func recipe(of cell: Cell) -> Recipe {
    var recipe = cell.recipe
    recipe.size = side
    // Fewer iterations would be other ones where a schedule of sizes spreads them.
    if (recipe.firstSize ?? side) >= side { recipe.iterations = cell.iteration }
    // Runs here share their time.
    recipe.stopAfter = nil
    if startsFromPhotograph { recipe.start = .content }
    return recipe
  }

  /// Changes how large the pictures are; all runs start anew.
  public mutating func resize(to side: Int, atMost count: Int) {
    self.side = side
    cells = []
    startsFromPhotograph = false
    arrange(atMost: count)
  }

  /// Fills the grid around the center; runs of the same recipe go on where they are now.
  public mutating func arrange(atMost count: Int) {
    var before = cells
    let wasCentered = selection == center
    columns = across.positions(atMost: count)
    rows = down.positions(atMost: count)
    cells = rows.flatMap { row in columns.map { recipe($0, row) } }.map { recipe in
      if let same = before.firstIndex(where: { $0.recipe == recipe }) {
        return before.remove(at: same)
      }
      lastID += 1
      return Cell(id: lastID, recipe: recipe)
    }
    selection = wasCentered ? center : min(selection, cells.count - 1)
  }

  /// The recipe at a place.
  private func recipe(_ column: Int, _ row: Int) -> Recipe {
    var recipe = base
    // A preset says much; what the other axis says comes after it.
    let axes = [(across, column), (down, row)]
    for (axis, position) in down.kind == .presets ? axes.reversed() : axes {
      axis.stop(at: position).apply(to: &recipe)
    }
    return recipe
  }

  /// What all runs have in common: pictures, masks, colors, start, layers, model, and the size of the
  /// grid's pictures.
  public var shared: Recipe {
    var shared = Recipe()
    shared.content = base.content
    shared.styles = base.styles.map { Recipe.Style(picture: $0.picture, mask: $0.mask) }
    shared.protect = base.protect
    shared.maskThreshold = base.maskThreshold
    shared.color = base.color
    shared.start = base.start
    shared.size = side
    shared.styleScale = base.styleScale
    shared.model = base.model
    shared.contentLayers = base.contentLayers
    shared.styleLayers = base.styleLayers
    return shared
  }

  /// The runs in the order of their turns: the center first, then its neighbors by their distance.
  public var variations: [Exploration.Variation] {
    func distance(_ index: Int) -> Int {
      let x = index % columns.count - center % columns.count
      let y = index / columns.count - center / columns.count
      return x * x + y * y
    }
    return cells.indices.sorted { (distance($0), $0) < (distance($1), $1) }.map {
      Exploration.Variation(id: cells[$0].id, recipe: cells[$0].recipe)
    }
  }
}
