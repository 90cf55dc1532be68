import Foundation
import Pictures
import Recipes
import Terminal

@testable import Studio

/// States of the studio that views are tested with: fixed pictures, curves and themes.
enum SampleState: String, CaseIterable {
  case firstStart, photographPicked, picked, noticed, running, steered, paused, layers, failed
  case split, fullScreen, manyStyles, strangeNames, help, palette, prompt, confirmation, themes
  case exploring, exploringPaintings, instant, noInstantModel, styles, blending
  case queue, emptyQueue, film
  case history, emptyHistory, cutShort, cutShortPicture, carriedRecipe

  /// The state in a window.
  func state(
    _ columns: Int, _ rows: Int, theme: Int = 1,
    traits: TerminalTraits = TerminalTraits(
      colors: .direct, glyphs: .full, graphics: .symbols, graphicsReason: "tmux")
  ) -> StudioState {
    var state = StudioState(
      size: Size(columns: columns, rows: rows), traits: traits, themes: Self.allThemes)
    state.themeIndex = theme
    state.takeArticle()
    if self == .firstStart { return state }
    state.sources.content = .sample("harbor.jpg", 1280, 853, .harbor)
    if self == .photographPicked { return state }
    state.sources.styles = [
      StyleSource(source: .sample("impasto-knife.jpg", 960, 960, .knife), weight: 1)
    ]
    state.estimate = Estimate(
      secondsPerIteration: 0.42, memoryBytes: 912_000_000, availableBytes: 20_000_000_000)
    if self == .picked { return state }
    dress(&state)
    return state
  }

  private func dress(_ state: inout StudioState) {
    switch self {
    case .firstStart, .photographPicked, .picked: break
    case .noticed:
      state.notice = .init(
        .error, "2048 px would take 9.1 GB; 6.2 GB are free: choose a smaller size")
      state.estimate?.memoryBytes = 9_100_000_000
      state.estimate?.availableBytes = 6_200_000_000
    case .running: state.runSample(87, of: 200)
    case .steered:
      state.runSample(87, of: 200)
      state.recipe.styleWeight = 31.6
      state.recipe.tvWeight = 12
      state.losses.mark(.steered, at: 30)
      state.losses.mark(.scaleChanged, at: 55)
      state.losses.mark(.continued, at: 70)
      state.focus = .settings
      state.setting = .slider(.styleWeight)
    case .paused:
      state.runSample(120, of: 200)
      state.run.phase = .paused
      state.focus = .filmstrip
      state.filmstrip.select(5)
    case .layers:
      state.runSample(87, of: 200)
      state.showsLayers = true
      state.focus = .chart
    case .failed:
      state.run.recipe = state.completeRecipe
      state.run.phase = .ended(.failed("the model 'vgg16' is not installed"))
    case .split:
      state.runSample(200, of: 200)
      state.run.phase = .ended(.completed)
      state.preview.mode = .split
      state.preview.divider = 0.4
      state.focus = .preview
    case .fullScreen:
      state.runSample(87, of: 200)
      state.preview.isFullScreen = true
      state.preview.zoom = .scale(2)
      state.focus = .preview
    case .manyStyles:
      let shares = [1, 0.5, 0.25, 2, -0.5, 1]
      state.sources.styles = shares.enumerated().map { index, share in
        StyleSource(
          source: .sample("painting-\(index + 1).png", 800, 600, .knife), weight: share)
      }
      state.sources.selection = 4
      state.sources.styles[2].source.content = .failed("not a picture: it is empty")
      state.sources.styles[3].source.content = .loading
    case .strangeNames:
      state.sources.content?.path = "/tmp/\u{1B}[31mred\u{7}\n\u{202E}gpj.exe"
      state.sources.styles = [
        "/tmp/絵画の写真コレクション、とても長い名前のファイル.png", "/tmp/👩‍🎨🖼️ e\u{301}tude.webp",
        "/tmp/" + String(repeating: "very-long-", count: 30) + ".jpg",
      ].map { StyleSource(source: .sample($0, 300, 2000, .knife)) }
      state.notice = .init(.warning, "saved as 絵\u{1B}[2J" + String(repeating: "x", count: 300))
    case .help: state.overlays = [.help(scroll: 3)]
    case .palette: state.overlays = [.palette(TextEntry("the"), selection: 2)]
    case .prompt:
      state.runSample(200, of: 200)
      var prompt = Prompt(
        purpose: .savePath, question: "save the picture as (.png, .jpg or .webp)",
        entry: TextEntry(
          "/home/me/pictures/2026/" + String(repeating: "deep/", count: 12) + "a.gif"))
      prompt.complaint = "end the name in .png, .jpg or .webp"
      state.overlays = [.prompt(prompt)]
    case .confirmation:
      state.runSample(87, of: 200)
      state.overlays = [
        .confirm(
          Confirmation(
            purpose: .quit, question: "Leave without saving?",
            detail: "the picture of iteration 87 is not in a file yet"))
      ]
    case .themes:
      state.runSample(87, of: 200)
      state.overlays = [.themes(selection: 1, before: 0)]
    case .emptyQueue: _ = openQueue(&state)
    case .queue: state.queueSamples()
    case .film:
      state.queueSamples()
      state.queue.select(0)
      _ = togglePlaying(&state)
      let frame = Player.Frame(
        picture: SamplePicture.result.identified, number: 61, count: 240, rate: 25)
      _ = took(.film(frame), ofPlaying: state.player.id, in: &state)
    case .emptyHistory:
      _ = openHistory(&state)
      _ = took(.listed([]), in: &state)
    case .history: state.lookThroughSampleRuns()
    case .cutShort: state.overlays = [.cutShort(SampleRuns.cutShort)]
    case .cutShortPicture:
      var found = SampleRuns.cutShort
      found.isLooking = true
      state.overlays = [.cutShort(found)]
    case .carriedRecipe:
      state.sources.styles[0].source.path = "/p/result.png"
      _ = offer(
        SampleRuns.recipe, carriedBy: "/p/result.png", for: .style(0), in: &state)
    case .instant:
      state.instant.models = ["magenta"]
      state.recipe.strength = 0.8
      state.focus = .settings
      state.setting = .slider(.strength)
      if let request = state.instantRequest {
        state.instant.painting = .init(request: request, picture: SamplePicture.result.identified)
      }
    case .noInstantModel: state.recipe.start = .instant
    case .styles, .blending: state.openStyles(isBlending: self == .blending)
    case .exploring:
      state.runSample(87, of: 200)
      state.explore(selecting: (1, 2))
    case .exploringPaintings:
      state.sources.styles.append(
        StyleSource(source: .sample("絵画\u{1B}[2J.png", 800, 600, .knife), weight: 0.5))
      state.explorer.begin(around: state.completeRecipe, atMost: 3)
      state.explorer.use(.paintings, isAcross: false, atMost: 3)
      state.explore(selecting: (0, 0))
      state.explorer.isPaused = true
      state.explorer.cells[0].hasDiverged = true
    }
  }

