import Favorites
import History
import Recipes
import Terminal

/// What the history's helpers report.
public enum HistoryEvent: Sendable {
  /// A run of a studio was cut short.
  case foundCutShort(CutShort)
  /// The runs were read.
  case listed([RecordedRun])
  /// A run's losses were read.
  case losses(run: String, LossTable)
  /// A picture was read, or why not.
  case frame(RunBrowser.Frame, GalleryPicture)
  /// A run was read, to go on with it.
  case reopened(ReopenedRun, HistoryReopening)
  /// A run was deleted.
  case removed(run: String)
  /// Something that was asked for did not happen, for this reason.
  case refused(String)
}

/// A run that ended though nobody wanted that.
public struct CutShort: Equatable, Sendable {
  /// The run.
  public var run: RecordedRun
  /// Where it was saved last: after so many steps.
  public var iteration: Int
  /// What it looked like then.
  public var picture: IdentifiedPicture
  /// How many seconds ago that was.
  public var age: Double
  /// Names of the pictures it is made of that are no longer what they were.
  public var changed: [String]
  /// Whether the picture is looked at.
  public var isLooking = false

  /// A run that was cut short.
  public init(
    run: RecordedRun, iteration: Int, picture: IdentifiedPicture, age: Double,
    changed: [String] = []
  ) {
    self.run = run
    self.iteration = iteration
    self.picture = picture
    self.age = age
    self.changed = changed
  }
}

/// A run of the history with what the workspace shows of a run.
public struct ReopenedRun: Equatable, Sendable {
  /// An earlier picture.
  public struct Frame: Equatable, Sendable {
    /// After so many steps.
    public var iteration: Int
    /// What it looked like.
    public var picture: IdentifiedPicture

    /// An earlier picture.
    public init(iteration: Int, picture: IdentifiedPicture) {
      self.iteration = iteration
      self.picture = picture
    }
  }

  /// The run.
  public var run: RecordedRun
  /// What it goes on by.
  public var recipe: Recipe
  /// After so many steps it goes on.
  public var iteration: Int
  /// What it looks like there.
  public var picture: IdentifiedPicture
  /// How long the engine had worked on it.
  public var seconds: Double
  /// How its losses developed.
  public var losses: LossTable
  /// Its earlier pictures.
  public var frames: [Frame]

  /// A run with what the workspace shows of it.
  public init(
    run: RecordedRun, recipe: Recipe, iteration: Int, picture: IdentifiedPicture, seconds: Double,
    losses: LossTable, frames: [Frame] = []
  ) {
    self.run = run
    self.recipe = recipe
    self.iteration = iteration
    self.picture = picture
    self.seconds = seconds
    self.losses = losses
    self.frames = frames
  }
}
