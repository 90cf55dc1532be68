import Dispatch
import Pictures
import Recipes
import Styling
import Synchronization
import Terminal

/// Runs explorations one after the other, off the main thread, and reports what they do.
final class ExploreController: Sendable {
  /// Pictures of a run are at least this far apart, but for its last.
  private static let interval = Duration.milliseconds(200)

  private struct State {
    /// What is wanted; nil after a stop.
    var shared: Recipe?
    var variations: [Exploration.Variation] = []
    /// What goes on, or is about to.
    var exploration: Exploration?
    var isPaused = false
    /// When a run's picture was reported last.
    var reports: [Int: ContinuousClock.Instant] = [:]
  }

  private let models: ModelShelf
  private let stylists: StylistShelf
  private let pictures: PictureShelf
  private let mailbox: Mailbox
  private let threads: Int
  private let cache = StyleTargetCache()
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "impasto.studio.explorations", qos: .utility)

  init(
    models: ModelShelf, stylists: StylistShelf, pictures: PictureShelf, mailbox: Mailbox,
    threads: Int
  ) {
    self.models = models
    self.stylists = stylists
    self.pictures = pictures
    self.mailbox = mailbox
    self.threads = threads
  }

  /// Does what is asked for and returns at once.
  func run(_ effect: ExploreEffect) {
    switch effect {
    case .develop(let variations, let shared): develop(variations, shared)
    case .pause:
      state.withLock { state in
        state.isPaused = true
        state.exploration?.pause()
      }
    case .resume:
      state.withLock { state in
        state.isPaused = false
        state.exploration?.resume()
      }
    case .stop:
      state.withLock { state in
        state.exploration?.stop()
        state = State()
      }
    }
  }

  /// Waits until no exploration goes on.
  func waitUntilIdle() { queue.sync {} }

  /// Gives the exploration that goes on other runs; starts another one where it cannot take them.
  private func develop(_ variations: [Exploration.Variation], _ shared: Recipe) {
    let isNew = state.withLock { state in
      let isOther = state.shared != shared
      state.variations = variations
      state.shared = shared
      if isOther {
        state.exploration?.stop()
        state.exploration = nil
      } else {
        state.exploration?.explore(variations)
      }
      return isOther
    }
    if isNew { queue.async { [self] in complete(shared) } }
  }

  /// A whole exploration: returns when it is over.
  private func complete(_ shared: Recipe) {
    do {
      guard state.withLock({ $0.shared == shared }) else { return }
      let job = try job(shared)
      guard let exploration = begin(job, shared) else { return }
      let failure = Mutex<(any Error)?>(nil)
      let ended = DispatchSemaphore(value: 0)
      exploration.start(
        onReport: { [self] in report($0) },
        onDivergence: { [self] in mailbox.post(.explore(.diverged(id: $0.id))) },
        onEnd: { result in
          if case .failure(let error) = result { failure.withLock { $0 = error } }
          ended.signal()
        })
      ended.wait()
      if let error = failure.withLock({ $0 }) { throw error }
    } catch {
      let isWanted = state.withLock { state in
        guard state.shared == shared else { return false }
        state.shared = nil
        state.exploration = nil
        return true
      }
      if isWanted { mailbox.post(.explore(.failed(StudioFailure.line(for: error)))) }
    }
  }

  /// An exploration of the runs that are wanted by now; nil when others are.
  private func begin(_ job: StylingJob, _ shared: Recipe) -> Exploration? {
    state.withLock { state in
      guard state.shared == shared, state.exploration == nil else { return nil }
      let exploration = Exploration(job, of: state.variations, cache: cache)
      if state.isPaused { exploration.pause() }
      state.exploration = exploration
      return exploration
    }
  }

  private func report(_ report: Exploration.Report) {
    let id = report.variation.id
    let isDue = state.withLock { state in
      let now = ContinuousClock.now
      if let last = state.reports[id], !report.isLast, last.duration(to: now) < Self.interval {
        return false
      }
      state.reports[id] = now
      return true
    }
    guard isDue else { return }
    mailbox.post(
      .developed(
        id: id, picture: IdentifiedPicture(report.picture), iteration: report.iteration,
        content: report.losses.content, style: report.losses.style, isLast: report.isLast),
      ofRun: id)
  }

  private func job(_ shared: Recipe) throws -> StylingJob {
    let sources = try RecipePictures(of: shared, reading: pictures.picture)
    var recipe = shared
    var stylist: InstantStylist?
    if recipe.start == .instant {
      let look = InstantLook(recipe, paintings: sources.styles)
      do { stylist = try stylists.stylist(recipe.stylizerModel, for: look) } catch {
        recipe.start = .content
        mailbox.post(.explore(.startsFromPhotograph(StudioFailure.line(for: error))))
      }
    }
    return try StylingJob(
      content: sources.content, styles: sources.styles, protection: sources.protection,
      recipe: recipe, network: models.network(of: recipe), threads: threads, stylist: stylist)
  }
}
