import Dispatch
import Files
import Films
import Foundation
import Pictures
import Recipes
import Synchronization
import Tensors
import Terminal

/// Does what the queue asks for, off the main thread: keeps the jobs, has them worked on, reads results.
public final class QueueServices: Sendable {
  private struct State {
    var file: QueueFile?
    var process: (job: Int, process: JobProcess)?
    var wishes: [String] = []
    var isLooking = false
  }

  private let folder: String
  private let executable: String
  private let threads: Int
  private let post: @Sendable (QueueEvent) -> Void
  private let state = Mutex(State())
  private let files = DispatchQueue(label: "impasto.studio.queue", qos: .userInitiated)
  private let looks = DispatchQueue(label: "impasto.studio.results", qos: .utility)

  /// Services for the queue of a user.
  ///
  /// - Parameters:
  ///   - stateFolder: where jobs are kept, in `queue/`.
  ///   - executable: the program that works on them, as `impasto batch` and `impasto video` do.
  ///   - threads: how many threads compute.
  ///   - post: takes reports, on any thread.
  public init(
    stateFolder: String, executable: String, threads: Int,
    post: @escaping @Sendable (QueueEvent) -> Void
  ) {
    folder = "\(stateFolder)/queue"
    self.executable = executable
    self.threads = threads
    self.post = post
  }

  /// Does what is asked for and returns at once.
  public func run(_ effect: QueueEffect) {
    switch effect {
    case .open: files.async { [self] in open() }
    case .keep(let jobs): files.async { [self] in keep(jobs) }
    case .run(let job): files.async { [self] in start(job) }
    case .interrupt(let id):
      state.withLock { state in
        if let (job, process) = state.process, job == id { process.interrupt() }
      }
    case .look(let paths): want(paths)
    }
  }

  /// Halts the work and waits until it ended and everything is kept.
  public func finish() {
    files.sync {}
    let process = state.withLock { $0.process?.process }
    process?.interrupt()
    _ = process?.waitForEnd(atMost: .seconds(10))
    files.sync {}
  }

  private func open() {
    do throws(QueueFile.Failure) {
      let file = try QueueFile(folder: folder)
      state.withLock { $0.file = file }
      do { post(.opened(try file.read())) } catch {
        post(.refused("the queue cannot be read, and is empty now"))
      }
    } catch {
      switch error {
      case .isElsewhere: post(.isElsewhere)
      case .file(let error): post(.refused(StudioFailure.line(for: error)))
      }
    }
  }

  private func keep(_ jobs: [QueuedJob]) {
    let failure = state.withLock { state -> String? in
      do { try state.file?.write(jobs) } catch { return StudioFailure.line(for: error) }
      return nil
    }
    if let failure { post(.refused("the queue was not kept: \(failure)")) }
  }

  private func start(_ job: QueuedJob) {
    do {
      let recipe = "\(folder)/\(job.id).yaml"
      try AtomicFile.write(Array(try RecipeFile.text(of: job.recipe).utf8), to: recipe)
      let process = try JobProcess(
        job, executable: executable, recipe: recipe, threads: threads
      ) { [post] progress in
        post(.progressed(job: job.id, progress))
      } onEnd: { [self] end, progress in
        unlink(recipe)
        state.withLock { $0.process = nil }
        post(.progressed(job: job.id, progress))
        post(.ended(job: job.id, end))
      }
      state.withLock { $0.process = (job.id, process) }
    } catch let error as FileError {
      post(.ended(job: job.id, .failed(StudioFailure.line(for: error))))
    } catch {
      post(.ended(job: job.id, .failed("the program cannot be started")))
    }
  }

  private func want(_ paths: [String]) {
    let mustStart = state.withLock { state in
      state.wishes = paths
      defer { state.isLooking = state.isLooking || !paths.isEmpty }
      return !state.isLooking && !paths.isEmpty
    }
    if mustStart { looks.async { [self] in look() } }
  }

  private func look() {
    while true {
      let next = state.withLock { state -> String? in
        if state.wishes.isEmpty {
          state.isLooking = false
          return nil
        }
        return state.wishes.removeFirst()
      }
      guard let next else { return }
      post(.pictured(path: next, Self.thumbnail(of: next).map { IdentifiedPicture($0) }))
    }
  }

  private static let thumbnailSide = 512

  /// A small copy of a picture, or of a film's first frame.
  private static func thumbnail(of path: String) -> Picture? {
    guard PictureFormat(path: path) == nil else {
      guard let picture = try? PictureDecoder.decode(path) else { return nil }
      let side = min(thumbnailSide, max(picture.width, picture.height))
      return picture.resized(longerSide: side, on: Workers(threads: 1))
    }
    guard let ffmpeg = try? FFmpeg() else { return nil }
    var film = try? FilmPlayback(path, longerSide: thumbnailSide, with: ffmpeg)
    return try? film?.next()
  }
}
