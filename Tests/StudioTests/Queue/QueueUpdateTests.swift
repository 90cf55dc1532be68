import Files
import Recipes
import Terminal
import Testing

@testable import Studio

/// The queue and the player, played without processes.
@Suite struct QueueUpdateTests {
  private let picture = SamplePicture.result.identified

  private func press(_ key: KeyPress, _ state: inout StudioState) -> [StudioEffect] {
    update(&state, with: .input(.key(key)))
  }

  private func press(_ character: Character, _ state: inout StudioState) -> [StudioEffect] {
    press(KeyPress(.character(character)), &state)
  }

  /// A studio with a painting, and so many jobs of which the first is worked on.
  private func studio(jobs: Int = 0) -> StudioState {
    var state = SampleState.picked.state(120, 40)
    for number in 0..<jobs {
      _ = queue(.batch(folder: "/in\(number)"), to: "/out\(number)", in: &state)
    }
    return state
  }

  private func phases(_ state: StudioState) -> [QueuedJob.Phase] { state.queue.jobs.map(\.phase) }

  private func isRun(_ effect: StudioEffect, _ id: Int) -> Bool {
    if case .queue(.run(let job)) = effect { job.id == id } else { false }
  }

  @Test func `a folder is chosen, named and worked on with the settings of the moment`() throws {
    var state = studio()
    state.recipe.styleWeight = 44
    _ = press("B", &state)
    #expect(state.screen == .picker && state.picker.role == .batch)
    let entries = [
      PickerEntry(name: RawPath("a.png"), kind: .picture),
      PickerEntry(name: RawPath("b.mp4"), kind: .film),
    ]
    _ = update(
      &state,
      with: .picker(
        .listed(
          PickerListing(folder: RawPath("/holiday"), entries: entries),
          request: state.picker.request)))
    #expect(state.picker.shown.count == 2)
    _ = press(KeyPress(.enter), &state)
    guard case .prompt(let prompt) = state.overlays.last else {
      Issue.record("nobody asks where it goes")
      return
    }
    #expect(prompt.purpose == .queueOutput(.batch(folder: "/holiday")))
    #expect(prompt.entry.text == "/holiday-painted")
    let effects = press(KeyPress(.enter), &state)
    let job = try #require(state.queue.jobs.first)
    #expect(job.output == "/holiday-painted" && job.recipe.styleWeight == 44)
    #expect(job.recipe.content == nil && job.recipe.styles.count == 1)
    #expect(effects.contains { isRun($0, job.id) })
    #expect(state.screen == .queue && job.phase == .running)
  }

  @Test func `a film is asked about before every frame is optimized`() {
    var state = studio()
    _ = queue(.film(path: "/a.mp4"), to: "/b.mp4", in: &state)
    #expect(state.queue.jobs.isEmpty && !state.overlays.isEmpty)
    _ = press(KeyPress(.escape), &state)
    #expect(state.queue.jobs.isEmpty && state.overlays.isEmpty)
    _ = queue(.film(path: "/a.mp4"), to: "/b.mp4", in: &state)
    _ = press("n", &state)
    _ = queue(.film(path: "/a.mp4"), to: "/c.mp4", in: &state)
    _ = press("y", &state)
    #expect(state.queue.jobs.map(\.recipe.method) == [.instant, .optimize])
    #expect(state.recipe.method == .optimize)
  }

  @Test func `an output that cannot be is complained of`() {
    let state = studio(jobs: 1)
    let film = QueuedJob.Work.film(path: "/a.mp4")
    #expect(complaint(aboutOutput: "/b.gif", of: film, in: state) != nil)
    #expect(complaint(aboutOutput: "/a.mp4", of: film, in: state) != nil)
    #expect(complaint(aboutOutput: "", of: film, in: state) != nil)
    #expect(complaint(aboutOutput: "/b.mkv", of: film, in: state) == nil)
    let batch = QueuedJob.Work.batch(folder: "/in")
    #expect(complaint(aboutOutput: "/in/../in", of: batch, in: state) != nil)
    #expect(complaint(aboutOutput: "/out0", of: batch, in: state) != nil)
    #expect(complaint(aboutOutput: "/out9", of: batch, in: state) == nil)
    #expect(film.suggestedOutput == "/a-painted.mp4")
    #expect(QueuedJob.Work.film(path: "/a.AVI").suggestedOutput == "/a-painted.mp4")
  }

  @Test func `jobs follow each other, and a halted one holds the rest`() {
    var state = studio(jobs: 3)
    #expect(phases(state) == [.running, .waiting, .waiting])
    let next = update(&state, with: .queue(.ended(job: 1, .done)))
    #expect(phases(state) == [.done, .running, .waiting])
    #expect(next.contains { isRun($0, 2) })
    state.queue.select(1)
    #expect(press(" ", &state) == [.queue(.interrupt(job: 2))])
    #expect(phases(state) == [.done, .stopping, .waiting])
    let halted = update(&state, with: .queue(.ended(job: 2, .interrupted)))
    #expect(phases(state) == [.done, .paused, .waiting])
    #expect(!halted.contains { isRun($0, 3) })
    #expect(press(" ", &state).contains { isRun($0, 2) })
    let failed = update(&state, with: .queue(.ended(job: 2, .failed("no memory"))))
    #expect(phases(state) == [.done, .failed("no memory"), .running])
    #expect(failed.contains { isRun($0, 3) } && state.notice?.kind == .error)
  }

