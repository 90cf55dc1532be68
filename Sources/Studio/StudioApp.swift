import Files
import Foundation
import Terminal

/// The studio at work: takes in what happens, lets `update` decide, does what it asks for, draws.
///
/// One loop on the main thread. It sleeps until the terminal, a signal or a helper wakes it, takes
/// everything that has happened, and draws once.
public final class StudioApp {
  /// Frames that only the engine asks for are at least this far apart.
  private static let frame = Duration.milliseconds(33)

  private let console: Console
  private let mailbox: Mailbox
  private let effects: EffectRunner
  private let picker: PickerServices
  private let gallery: GalleryServices
  private let history: HistoryServices
  private let queue: QueueServices
  private var state: StudioState
  private var isOver = false
  /// The signal that ended it, if one did.
  private var signal: Int32?

  /// A studio on an open console.
  public init(_ settings: StudioSettings, console: Console) {
    self.console = console
    let waker = console.waker
    let mailbox = Mailbox { waker.wake() }
    self.mailbox = mailbox
    effects = EffectRunner(settings, mailbox: mailbox)
    picker = PickerServices(
      cacheFolder: settings.cacheFolder, stateFolder: settings.stateFolder
    ) { mailbox.post(.picker($0)) }
    gallery = GalleryServices(dataFolder: settings.dataFolder) { mailbox.post($0) }
    history = HistoryServices(settings.history) { mailbox.post(.history($0)) }
    queue = QueueServices(
      stateFolder: settings.stateFolder, executable: settings.executable,
      threads: settings.threads
    ) { mailbox.post(.queue($0)) }
    state = StudioState(
      size: console.size, traits: console.traits,
      themes: console.traits.colors == .none ? [.monochrome] : settings.themes)
    state.instant.models = settings.stylists.installed()
    state.instant.networks = settings.stylists.networks()
    state.picker = Picker(
      places: PickerPlaces(
        samples: settings.samplesFolder, photographs: "\(settings.dataFolder)/samples",
        pictures: settings.pictureFolder))
    state.keymap = settings.keymap
    state.preset = settings.preset.name
    state.recipe = settings.preset.recipe
    if let size = settings.size { state.recipe.size = size }
    state.notice = settings.warnings.first.map { .init(.warning, $0) }
    let theme = settings.theme ?? effects.lastTheme
    state.themeIndex =
      state.themes.firstIndex { $0.slug == theme }
      ?? state.themes.firstIndex { $0.slug == Theme.suited(to: state.traits.background) } ?? 0
  }

  /// Runs until the user leaves or the process is asked to end; the console is closed then.
  ///
  /// - Returns: What to tell the user on the normal screen, and the signal that ended it if one did.
  public func run(opening content: String?, _ styles: [String]) -> (
    farewell: [String], signal: Int32?
  ) {
    open(content, styles)
    perform([.history(.findCutShort), .queue(.open)])
    draw()
    var lastFrame = ContinuousClock.now
    var isStale = false
    while !isOver {
      let pause = isStale ? max(.zero, Self.frame - lastFrame.duration(to: .now)) : nil
      let happened = console.events(waitingAtMost: pause)
      // What a person did is answered at once.
      var isUrgent = false
      for event in happened { isUrgent = hear(event) || isUrgent }
      let reports = mailbox.drain()
      for event in reports { take(event) }
      isStale = isStale || !happened.isEmpty || !reports.isEmpty
      if isStale, isUrgent || lastFrame.duration(to: .now) >= Self.frame {
        draw()
        lastFrame = .now
        isStale = false
      }
    }
    console.close()
    gallery.finish()
    history.finish()
    queue.finish()
    effects.finish()
    return (effects.farewell, signal)
  }

  /// Puts the pictures of the command line in their slots.
  private func open(_ content: String?, _ styles: [String]) {
    if let content {
      state.sources.content = Source(path: content)
      perform([.load(.content, path: content)])
    }
    for (index, style) in styles.enumerated() {
      state.sources.styles.append(StyleSource(source: Source(path: style)))
      perform([.load(.style(index), path: style)])
    }
  }

  private func draw() {
    guard !isOver else { return }
    console.show(view(state))
  }

  /// Takes what the terminal tells.
  ///
  /// - Returns: Whether somebody waits for the answer.
  private func hear(_ event: ConsoleEvent) -> Bool {
    switch event {
    case .input(let input): take(.input(input))
    case .resized(let size, let cell): take(.resized(size, cell))
    case .resumed: take(.traitsChanged(console.traits))
    case .terminationRequested(let signal):
      self.signal = signal
      take(.terminationRequested)
    case .woken: return false
    }
    return true
  }

  private func take(_ event: StudioEvent) {
    guard !isOver else { return }
    perform(update(&state, with: event))
  }

  private func perform(_ asked: [StudioEffect]) {
    for effect in asked {
      switch effect {
      case .picker(let effect): picker.run(effect)
      case .gallery(let effect): gallery.run(effect)
      case .history(let effect): history.run(effect)
      case .queue(let effect): queue.run(effect)
      case .keep(let picture, let recipe, let provenance):
        gallery.keep(picture, recipe, provenance)
      case .redraw: console.redraw()
      case .useGraphics(let graphics):
        console.useGraphics(graphics)
        take(.traitsChanged(console.traits))
      case .suspend: console.suspend()
      case .quit: isOver = true
      default: effects.run(effect)
      }
    }
  }
}

extension PickerPlaces {
  /// Where people look for pictures, as far as it is there.
  fileprivate init(samples: String?, photographs: String, pictures: String?) {
    let home = ProcessInfo.processInfo.environment["HOME"]
    func folder(_ path: String?) -> RawPath? {
      var isFolder: ObjCBool = false
      guard let path, FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        isFolder.boolValue
      else { return nil }
      return RawPath(path)
    }
    self.init(
      contentSamples: folder(samples.map { "\($0)/content" }),
      styleSamples: folder(samples.map { "\($0)/style" }),
      photographs: folder(photographs), home: folder(home),
      workingFolder: folder(FileManager.default.currentDirectoryPath),
      pictures: folder(pictures ?? home.map { "\($0)/Pictures" }))
  }
}

extension Theme {
  /// The slug of the theme for a terminal of this background, before the user has chosen one.
  fileprivate static func suited(to background: Color?) -> String {
    (background?.luminance ?? 0) > 0.5 ? "impasto-light" : standard.slug
  }
}
