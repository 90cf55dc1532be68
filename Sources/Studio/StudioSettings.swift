import History
import Networks
import Recipes
import Styling
import Terminal

/// What the studio needs to know of where it runs.
public struct StudioSettings: Sendable {
  /// Where favorites go: `pictures/` in it.
  public var dataFolder: String

  /// Where what can be lost goes: rescued pictures, the last theme.
  public var stateFolder: String

  /// How many bytes the history may take.
  public var historyBudget = RunHistory.standardBudget

  /// How much work a crash may cost.
  public var checkpointInterval = Duration.seconds(10)

  /// The runs of this user.
  var history: RunHistory { RunHistory(RunFolder(path: "\(stateFolder)/runs")) }

  /// Where small copies of pictures are kept.
  public var cacheFolder: String

  /// The folder of the sample photographs and paintings, where it was found.
  public var samplesFolder: String?

  /// All themes; at least one.
  public var themes: [Theme]

  /// The theme asked for; nil takes the last one used, or the first.
  public var theme: String?

  /// The preset to begin with.
  public var preset: Preset

  /// The longer side of results; nil for the preset's.
  public var size: Int?

  /// The folder in which photographs are looked for first; nil for the usual places.
  public var pictureFolder: String?

  /// The keys that the user gave to actions.
  public var keymap = Keymap()

  /// What to tell the user first, such as what of the configuration makes no sense.
  public var warnings: [String] = []

  /// The photograph asked for.
  public var content: String?

  /// The paintings asked for.
  public var styles: [String]

  /// How many threads compute.
  public var threads: Int

  /// The program, which works on the queue.
  public var executable: String

  /// Opens a model; called off the main thread.
  public var openModel: @Sendable (_ id: String, _ precision: Recipe.Precision) throws -> VGG

  /// The networks that paint in one pass.
  public var stylists: StylistSource

  /// Settings.
  public init(
    dataFolder: String, stateFolder: String, cacheFolder: String, samplesFolder: String?,
    themes: [Theme], theme: String? = nil, content: String? = nil, styles: [String] = [],
    preset: Preset = Preset.all[0], threads: Int,
    executable: String,
    openModel: @escaping @Sendable (_ id: String, _ precision: Recipe.Precision) throws -> VGG,
    stylists: StylistSource
  ) {
    self.dataFolder = dataFolder
    self.stateFolder = stateFolder
    self.cacheFolder = cacheFolder
    self.samplesFolder = samplesFolder
    self.themes = themes
    self.theme = theme
    self.content = content
    self.styles = styles
    self.preset = preset
    self.threads = threads
    self.executable = executable
    self.openModel = openModel
    self.stylists = stylists
  }
}
