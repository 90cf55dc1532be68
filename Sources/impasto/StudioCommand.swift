import ArgumentParser
import Checkpoints
import Foundation
import Networks
import Pictures
import Recipes
import Studio
import Styling
import Terminal

/// `impasto studio`: pick, slide, watch and steer in the terminal.
struct StudioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "studio",
    abstract: "Pick pictures, move sliders and watch the painting develop.",
    discussion: """
      'impasto' alone opens the studio too. In it, ? shows all keys and : all commands.

      EXAMPLES
        impasto
        impasto studio photo.jpg painting.jpg
        impasto studio --theme impasto-light --graphics sixel
      """)

  @Argument(help: "The photograph.", completion: .file())
  var content: String?

  @Argument(help: "The paintings.", completion: .file())
  var styles: [String] = []

  @Option(help: ArgumentHelp("The colors: the name of a theme.", valueName: "name"))
  var theme: String?

  @Option(help: "How pictures are shown.")
  var graphics: GraphicsOption?

  @Option(help: ArgumentHelp("How many threads compute (default: one a core).", valueName: "n"))
  var threads: Int?

  /// How pictures are shown.
  enum GraphicsOption: String, ExpressibleByArgument, CaseIterable {
    case auto, kitty, sixel, iterm, symbols, ascii

    var graphics: TerminalTraits.Graphics? { TerminalTraits.Graphics(rawValue: rawValue) }
  }

  func run() throws {
    let folders = Folders()
    let (configuration, problems) = Configuration.load(folders)
    let library = ThemeLibrary(folders)
    if let theme, library.collection.index(of: theme) == nil {
      throw Failure(
        "there is no theme '\(theme)'", hint: "there are \(library.slugs.joined(separator: ", "))",
        code: .usage)
    }
    for path in [content].compactMap(\.self) + styles {
      _ = try PictureDecoder.header(of: path)
    }
    let threads = try validThreads(threads, configuration)
    try Console.requireTerminal(environment: ProcessInfo.processInfo.environment)
    // A download wants a progress line and can fail: better before the screen is taken.
    let models = ModelLibrary(progress: ProgressLine())
    if !models.store.isInstalled("vgg16") { try models.install("vgg16") }
    var settings = StudioSettings(
      dataFolder: folders.data, stateFolder: folders.state, cacheFolder: folders.cache,
      samplesFolder: Installation.folder("samples"), themes: library.collection.themes,
      theme: library.slug(of: theme ?? configuration.theme), content: content, styles: styles,
      preset: try Preset.named(configuration.preset), threads: threads,
      executable: Installation.program,
      openModel: { id, precision in
        try VGG(checkpoint: ModelStore(folder: folders.models).open(id), as: precision)
      },
      stylists: StylistSource(store: models.store))
    settings.size = configuration.size
    settings.historyBudget = configuration.historySize
    settings.checkpointInterval = .seconds(configuration.checkpointEvery)
    settings.pictureFolder = configuration.pictures
    settings.keymap = configuration.keymap
    settings.warnings = warnings(configuration, problems, library)
    let console = try Console.open(
      ConsoleOptions(graphics: (graphics ?? configuration.graphics).graphics),
      environment: ProcessInfo.processInfo.environment)
    let (farewell, signal) = StudioApp(settings, console: console).run(
      opening: content.map(absolute), styles.map(absolute))
    for line in farewell { print("not saved, but kept: \(line)".printable) }
    if let signal { throw ExitCode(128 + signal) }
  }

  /// What the studio tells first: it must not fail for what nobody needs.
  private func warnings(
    _ configuration: Configuration, _ problems: [Configuration.Problem], _ library: ThemeLibrary
  ) -> [String] {
    let all =
      problems.map(\.line)
      + [configuration.theme.flatMap { theme == nil ? library.problem(with: $0)?.line : nil }]
      .compactMap(\.self) + library.collection.problems.map { "\($0)" }
    guard all.count > 1 else { return all }
    return ["\(all[0]) (and \(all.count - 1) more: impasto config check)"]
  }

  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }
}

extension StylistSource {
  /// The networks of a store.
  fileprivate init(store: ModelStore) {
    self.init(
      installed: { Set(((try? store.list()) ?? []).filter(\.isInstalled).map(\.id)) },
      networks: {
        ((try? store.list()) ?? []).filter { $0.isInstalled && $0.known == nil }.map(\.id)
          .filter { id in
            (try? store.open(id).metadata["architecture"]) == GraphCheckpoint.architecture
          }
      },
      open: { id in InstantStylist(try Stylizer(checkpoint: store.open(id))) },
      install: { id, progress, isCancelled in
        guard !store.isInstalled(id) else { return }
        try store.install(
          id, progress: { progress(Double($0) / Double(max($1, 1))) }, isCancelled: isCancelled)
      })
  }
}