  /// Those in `themes/` that bear the program's name, by name: dark, light and high contrast.
  static let allThemes: [Theme] = {
    let here = URL(fileURLWithPath: #filePath)
    let root = (0..<4).reduce(here) { url, _ in url.deletingLastPathComponent() }
    return ThemeCollection(folders: [root.appendingPathComponent("themes").path]).themes
      .filter { $0.slug.hasPrefix("impasto-") }
  }()
}

extension StudioState {
  /// Begins with the preset `article`, whose numbers tests know.
  mutating func takeArticle() {
    preset = "article"
    recipe = presetRecipe
  }
}

extension StudioState {
  /// A run that is so far.
  fileprivate mutating func runSample(_ iteration: Int, of iterations: Int) {
    recipe.iterations = iterations
    run.recipe = completeRecipe
    run.phase = .running
    run.iteration = iteration
    run.scale = 512
    run.secondsPerIteration = 0.4231
    run.memoryBytes = 912_345_678
    run.isSaved = false
    losses.layers = recipe.styleLayers
    for step in 0...iteration {
      let t = Double(step)
      let wiggle = 0.03 * sin(t * 1.7) + 0.02 * sin(t * 0.31)
      let style = 0.82 * exp(-t / 25) + 0.02 + 0.01 * wiggle
      let content = 0.6 * (1 - exp(-t / 8)) + 0.02 * wiggle
      losses.append(
        LossHistory.Sample(
          iteration: step, total: 1000 * 1e-3 * content + 10 * style, content: content,
          style: style, tv: 0.04 + 0.03 * (1 - exp(-t / 30)) + 0.001 * wiggle,
          styleByLayer: (0..<5).map {
            style * (0.4 + 0.3 * Double($0)) * exp(-t / (90 + 40 * Double($0)))
          }))
      if step % 10 == 0 || step == iteration {
        filmstrip.append(
          Filmstrip.Frame(
            iteration: step, picture: SamplePicture.result.identified, total: style))
      }
    }
    run.latest = SamplePicture.result.identified
  }
}

extension StudioState {
  /// A film that is painted, a batch on its way with a picture that failed, and others that wait.
  fileprivate mutating func queueSamples() {
    for (work, output) in [
      (QueuedJob.Work.film(path: "/films/sailing.mp4"), "/films/sailing-painted.mp4"),
      (.batch(folder: "/photos/holiday"), "/photos/holiday-painted"),
      (.batch(folder: "/photos/絵\u{1B}[2J"), "/out"),
      (.film(path: "/films/a.webm"), "/films/b.webm"),
    ] {
      recipe.method = queue.jobs.isEmpty ? .instant : .optimize
      _ = add(work, by: recipe.method, to: output, in: &self)
    }
    var film = QueuedJob.Progress()
    (film.done, film.total) = (240, 240)
    film.results = ["/films/sailing-painted.mp4"]
    _ = took(.progressed(job: 1, film), in: &self)
    _ = took(.ended(job: 1, .done), in: &self)
    notice = nil
    var batch = QueuedJob.Progress()
    (batch.done, batch.total, batch.failures) = (34, 180, 1)
    (batch.secondsLeft, batch.lastFailure) = (512, "moon.png: is no picture")
    for number in 0..<34 { batch.add(result: "/photos/holiday-painted/\(number).png") }
    _ = took(.progressed(job: 2, batch), in: &self)
    queue[id: 4]?.phase = .failed("there is no room left on the disk")
    queue.select(1)
    for path in batch.results.suffix(3) {
      _ = took(.pictured(path: path, SamplePicture.result.identified), in: &self)
    }
  }
}

extension StudioState {
  /// An exploration that is so far, all but the last two pictures.
  fileprivate mutating func explore(selecting place: (column: Int, row: Int)) {
    _ = openExplorer(&self)
    for index in explorer.cells.indices.dropLast(2) {
      explorer.cells[index].picture = SamplePicture.result.identified
      explorer.cells[index].iteration = index < 4 ? 13 : 12
      explorer.cells[index].contentLoss = 0.3141
      explorer.cells[index].styleLoss = 0.0271
    }
    explorer.selection = place.row * explorer.columns.count + place.column
  }
}

extension StudioState {
  /// The contact sheet, all but the last pictures painted.
  fileprivate mutating func openStyles(isBlending: Bool) {
    instant.models = [ContactSheet.model]
    _ = openContactSheet(&self)
    for style in 0..<23 { contactSheet.pictures[style] = SamplePicture.result.identified }
    contactSheet.selection = 8
    guard isBlending else { return }
    contactSheet.blend = [.init(number: 3), .init(number: 8, weight: 0.5)]
    if let request = contactSheetChoice {
      instant.painting = .init(request: request, picture: SamplePicture.knife.identified)
    }
  }
}

/// Pictures made by a formula.
enum SamplePicture {
  case harbor, knife, result

  var identified: IdentifiedPicture {
    switch self {
    case .harbor: Self.harborPicture
    case .knife: Self.knifePicture
    case .result: Self.resultPicture
    }
  }

  private static let harborPicture = IdentifiedPicture(
    made(192, 128) { (128 + $0 / 2, 128, 255 - $1) })
  private static let knifePicture = IdentifiedPicture(
    made(96, 96) { (255 - $0 * 2, $1 * 2, $0 ^ $1) })
  private static let resultPicture = IdentifiedPicture(
    made(256, 171) { (($0 * $1 / 32) & 255, $0 / 2 + 60, 200 - $1) })

  private static func made(
    _ width: Int, _ height: Int, _ color: (Int, Int) -> (Int, Int, Int)
  ) -> Picture {
    var rgb: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let (red, green, blue) = color(x, y)
        rgb += [red, green, blue].map { UInt8(min(max($0, 0), 255)) }
      }
    }
    return Picture(width: width, height: height, rgb: rgb)
  }
}

extension Source {
  fileprivate static func sample(
    _ path: String, _ width: Int, _ height: Int, _ picture: SamplePicture
  ) -> Source {
    Source(
      path: path,
      content: .loaded(thumbnail: picture.identified, width: width, height: height))
  }
}
