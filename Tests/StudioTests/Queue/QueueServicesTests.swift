import Dispatch
import Files
import Foundation
import Pictures
import Programs
import Recipes
import Synchronization
import Terminal
import TestSupport
import Testing

@testable import Studio

/// The queue's helpers with programs that act as if they painted.
@Suite struct QueueServicesTests {
  /// Collects what is reported.
  private final class Reports: Sendable {
    private let events = Mutex<[QueueEvent]>([])
    private let arrived = DispatchSemaphore(value: 0)

    func post(_ event: QueueEvent) {
      events.withLock { $0.append(event) }
      arrived.signal()
    }

    /// Waits until what was reported has something in it.
    func wait<T: Sendable>(for found: (QueueEvent) -> T?) throws -> T {
      while true {
        if let value = events.withLock({ $0.lazy.compactMap(found).first }) { return value }
        try #require(arrived.wait(timeout: .now() + 60) == .success)
      }
    }

    func end() throws -> JobEnd {
      try wait { if case .ended(_, let end) = $0 { end } else { nil } }
    }

    var lastProgress: QueuedJob.Progress? {
      events.withLock { events in
        events.reversed().lazy.compactMap {
          if case .progressed(_, let progress) = $0 { progress } else { nil }
        }.first
      }
    }
  }

  private func services(
    _ folder: String, script: String
  ) throws -> (QueueServices, Reports) {
    let program = "\(folder)/program"
    try AtomicFile.write(Array("#!/bin/sh\n\(script)\n".utf8), to: program)
    chmod(program, 0o755)
    let reports = Reports()
    let services = QueueServices(
      stateFolder: folder, executable: program, threads: 2, post: reports.post)
    services.run(.open)
    _ = try reports.wait { if case .opened(let jobs) = $0 { jobs } else { nil } }
    return (services, reports)
  }

  private func job(_ work: QueuedJob.Work, to output: String) -> QueuedJob {
    var recipe = Recipe()
    recipe.styles = [.init(picture: "/p.png")]
    return QueuedJob(id: 7, work: work, recipe: recipe, output: output)
  }

  @Test func `a batch is worked on by the program, which tells how far it is`() throws {
    try withTemporaryFolder { folder in
      let (services, reports) = try services(
        folder,
        script: """
          echo "$@" > \(folder)/arguments
          cat "$4" > \(folder)/recipe.yaml
          echo '{"event":"planned","items":4,"todo":3,"skipped":1,"seconds":9}'
          echo 'no JSON'
          echo '{"event":"finished","item":1,"output":"b.png"}'
          echo '{"event":"failed","item":2,"output":"c.png","reason":"is no picture"}'
          echo '{"event":"finished","item":3,"output":"d.png"}'
          echo '{"event":"summary","done":2,"skipped":1,"failed":1,"left":0}'
          exit 1
          """)
      let job = job(.batch(folder: "/in"), to: "/out")
      services.run(.run(job))
      #expect(try reports.end() == .done)
      let progress = try #require(reports.lastProgress)
      #expect(progress.done == 3 && progress.total == 4 && progress.failures == 1)
      #expect(progress.lastFailure == "c.png: is no picture")
      #expect(progress.results == ["/out/b.png", "/out/d.png"])
      #expect(progress.share == 1)
      let arguments = try String(contentsOfFile: "\(folder)/arguments", encoding: .utf8)
      #expect(
        arguments == "batch /in --recipe \(folder)/queue/7.yaml -o /out --json\n")
      #expect(try RecipeFile.read("\(folder)/recipe.yaml") == job.recipe)
      services.finish()
    }
  }

  @Test func `a film's parts give way to the film`() throws {
    try withTemporaryFolder { folder in
      let (services, reports) = try services(
        folder,
        script: """
          echo '{"event":"began","first":0,"frames":3,"done":1}'
          echo '{"event":"frame","frame":1,"seconds":1}'
          echo '{"event":"kept","frame":1,"segment":"/s/1.mkv"}'
          echo '{"event":"frame","frame":2,"seconds":2}'
          echo '{"event":"finished","output":"/b.mp4","frames":3,"seconds":2}'
          """)
      services.run(.run(job(.film(path: "/a.mp4"), to: "/b.mp4")))
      #expect(try reports.end() == .done)
      let progress = try #require(reports.lastProgress)
      #expect(progress.done == 3 && progress.total == 3 && progress.results == ["/b.mp4"])
      services.finish()
    }
  }

  @Test func `what the program complains of is told in a line`() throws {
    try withTemporaryFolder { folder in
      let (services, reports) = try services(
        folder,
        script: """
          echo 'impasto: error: /in: there are no pictures' >&2
          echo 'hint: pictures are .png' >&2
          exit 66
          """)
      services.run(.run(job(.batch(folder: "/in"), to: "/out")))
      #expect(try reports.end() == .failed("/in: there are no pictures"))
      services.finish()
    }
  }

  @Test func `a program that dies is no studio that dies`() throws {
    try withTemporaryFolder { folder in
      let (services, reports) = try services(folder, script: "kill -9 $$")
      services.run(.run(job(.batch(folder: "/in"), to: "/out")))
      #expect(try reports.end() == .failed("the program was killed"))
      services.finish()
    }
  }

  @Test func `a job is halted, as it is when the studio is left`() throws {
    try withTemporaryFolder { folder in
      let script = """
        trap 'exit 130' INT
        echo '{"event":"planned","items":9,"skipped":0}'
        while true; do sleep 0.05; done
        """
      let (services, reports) = try services(folder, script: script)
      let job = job(.batch(folder: "/in"), to: "/out")
      services.run(.run(job))
      _ = try reports.wait { if case .progressed = $0 { true } else { nil } }
      services.run(.interrupt(job: 7))
      #expect(try reports.end() == .interrupted)

      let again = Reports()
      let others = QueueServices(
        stateFolder: "\(folder)/other", executable: "\(folder)/program", threads: 1,
        post: again.post)
      others.run(.run(job))
      _ = try again.wait { if case .ended = $0 { true } else { nil } }
      others.run(.open)
      _ = try again.wait { if case .opened = $0 { true } else { nil } }
      services.finish()
    }
  }

  @Test func `the queue outlives the studio, and one studio has it at a time`() throws {
    try withTemporaryFolder { folder in
      var (services, reports): (QueueServices?, Reports) = try services(folder, script: "exit 0")
      var jobs = [job(.batch(folder: "/in"), to: "/out"), job(.film(path: "/a"), to: "/b.mp4")]
      jobs[0].phase = .running
      jobs[1] = QueuedJob(id: 8, work: jobs[1].work, recipe: jobs[1].recipe, output: "/b.mp4")
      services?.run(.keep(jobs))
      services?.finish()

      let second = Reports()
      let other = QueueServices(
        stateFolder: folder, executable: "/none", threads: 1, post: second.post)
      other.run(.open)
      _ = try second.wait { if case .isElsewhere = $0 { true } else { nil } }
      services = nil
      _ = reports
      other.run(.open)
      let kept = try second.wait { if case .opened(let jobs) = $0 { jobs } else { nil } }
      // Nobody works on what a studio that is gone had begun.
      jobs[0].phase = .paused
      #expect(kept == jobs)
      other.finish()
    }
  }

  @Test func `a queue that makes no sense is put aside, not lost`() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder)/queue", withIntermediateDirectories: true)
      try AtomicFile.write(Array("[{\"id\": ".utf8), to: "\(folder)/queue/queue.json")
      let reports = Reports()
      let services = QueueServices(
        stateFolder: folder, executable: "/none", threads: 1, post: reports.post)
      services.run(.open)
      let reason = try reports.wait { if case .refused(let reason) = $0 { reason } else { nil } }
      #expect(reason == "the queue cannot be read, and is empty now")
      #expect(FileManager.default.fileExists(atPath: "\(folder)/queue/queue.json.damaged"))
      services.finish()
    }
  }

  @Test func `results are read small; what is none says so`() throws {
    try withTemporaryFolder { folder in
      let (services, reports) = try services(folder, script: "exit 0")
      let pixels = [UInt8](repeating: 77, count: 3 * 900 * 30)
      try PictureEncoder.write(
        Picture(width: 900, height: 30, rgb: pixels), to: "\(folder)/a.png")
      services.run(.look(["\(folder)/a.png", "\(folder)/none.png"]))
      func width(_ name: String) throws -> Int? {
        try reports.wait { event -> Int?? in
          guard case .pictured(path: "\(folder)/\(name)", let picture) = event else { return nil }
          return .some(picture?.picture.width)
        }
      }
      #expect(try width("a.png") == 512)
      #expect(try width("none.png") == nil)
      services.finish()
    }
  }
}

