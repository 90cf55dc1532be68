import Dispatch
import Favorites
import Files
import Foundation
import History
import Pictures
import Recipes
import Styling
import Synchronization
import Tensors
import Terminal

/// Does what the history asks for, off the main thread: lists runs, reads their pictures, deletes them.
public final class HistoryServices: Sendable {
  private let history: RunHistory
  private let post: @Sendable (HistoryEvent) -> Void
  private let queue = DispatchQueue(label: "impasto.studio.history", qos: .userInitiated)
  /// The number of the latest look that is wanted.
  private let looks = Mutex(0)

  /// Services for a history.
  ///
  /// - Parameters:
  ///   - history: the runs.
  ///   - post: takes reports, on any thread.
  public init(_ history: RunHistory, post: @escaping @Sendable (HistoryEvent) -> Void) {
    self.history = history
    self.post = post
  }

  /// Does what is asked for and returns at once.
  public func run(_ effect: HistoryEffect) {
    switch effect {
    case .look(let name, let iteration):
      let number = looks.withLock { looks in
        looks += 1
        return looks
      }
      queue.async { [self] in
        guard looks.withLock({ $0 == number }) else { return }
        look(name, iteration)
      }
    default: queue.async { [self] in perform(effect) }
    }
  }

  /// Waits until everything that changes files is done.
  public func finish() { queue.sync {} }

  private func perform(_ effect: HistoryEffect) {
    do throws(HistoryError) {
      switch effect {
      case .findCutShort: findCutShort()
      case .list: post(.listed(history.runs()))
      case .look: break
      case .reopen(let name, let reopening): try reopen(name, reopening)
      case .dismiss(let name): try history.dismiss(name)
      case .remove(let name):
        try history.remove(name)
        post(.removed(run: name))
      }
    } catch {
      post(.refused(StudioFailure.line(for: error)))
    }
  }

  private func findCutShort() {
    // What cannot be read is nothing to offer.
    guard let run = history.cutShort(by: .studio), let saved = try? run.saved() else { return }
    let changed = run.record.sources.filter { access($0.path, F_OK) != 0 || $0.hasChanged }
    post(
      .foundCutShort(
        CutShort(
          run: run, iteration: saved.checkpoint.iteration, picture: run.picture(of: saved),
          age: max(0, Date().timeIntervalSince(run.record.updated)),
          changed: changed.map(\.name))))
  }

  private func look(_ name: String, _ iteration: Int?) {
    do throws(HistoryError) {
      let run = try history.run(name)
      post(.losses(run: name, try run.losses()))
      guard let iteration else { return }
      let frame = RunBrowser.Frame(run: name, iteration: iteration)
      do throws(HistoryError) {
        post(.frame(frame, .loaded(IdentifiedPicture(try run.frame(iteration)))))
      } catch {
        post(.frame(frame, .failed(StudioFailure.line(for: error))))
      }
    } catch {
      post(.refused(StudioFailure.line(for: error)))
    }
  }

  private func reopen(_ name: String, _ reopening: HistoryReopening) throws(HistoryError) {
    let run = try history.run(name)
    var losses = try run.losses()
    var recipe = run.record.recipe
    let iteration: Int
    let picture: IdentifiedPicture
    let seconds: Double
    switch reopening {
    case .resume:
      let saved = try run.saved()
      recipe = saved.recipe
      iteration = saved.checkpoint.iteration
      picture = run.picture(of: saved)
      seconds = saved.seconds
    case .iterate(let frame):
      iteration = frame
      picture = IdentifiedPicture(try run.frame(frame))
      seconds = losses.row(at: frame)?.seconds ?? 0
    }
    losses.forget(from: iteration)
    // A frame that cannot be read leaves a gap, no more.
    let frames = run.frames.filter { $0 < iteration }.compactMap { frame in
      (try? run.frame(frame)).map {
        ReopenedRun.Frame(iteration: frame, picture: IdentifiedPicture($0))
      }
    }
    post(
      .reopened(
        ReopenedRun(
          run: run, recipe: recipe, iteration: iteration, picture: picture, seconds: seconds,
          losses: losses, frames: frames), reopening))
  }
}

extension RecordedRun {
  /// What a saved run looks like.
  fileprivate func picture(of saved: SavedRun) -> IdentifiedPicture {
    IdentifiedPicture(saved.checkpoint.picture(of: saved.recipe))
  }
}
