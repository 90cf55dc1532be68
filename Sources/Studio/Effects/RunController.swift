import Dispatch
import Favorites
import History
import Networks
import Pictures
import Recipes
import Styling
import Synchronization
import Tensors
import Terminal

/// Runs jobs one after the other, off the main thread, and reports what they do.
final class RunController: Sendable {
  private struct State {
    /// The run that is wanted; nil after a stop.
    var wanted: Int?
    /// The run that goes on.
    var steering: Steering?
    var isPaused = false
    var controls: Steering.Controls?
    /// What the last run left, to go on exactly there.
    var checkpoint: Checkpoint?
    /// What the last run is called in the history.
    var recorded: String?
    /// Whether the studio is being left: then runs are cut short, not stopped.
    var isLeaving = false
    /// The latest measurement that is wanted.
    var estimate = 0
    /// The latest iterate whose picture was not reported.
    var unseen: (id: Int, iterate: RunEvent)?
    /// When the preview was last to follow.
    var lastPreview: ContinuousClock.Instant?
  }

  /// The preview follows a run at most this often: turning a picture into symbols or sixels takes some
  /// hundredth of a second from the engine's time, and eyes follow a painting no faster.
  private static let previewInterval = Duration.milliseconds(750)

  private let models: ModelShelf
  private let stylists: StylistShelf
  private let pictures: PictureShelf
  private let mailbox: Mailbox
  private let recording: RunRecording
  private let instant: InstantController
  private let threads: Int
  private let cache = StyleTargetCache()
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "impasto.studio.runs", qos: .utility)

  init(
    models: ModelShelf, stylists: StylistShelf, pictures: PictureShelf, mailbox: Mailbox,
    recording: RunRecording, instant: InstantController, threads: Int
  ) {
    self.models = models
    self.stylists = stylists
    self.instant = instant
    self.pictures = pictures
    self.mailbox = mailbox
    self.recording = recording
    self.threads = threads
  }

  /// Starts a run as soon as the one before is over, and asks that one to end.
  func start(
    _ id: Int, _ recipe: Recipe, from beginning: Beginning, lineage: Favorite.Lineage? = nil
  ) {
    state.withLock { state in
      state.steering?.stop()
      state.wanted = id
      state.isPaused = false
      state.controls = nil
      state.estimate += 1
    }
    queue.async { [self] in run(id, recipe, from: beginning, lineage) }
  }

  /// Halts the run, and shows where it halts.
  func pause() {
    let unseen = state.withLock { state in
      state.isPaused = true
      state.steering?.pause()
      defer { state.unseen = nil }
      return state.unseen
    }
    if let unseen { mailbox.post(.run(id: unseen.id, unseen.iterate)) }
  }

  /// Goes on.
  func resume() {
    state.withLock { state in
      state.isPaused = false
      state.steering?.resume()
    }
  }

  /// Ends the run; it reports its last picture.
  func stop() {
    state.withLock { state in
      state.wanted = nil
      state.steering?.stop()
    }
  }

  /// Ends the run since the studio is left; what it takes to go on with it the next time is kept.
  func leave() {
    state.withLock { state in
      // One that was stopped before stays stopped.
      if state.wanted != nil { state.isLeaving = true }
      state.wanted = nil
      state.steering?.stop()
    }
  }

  /// Changes what the next iteration uses.
  func steer(_ controls: Steering.Controls) {
    state.withLock { state in
      state.controls = controls
      state.steering?.steer { $0 = controls }
    }
  }

  /// Waits until no run goes on.
  func waitUntilIdle() { queue.sync {} }

  /// Measures nothing that was not begun yet.
  func forgetEstimate() { state.withLock { $0.estimate += 1 } }

  /// Measures what a start would take, unless something newer comes between.
  func estimate(_ recipe: Recipe) {
    let number = state.withLock { state in
      state.estimate += 1
      return state.estimate
    }
    queue.async { [self] in
      // Both would be slower at once, and what is measured would be wrong.
      instant.waitUntilIdle()
      guard state.withLock({ $0.estimate == number }) else { return }
      var recipe = recipe
      recipe.start = .content
      let job = try? job(recipe, from: StylingJob.Beginning.recipe)
      let cost = job.flatMap { job in
        (try? CostLine(measuring: job)).map { line in
          Estimate(
            secondsPerIteration: line.secondsPerIteration(
              of: recipe, width: job.content.width, height: job.content.height),
            memoryBytes: SystemMemory.residentBytes
              + line.tensorBytes(of: recipe, width: job.content.width, height: job.content.height),
            availableBytes: SystemMemory.residentBytes + SystemMemory.availableBytes)
        }
      }
      guard state.withLock({ $0.estimate == number }) else { return }
      mailbox.post(.estimated(cost))
    }
  }

  private func run(
    _ id: Int, _ recipe: Recipe, from beginning: Beginning, _ lineage: Favorite.Lineage?
  ) {
    let end: (Run.Phase.End, IdentifiedPicture?, Int)
    do {
      end = try complete(id, recipe, from: beginning, lineage)
    } catch {
      end = (.failed(StudioFailure.line(for: error)), nil, 0)
    }
    state.withLock { state in
      state.steering = nil
      state.unseen = nil
    }
    mailbox.post(.run(id: id, .ended(end.0, picture: end.1, iterations: end.2)))
  }

  /// A whole run: returns when it is over.
  private func complete(
    _ id: Int, _ recipe: Recipe, from beginning: Beginning, _ lineage: Favorite.Lineage?
  ) throws -> (Run.Phase.End, IdentifiedPicture?, Int) {
    guard state.withLock({ $0.wanted == id }) else { return (.stopped, nil, 0) }
    let (checkpoint, recorded) = state.withLock { ($0.checkpoint, $0.recorded) }
    let track = try recording.begin(
      recipe, from: beginning, lineage, last: checkpoint, recordedAs: recorded)
    do {
      return recipe.isInstant ? try paint(id, recipe, track) : try complete(id, recipe, track)
    } catch {
      track.recorder?.fail(StudioFailure.line(for: error))
      throw error
    }
  }

  private func complete(
    _ id: Int, _ recipe: Recipe, _ track: RunRecording.Track
  ) throws -> (Run.Phase.End, IdentifiedPicture?, Int) {
    let recorder = track.recorder
    state.withLock { $0.recorded = recorder?.name }
    let job = try job(recipe, from: track.start)
    let layers = recipe.styleLayers.compactMap { LayerName($0) }.sorted()
    mailbox.post(.run(id: id, .prepared(layers: layers.map { "\($0)" })))
    let transfer = StyleTransfer(job, cache: cache)
    let isWanted = state.withLock { state in
      guard state.wanted == id else { return false }
      state.steering = transfer.steering
      if let controls = state.controls { transfer.steering.steer { $0 = controls } }
      if state.isPaused { transfer.steering.pause() }
      return true
    }
    guard isWanted else {
      recorder?.abandon()
      return (.stopped, nil, 0)
    }

    let result = Mutex<Result<Outcome, any Error>?>(nil)
    let ended = DispatchSemaphore(value: 0)
    let pace = Mutex(Pace())
    transfer.start(
      onIterate: { [self] iterate in
        let picture = report(iterate, of: id, layers: layers, pace: pace)
        recorder?.offer(iterate) { picture }
      },
      onHalt: { recorder?.pause($0) },
      onEnd: { outcome in
        result.withLock { $0 = outcome }
        ended.signal()
      })
    ended.wait()
    guard let outcome = try result.withLock({ $0 })?.get() else { return (.stopped, nil, 0) }
    let isLeaving = state.withLock { state in
      state.checkpoint = outcome.checkpoint
      return state.isLeaving
    }
    recorder?.end(outcome, isCutShort: isLeaving)
    tellFailure(of: track, id)
    let picture = IdentifiedPicture(outcome.picture)
    let reason: Run.Phase.End =
      switch outcome.reason {
      case .completed, .ranOutOfTime: .completed
      case .reachedTarget: .reachedTarget
      case .flattened: .flattened
      case .diverged: .failed("\(StylingError.diverged(iteration: outcome.iterations))")
      case .stopped: .stopped
      }
    return (reason, picture, outcome.iterations)
  }

  /// Ends a run of one pass between two layers.
  private struct Stopped: Error {}

  /// A run that is one pass of a network.
  private func paint(
    _ id: Int, _ recipe: Recipe, _ track: RunRecording.Track
  ) throws -> (Run.Phase.End, IdentifiedPicture?, Int) {
    let sources = try RecipePictures(of: recipe, reading: pictures.picture)
    let look = InstantLook(recipe, paintings: sources.styles, protection: sources.protection)
    let stylist = try stylists.stylist(recipe.stylizerModel, for: look)
    let start = ContinuousClock.now
    do {
      let picture = try stylist.stylize(
        sources.content, longerSide: recipe.size, as: look, on: Workers(threads: threads)
      ) { () throws(Stopped) in
        if state.withLock({ $0.wanted != id }) { throw Stopped() }
      }
      track.recorder?.end(picture, seconds: start.duration(to: .now) / .seconds(1))
      tellFailure(of: track, id)
      return (.completed, IdentifiedPicture(picture), 0)
    } catch is Stopped {
      track.recorder?.abandon()
      return (.stopped, nil, 0)
    }
  }

  /// Says that a run is not in the history, and makes room there.
  private func tellFailure(of track: RunRecording.Track, _ id: Int) {
    if let failure = track.recorder?.failure ?? track.failure {
      mailbox.post(.run(id: id, .notRecorded(StudioFailure.line(for: failure))))
    }
    recording.prune()
  }

  /// Tells of an iterate, and returns what it looks like.
  private func report(
    _ iterate: Iterate, of id: Int, layers: [LayerName], pace: borrowing Mutex<Pace>
  ) -> Picture {
    let losses = iterate.losses
    let sample = LossHistory.Sample(
      iteration: iterate.iteration, total: losses.total, content: losses.content,
      style: losses.style, tv: losses.tv,
      styleByLayer: layers.map { losses.styleByLayer[$0] ?? .nan }, seconds: iterate.seconds)
    let picture = IdentifiedPicture(iterate.picture)
    let seconds = pace.withLock { $0.lap(at: iterate.seconds) }
    func event(with picture: IdentifiedPicture?, isPreviewed: Bool) -> RunEvent {
      .iterated(
        sample, picture: picture, scale: iterate.scale, secondsPerIteration: seconds,
        memoryBytes: SystemMemory.residentBytes, isPreviewed: isPreviewed)
    }
    // Where the interface does not keep up, pictures are what can be left out.
    let isBehind = mailbox.holdsIterate
    let posted = state.withLock { state in
      if isBehind, !state.isPaused {
        state.unseen = (id, event(with: picture, isPreviewed: true))
        return event(with: nil, isPreviewed: false)
      }
      state.unseen = nil
      let now = ContinuousClock.now
      let isDue = state.lastPreview.map { $0.duration(to: now) >= Self.previewInterval } ?? true
      if isDue { state.lastPreview = now }
      return event(with: picture, isPreviewed: isDue)
    }
    mailbox.post(.run(id: id, posted))
    return picture.picture
  }

  private func job(
    _ recipe: Recipe, from beginning: StylingJob.Beginning
  ) throws -> StylingJob {
    let sources = try RecipePictures(of: recipe, reading: pictures.picture)
    var stylist: InstantStylist?
    if case .recipe = beginning, recipe.start == .instant {
      stylist = try stylists.stylist(recipe.stylizerModel)
    }
    return try StylingJob(
      content: sources.content, styles: sources.styles, protection: sources.protection,
      recipe: recipe, network: models.network(of: recipe), threads: threads,
      beginning: beginning, stylist: stylist)
  }
}

/// Seconds an iteration, over the last few; a pause does not count.
private struct Pace {
  private var last: Double?
  private var laps: [Double] = []

  mutating func lap(at seconds: Double) -> Double? {
    defer { last = seconds }
    guard let last else { return nil }
    laps.append(seconds - last)
    if laps.count > 8 { laps.removeFirst() }
    // A median, so that a pause, which makes one lap long, does not show.
    return laps.sorted()[(laps.count - 1) / 2]
  }
}