  @Test func `jobs are moved and removed, but none that is worked on`() {
    var state = studio(jobs: 3)
    state.queue.select(0)
    _ = press("d", &state)
    #expect(state.queue.jobs.count == 3)
    state.queue.select(2)
    _ = press("<", &state)
    #expect(state.queue.jobs.map(\.id) == [1, 3, 2] && state.queue.selection == 1)
    _ = press("d", &state)
    #expect(state.queue.jobs.map(\.id) == [1, 2])
  }

  @Test func `what an earlier studio left comes back, and new jobs after it`() {
    var state = studio()
    var old = QueuedJob(id: 1, work: .batch(folder: "/old"), recipe: Recipe(), output: "/o")
    old.phase = .paused
    _ = update(&state, with: .queue(.opened([old])))
    #expect(state.notice?.text == "a job of the queue is not done")
    let effects = queue(.batch(folder: "/new"), to: "/n", in: &state)
    #expect(phases(state) == [.paused, .running])
    #expect(effects.contains { isRun($0, 2) })
  }

  @Test func `another studio's queue is left alone`() {
    var state = studio()
    _ = update(&state, with: .queue(.isElsewhere))
    _ = press("B", &state)
    #expect(state.screen == .workspace && state.notice?.kind == .warning)
  }

  @Test func `results are asked for once, the one that is looked at first`() {
    var state = studio(jobs: 1)
    var progress = QueuedJob.Progress()
    (progress.done, progress.total) = (3, 9)
    for name in ["a", "b", "c"] { progress.add(result: "/out0/\(name).png") }
    let effects = update(&state, with: .queue(.progressed(job: 1, progress)))
    #expect(effects == [.queue(.look(["/out0/c.png", "/out0/a.png", "/out0/b.png"]))])
    #expect(update(&state, with: .queue(.progressed(job: 1, progress))).isEmpty)
    for name in ["a", "b", "c"] {
      #expect(update(&state, with: .queue(.pictured(path: "/out0/\(name).png", picture))).isEmpty)
    }
    _ = press(KeyPress(.left), &state)
    #expect(state.queue.result == "/out0/b.png")
    progress.add(result: "/out0/d.png")
    _ = update(&state, with: .queue(.progressed(job: 1, progress)))
    // Who looks at one result is not taken to another.
    #expect(state.queue.result == "/out0/b.png")
    _ = press(KeyPress(.end), &state)
    _ = press(KeyPress(.right), &state)
    _ = press(KeyPress(.right), &state)
    #expect(state.queue.place == nil)
  }

  @Test func `a film is played until it is over or something else is looked at`() {
    var state = studio()
    _ = queue(.film(path: "/a.mp4"), to: "/b.mp4", in: &state)
    _ = press("n", &state)
    #expect(press("p", &state).isEmpty)
    var progress = QueuedJob.Progress()
    progress.results = ["/b.mp4"]
    _ = update(&state, with: .queue(.progressed(job: 1, progress)))
    _ = update(&state, with: .queue(.ended(job: 1, .done)))
    guard case .player(.film(let id, "/b.mp4", let side))? = press("p", &state).first else {
      Issue.record("nothing is played")
      return
    }
    #expect(side >= 160)
    let frame = Player.Frame(picture: picture, number: 3, count: 9, rate: 25)
    _ = update(&state, with: .player(id: id - 1, .film(frame)))
    #expect(state.player.frame == nil)
    _ = update(&state, with: .player(id: id, .film(frame)))
    #expect(state.player.frame == frame)
    _ = update(&state, with: .player(id: id, .ended(failure: nil)))
    #expect(state.player.frame == frame && state.player.subject == nil)
    _ = press("p", &state)
    #expect(press(KeyPress(.escape), &state).contains(.player(.stop)))
    #expect(state.player.frame == nil && state.screen == .workspace)
  }

  @Test func `the filmstrip is played to its end`() {
    var state = SampleState.paused.state(120, 40)
    state.filmstrip.select(nil)
    let count = state.filmstrip.frames.count
    #expect(
      press("P", &state)
        == [.player(.filmstrip(id: 1, rate: Player.filmstripRate))])
    #expect(state.filmstrip.selection == 0)
    var effects: [StudioEffect] = []
    var ticks = 0
    while effects.isEmpty, ticks < 2 * count {
      effects = update(&state, with: .player(id: 1, .tick))
      ticks += 1
    }
    #expect(effects == [.player(.stop)] && ticks == count - 1)
    #expect(state.filmstrip.selection == nil && state.player.subject == nil)
  }
}
