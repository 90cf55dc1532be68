import Recipes
import Terminal

/// Everything the studio shows and decides by: plain values, no terminal, no engine.
public struct StudioState: Equatable, Sendable {
  /// A part of the workspace that takes keys.
  public enum Pane: String, CaseIterable, Hashable, Sendable {
    case sources, settings, preview, chart, filmstrip
  }

  /// What fills the window.
  public enum Screen: Hashable, Sendable {
    case workspace
    case picker
    case gallery
    case explore
    case history
    case styles
    case queue
  }

  /// A line that tells what came of something.
  public struct Notice: Equatable, Sendable {
    /// How to take it.
    public enum Kind: Equatable, Sendable { case information, success, warning, error }
    /// How to take it.
    public var kind: Kind
    /// The line.
    public var text: String

    /// A notice.
    public init(_ kind: Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  /// The window in cells.
  public var size: Size

  /// What the terminal can do.
  public var traits: TerminalTraits

  /// All themes, and which one is on.
  public var themes: [Theme]
  /// The index of the theme that is on.
  public var themeIndex = 0

  /// The keys that the user gave to actions.
  public var keymap = Keymap()

  /// What fills the window.
  public var screen = Screen.workspace

  /// What is in front of it, the frontmost last.
  public var overlays: [Overlay] = []

  /// The pane that has the keys.
  public var focus = Pane.sources

  /// What is painted from.
  public var sources = SourceList()

  /// The preset that the settings are compared with.
  public var preset = Preset.all[0].name

  /// What the next start or iteration uses; its pictures are in `sources`.
  public var recipe = Preset.all[0].recipe

  /// The setting that has the cursor.
  public var setting = Setting.slider(.contentWeight)

  /// The job.
  public var run = Run()

  /// What a start would take; nil while unknown.
  public var estimate: Estimate?

  /// The run's curves.
  public var losses = LossHistory()

  /// What was measured of results.
  public var evaluations = Evaluations()

  /// Whether the chart shows the style loss layer by layer.
  public var showsLayers = false

  /// The run's past pictures.
  public var filmstrip = Filmstrip()

  /// How pictures are looked at.
  public var preview = Preview()

  /// The mask that the preview shows.
  public var maskOverlay = MaskOverlay()

  /// The file browser.
  public var picker = Picker()

  /// The favorites.
  public var gallery = Gallery()

  /// The runs of the past.
  public var history = RunBrowser()

  /// The favorite that the sliders and pictures were taken over from.
  public var adoption: Adoption?

  /// What a run starts from as soon as its pictures were read.
  public var pendingStart: PendingStart?
  /// The exploration.
  public var explorer = Explorer()

  /// What is painted in one pass of the pictures.
  public var instant = InstantPreview()

  /// The photograph in the built-in styles.
  public var contactSheet = ContactSheet()

  /// What is painted beside the studio.
  public var queue = JobQueue()

  /// The film or filmstrip that is played.
  public var player = Player()

  /// Where the user saved last.
  public var savePath: String?

  /// What came of the last thing; gone at the next key.
  public var notice: Notice?

  /// The program is about to leave.
  public var isLeaving = false

  /// A studio as it is when it opens.
  public init(size: Size, traits: TerminalTraits, themes: [Theme]) {
    precondition(!themes.isEmpty)
    self.size = size
    self.traits = traits
    self.themes = themes
  }

  /// The theme that is on.
  public var theme: Theme { themes[themeIndex] }

  /// The recipe of the preset.
  public var presetRecipe: Recipe {
    Preset.all.first { $0.name == preset }?.recipe ?? Recipe()
  }

  /// The picture that the preview shows as the result; before there is one, what one pass paints.
  var previewedResult: IdentifiedPicture? {
    filmstrip.selected?.picture
      ?? (run.phase == .running ? run.previewed ?? run.latest : run.latest) ?? instantPicture
  }

  /// The picture that is looked at as the result: the frame chosen in the filmstrip, or the latest.
  public var result: IdentifiedPicture? { filmstrip.selected?.picture ?? run.latest }
}
