import Dispatch
import Pictures
import Recipes
import Styling
import Synchronization
import Tensors
import Terminal

/// Paints in one pass what the preview and the contact sheet want to show, off the main thread.
///
/// Of previews only the newest request is painted; one that has begun is finished, since that takes
/// less time than a person needs to move a slider twice. The contact sheet is painted in between.
final class InstantController: Sendable {
  private struct State {
    /// The preview that is wanted.
    var wanted: InstantRequest?
    /// The contact sheet that is wanted, and the styles that were not painted yet.
    var sheet: (request: InstantRequest, remaining: [Int])?
    /// Whether somebody is at work.
    var isBusy = false
    var isOver = false
  }

  /// Ends the work between two layers.
  private struct Superseded: Error {}

  private let source: StylistSource
  private let stylists: StylistShelf
  private let mailbox: Mailbox
  private let threads: Int
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "impasto.studio.instant", qos: .userInitiated)
  private let downloads = DispatchQueue(label: "impasto.studio.models", qos: .utility)

  init(source: StylistSource, stylists: StylistShelf, mailbox: Mailbox, threads: Int) {
    self.source = source
    self.stylists = stylists
    self.mailbox = mailbox
    self.threads = threads
  }

  /// Does what is asked for and returns at once.
  func run(_ effect: InstantEffect) {
    switch effect {
    case .prepare(let model): queue.async { [stylists] in _ = try? stylists.stylist(model) }
    case .paint(let request): begin { $0.wanted = request }
    case .paintSheet(let request, let styles): begin { $0.sheet = (request, styles) }
    case .leaveSheet: state.withLock { $0.sheet = nil }
    case .fetch(let model): fetch(model)
    }
  }

  /// Waits until nothing is wanted any more.
  func waitUntilIdle() { queue.sync {} }

  /// Ends all work and waits until that is so.
  func finish() {
    state.withLock { state in
      state.isOver = true
      state.wanted = nil
      state.sheet = nil
    }
    queue.sync {}
    downloads.sync {}
  }

  /// Changes what is wanted, and wakes the painter.
  private func begin(_ change: (inout State) -> Void) {
    let isIdle = state.withLock { state in
      change(&state)
      defer { state.isBusy = true }
      return !state.isBusy
    }
    if isIdle { queue.async { [self] in paintWhatIsWanted() } }
  }

  private func paintWhatIsWanted() {
    let workers = Workers(threads: threads)
    while let work = next() {
      switch work {
      case .preview(let request): paint(request, on: workers)
      case .sheet(let request, let style): paint(request, style: style, on: workers)
      }
    }
  }

  private enum Work {
    case preview(InstantRequest)
    case sheet(InstantRequest, style: Int)
  }

  private func next() -> Work? {
    state.withLock { state in
      if let request = state.wanted {
        state.wanted = nil
        return .preview(request)
      }
      if let sheet = state.sheet, let style = sheet.remaining.first {
        state.sheet?.remaining.removeFirst()
        return .sheet(sheet.request, style: style)
      }
      state.isBusy = false
      return nil
    }
  }

  private func paint(_ request: InstantRequest, on workers: Workers) {
    do {
      let picture = try picture(request, on: workers) { () throws(Superseded) in
        if state.withLock({ $0.isOver }) { throw Superseded() }
      }
      mailbox.post(.instant(.painted(request, picture)))
    } catch is Superseded {
    } catch {
      mailbox.post(.instant(.failed(request, StudioFailure.line(for: error))))
    }
  }

  private func paint(_ request: InstantRequest, style: Int, on workers: Workers) {
    var styled = request
    styled.look.method = .builtin([Recipe.BuiltinStyle(number: style)])
    do {
      let picture = try picture(styled, on: workers) { () throws(Superseded) in
        let isWanted = state.withLock { $0.wanted == nil && $0.sheet?.request == request }
        if !isWanted { throw Superseded() }
      }
      mailbox.post(.instant(.developed(request, style: style, picture)))
    } catch is Superseded {
      // A preview came between.
      state.withLock { state in
        if state.sheet?.request == request { state.sheet?.remaining.insert(style, at: 0) }
      }
    } catch {
      state.withLock { $0.sheet = nil }
      mailbox.post(.instant(.failed(request, StudioFailure.line(for: error))))
    }
  }

  private func picture(
    _ request: InstantRequest, on workers: Workers, checkpoint: () throws(Superseded) -> Void
  ) throws -> IdentifiedPicture {
    func mask(_ picture: IdentifiedPicture?) -> Mask? {
      picture.map { Mask($0.picture, threshold: request.look.maskThreshold) }
    }
    let look = InstantLook(
      request.look,
      paintings: request.styles.map {
        StylingJob.Style(picture: $0.picture.picture, weight: $0.weight, mask: mask($0.mask))
      }, protection: mask(request.protection))
    let stylist = try stylists.stylist(request.look.stylizerModel, for: look)
    return IdentifiedPicture(
      try stylist.stylize(
        request.content.picture, longerSide: request.side, as: look, on: workers,
        checkpoint: checkpoint))
  }

  private func fetch(_ model: String) {
    downloads.async { [self] in
      var failure: String?
      do {
        try source.install(model) { [mailbox] share in
          mailbox.post(.instant(.fetching(model: model, share: share)))
        } _: {
          [self] in
          state.withLock { $0.isOver }
        }
      } catch {
        failure = StudioFailure.line(for: error)
      }
      mailbox.post(.instant(.fetched(model: model, failure: failure)))
    }
  }
}