/// Whether there is an ffmpeg to make films with.
private let hasFFmpeg =
  RunningProgram.lookUp("ffmpeg") != nil && RunningProgram.lookUp("ffprobe") != nil

@Suite(.enabled(if: hasFFmpeg, "ffmpeg is not installed: `make deps` installs it"))
struct PlayerControllerTests {
  private func makeFilm(_ path: String) throws {
    let errors = try ErrorLog()
    var program = try RunningProgram(
      try #require(RunningProgram.lookUp("ffmpeg")),
      [
        "-v", "error", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=50", "-t", "0.4",
        "-pix_fmt", "yuv420p", path,
      ], output: errors.descriptor, errors: errors.descriptor)
    let isMade = program.succeeds()
    try #require(isMade)
  }

  @Test func `a film is played in order, no faster than it runs, no larger than asked for`() throws
  {
    try withTemporaryFolder { folder in
      try makeFilm("\(folder)/a.mp4")
      let woken = DispatchSemaphore(value: 0)
      let mailbox = Mailbox { woken.signal() }
      let player = PlayerController(mailbox: mailbox)
      let start = ContinuousClock.now
      player.run(.film(id: 4, path: "\(folder)/a.mp4", longerSide: 160))
      var frames: [Player.Frame] = []
      var isOver = false
      while !isOver {
        try #require(woken.wait(timeout: .now() + 60) == .success)
        for event in mailbox.drain() {
          switch event {
          case .player(id: 4, .film(let frame)): frames.append(frame)
          case .player(id: 4, .ended(let failure)):
            #expect(failure == nil)
            isOver = true
          default: Issue.record("something else happened")
          }
        }
      }
      #expect(frames.first?.number == 0)
      #expect(zip(frames, frames.dropFirst()).allSatisfy { $0.number < $1.number })
      #expect(frames.allSatisfy { $0.picture.picture.width == 160 && $0.count == 20 })
      #expect(frames.last?.rate == 50)
      // The last of 20 frames at 50 a second is due after 0.38 s.
      if frames.last?.number == 19 { #expect(start.duration(to: .now) >= .seconds(0.38)) }
    }
  }

  @Test func `what is no film says so`() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(Array("no film".utf8), to: "\(folder)/a.mp4")
      let woken = DispatchSemaphore(value: 0)
      let mailbox = Mailbox { woken.signal() }
      let player = PlayerController(mailbox: mailbox)
      player.run(.film(id: 1, path: "\(folder)/a.mp4", longerSide: 160))
      try #require(woken.wait(timeout: .now() + 60) == .success)
      guard case .player(_, .ended(let failure?))? = mailbox.drain().first else {
        Issue.record("nothing is said")
        return
      }
      #expect(failure.hasPrefix("a.mp4: cannot be read as a film"))
    }
  }
}
