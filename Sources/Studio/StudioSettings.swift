import History
import Networks
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

  /// The photograph asked for.
  public var content: String?

  /// The paintings asked for.
  public var styles: [String]

  /// How many threads compute.
  public var threads: Int

  /// Opens a model; called off the main thread.
  public var openModel: @Sendable (_ id: String) throws -> VGG

  /// Settings.
  public init(
    dataFolder: String, stateFolder: String, cacheFolder: String, samplesFolder: String?,
    themes: [Theme], theme: String? = nil, content: String? = nil, styles: [String] = [],
    threads: Int, openModel: @escaping @Sendable (_ id: String) throws -> VGG
  ) {
    self.dataFolder = dataFolder
    self.stateFolder = stateFolder
    self.cacheFolder = cacheFolder
    self.samplesFolder = samplesFolder
    self.themes = themes
    self.theme = theme
    self.content = content
    self.styles = styles
    self.threads = threads
    self.openModel = openModel
  }
}
