import Dispatch
import Synchronization

/// Renders in the background, one after the other; what is no longer wanted is not begun.
final class RenderingQueue: Sendable {
  private struct State {
    /// In the order in which they are taken.
    var wanted: [RenderingRequest] = []
    /// What is being rendered.
    var current: RenderingKey?
    var finished: [(request: RenderingRequest, content: Rendering.Content)] = []
    var isAtWork = false
  }

  private let state = Mutex(State())
  private let renderer = Mutex(PictureRenderer())
  private let queue = DispatchQueue(label: "pictures", qos: .userInitiated)
  private let onReady: @Sendable () -> Void

  /// A queue that says from a thread of its own when there is something to take.
  init(onReady: @escaping @Sendable () -> Void) {
    self.onReady = onReady
  }

  /// Replaces what is wanted; what is being rendered is finished in any case.
  func want(_ requests: [RenderingRequest]) {
    let mustStart = state.withLock { state in
      state.wanted = requests.filter { request in
        request.key != state.current
          && !state.finished.contains { $0.request.key == request.key }
      }
      guard !state.isAtWork && !state.wanted.isEmpty else { return false }
      state.isAtWork = true
      return true
    }
    if mustStart { queue.async { @Sendable in self.work() } }
  }

  /// What has been rendered since the last time, oldest first.
  func takeFinished() -> [(request: RenderingRequest, content: Rendering.Content)] {
    state.withLock { state in
      defer { state.finished = [] }
      return state.finished
    }
  }

  private func work() {
    while let request = next() {
      let content = renderer.withLock { $0.render(request) }
      state.withLock { state in
        state.finished.append((request, content))
        state.current = nil
      }
      onReady()
    }
  }

  private func next() -> RenderingRequest? {
    state.withLock { state in
      guard !state.wanted.isEmpty else {
        state.isAtWork = false
        return nil
      }
      let request = state.wanted.removeFirst()
      state.current = request.key
      return request
    }
  }
}
