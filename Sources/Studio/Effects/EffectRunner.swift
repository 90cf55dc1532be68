import Dispatch
import Favorites
import Files
import Foundation
import History
import Pictures
import Recipes
import Tensors
import Terminal

/// Does what `update` asks for; what takes time, off the main thread.
final class EffectRunner {
  private let settings: StudioSettings
  private let mailbox: Mailbox
  private let pictures = PictureShelf()
  private let rescued: RescuedPictures
  private let runs: RunController
  private let explorations: ExploreController
  private let evaluations: EvaluationController
  private let instant: InstantController
  private let player: PlayerController
  private let files = DispatchQueue(label: "impasto.studio.files", qos: .userInitiated)

  /// What was rescued when the studio was left; told after the screen is gone.
  private(set) var farewell: [String] = []

  init(_ settings: StudioSettings, mailbox: Mailbox) {
    self.settings = settings
    self.mailbox = mailbox
    rescued = RescuedPictures(folder: "\(settings.stateFolder)/rescued")
    player = PlayerController(mailbox: mailbox)
    let models = ModelShelf(open: settings.openModel)
    let stylists = StylistShelf(settings.stylists)
    instant = InstantController(
      source: settings.stylists, stylists: stylists, mailbox: mailbox, threads: settings.threads)
    runs = RunController(
      models: models, stylists: stylists, pictures: pictures, mailbox: mailbox,
      recording: RunRecording(
        settings.history, budget: settings.historyBudget, interval: settings.checkpointInterval),
      instant: instant, threads: settings.threads)
    evaluations = EvaluationController(
      models: models, pictures: pictures, mailbox: mailbox, threads: settings.threads)
    explorations = ExploreController(
      models: models, stylists: stylists, pictures: pictures, mailbox: mailbox,
      threads: settings.threads)
  }

  /// Does what does not concern the terminal.
  func run(_ effect: StudioEffect) {
    switch effect {
    case .load(let role, let path): load(path, for: role)
    case .layMask(let request): layMask(request)
    case .estimate(let recipe): runs.estimate(recipe)
    case .start(let id, let recipe, let beginning, let lineage):
      runs.start(id, recipe, from: beginning, lineage: lineage)
    case .pause: runs.pause()
    case .resume: runs.resume()
    case .stop: runs.stop()
    case .leaveRun: runs.leave()
    case .steer(let controls): runs.steer(controls)
    case .explore(let effect):
      // A measurement beside an exploration would measure both.
      runs.forgetEstimate()
      explorations.run(effect)
    case .instant(let effect): instant.run(effect)
    case .player(let effect): player.run(effect)
    case .save(let picture, _, let path, let isOverwriting):
      save(picture, to: path, isOverwriting: isOverwriting)
    case .rescue(let picture, let recipe): rescue(picture, recipe)
    case .evaluate(let picture, let recipe): evaluations.evaluate(picture, recipe)
    case .rememberTheme(let slug): rememberTheme(slug)
    // The app's.
    case .picker, .gallery, .history, .queue, .keep, .redraw, .useGraphics, .suspend, .quit: break
    }
  }

  /// Ends the run, waits for files that are being written, and removes what is no longer needed.
  func finish() {
    runs.leave()
    evaluations.stop()
    explorations.run(.stop)
    instant.finish()
    player.run(.stop)
    runs.waitUntilIdle()
    explorations.waitUntilIdle()
    files.sync {}
  }

  /// The theme that was chosen last.
  var lastTheme: String? {
    (try? FileBytes.read(themeFile, limit: 256)).flatMap { String(validating: $0, as: UTF8.self) }?
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static let thumbnailSide = 512

  private func load(_ path: String, for role: SourceRole) {
    files.async { [pictures, mailbox] in
      let content: Source.Content
      do {
        let picture = try pictures.reread(path)
        let small = min(Self.thumbnailSide, max(picture.width, picture.height))
        content = .loaded(
          thumbnail: IdentifiedPicture(
            picture.resized(longerSide: small, on: Workers(threads: 1))),
          width: picture.width, height: picture.height)
      } catch {
        content = .failed(StudioFailure.line(for: error))
      }
      mailbox.post(.sourceLoaded(role, path: path, content))
      if case .loaded = content, let carried = try? CarriedRecipe(picture: path) {
        mailbox.post(.recipeFound(role, path: path, carried.recipe))
      }
    }
  }

  private func layMask(_ request: MaskOverlay.Request) {
    files.async { [pictures, mailbox] in
      let workers = Workers(threads: 1)
      guard let content = try? pictures.picture(at: request.content),
        let mask = try? pictures.picture(at: request.mask)
      else { return }
      let small = content.resized(
        longerSide: min(Self.thumbnailSide, max(content.width, content.height)), on: workers)
      let overlay = small.showing(
        Mask(mask, threshold: request.threshold)
          .resized(width: small.width, height: small.height, on: workers))
      mailbox.post(.maskLaid(request, IdentifiedPicture(overlay)))
    }
  }

  private func save(_ picture: IdentifiedPicture, to path: String, isOverwriting: Bool) {
    files.async { [mailbox] in
      if !isOverwriting, access(path, F_OK) == 0 {
        mailbox.post(.saveWouldOverwrite(path: path))
        return
      }
      var failure: String?
      do {
        try PictureEncoder.write(picture.picture, to: path)
      } catch {
        failure = StudioFailure.line(for: error)
      }
      mailbox.post(.saved(path: path, picture, failure: failure))
    }
  }

  private func rescue(_ picture: IdentifiedPicture, _ recipe: Recipe) {
    do {
      farewell.append(try rescued.add(picture.picture, recipe))
    } catch {
      farewell.append("the last picture could not be kept: \(StudioFailure.line(for: error))")
    }
  }

  private var themeFile: String { "\(settings.stateFolder)/theme" }

  private func rememberTheme(_ slug: String) {
    files.async { [settings, themeFile] in
      try? FileManager.default.createDirectory(
        atPath: settings.stateFolder, withIntermediateDirectories: true)
      try? AtomicFile.write(Array(slug.utf8), to: themeFile)
    }
  }
}
