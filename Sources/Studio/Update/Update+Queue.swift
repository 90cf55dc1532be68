import Films
import Foundation
import Recipes
import Terminal

/// Opens the queue.
func openQueue(_ state: inout StudioState) -> [StudioEffect] {
  let effects = stopPlaying(&state)
  state.screen = .queue
  return effects + refreshQueue(&state)
}

/// Back to the workspace.
func closeQueue(_ state: inout StudioState) -> [StudioEffect] {
  if state.queue.isPictureAlone {
    state.queue.isPictureAlone = false
    return []
  }
  let effects = stopPlaying(&state)
  state.screen = .workspace
  return effects + refreshQueue(&state)
}

/// Lets the user choose what the present settings are to paint: a folder or a film.
func chooseForQueue(_ state: inout StudioState) -> [StudioEffect] {
  if state.queue.isElsewhere {
    state.notice = .init(.warning, "the queue is another studio's")
    return []
  }
  if let missing = state.missingForQueue {
    state.notice = .init(.warning, missing)
    return []
  }
  return stopPlaying(&state) + openPicker(&state, for: .batch)
}

/// Asks where the result of what was chosen goes.
func promptForOutput(of work: QueuedJob.Work, in state: inout StudioState) {
  let question =
    switch work {
    case .batch: "the folder for the painted pictures"
    case .film: "the painted film (.mp4, .mkv, .mov, .m4v or .webm)"
    }
  state.overlays.append(
    .prompt(
      Prompt(
        purpose: .queueOutput(work), question: question, entry: TextEntry(work.suggestedOutput))))
}

/// Takes the answer.
///
/// - Returns: What is wrong with it, or nil.
func complaint(aboutOutput path: String, of work: QueuedJob.Work, in state: StudioState) -> String?
{
  if path.isEmpty { return "type a path" }
  if state.queue.jobs.contains(where: { $0.output == path && $0.phase != .done }) {
    return "another job has this name"
  }
  switch work {
  case .batch(let folder):
    return (path as NSString).standardizingPath == (folder as NSString).standardizingPath
      ? "results would lie among the photographs" : nil
  case .film(let film):
    guard
      FilmOutput.extensions.contains((path as NSString).pathExtension.lowercased())
    else { return "end the name in .mp4, .mkv, .mov, .m4v or .webm" }
    return path == film ? "it would replace the film" : nil
  }
}

/// Puts a job in the queue; asks first where it would take very long.
func queue(_ work: QueuedJob.Work, to output: String, in state: inout StudioState)
  -> [StudioEffect]
{
  if case .film = work, state.recipe.method == .optimize {
    state.overlays.append(
      .confirm(
        Confirmation(
          purpose: .optimizeFilm(work, output: output),
          question: "Optimize every frame?",
          detail: "that takes up to minutes a frame; n paints each in one pass")))
    return []
  }
  return add(work, by: state.recipe.method, to: output, in: &state)
}

/// Puts a job in the queue, and begins with it if nothing else is done.
func add(
  _ work: QueuedJob.Work, by method: Recipe.Method, to output: String, in state: inout StudioState
) -> [StudioEffect] {
  var recipe = state.completeRecipe
  recipe.method = method
  recipe.content = nil
  state.queue.add(work, recipe, to: output)
  state.screen = .queue
  return keepQueue(&state, advancing: true)
}

/// Begins with the next job that waits if nothing is worked on; keeps the queue.
private func keepQueue(_ state: inout StudioState, advancing: Bool) -> [StudioEffect] {
  var effects: [StudioEffect] = []
  if advancing, state.queue.active == nil,
    let next = state.queue.jobs.first(where: { $0.phase == .waiting })
  {
    state.queue[id: next.id]?.phase = .running
    if let job = state.queue[id: next.id] { effects.append(.queue(.run(job))) }
  }
  return [.queue(.keep(state.queue.jobs))] + effects + refreshQueue(&state)
}

/// Halts the job that has the cursor, or goes on with it.
func toggleJob(_ state: inout StudioState) -> [StudioEffect] {
  guard let job = state.queue.selected else { return [] }
  switch job.phase {
  case .running:
    state.queue[id: job.id]?.phase = .stopping
    return [.queue(.interrupt(job: job.id))]
  case .stopping: return []
  case .waiting where state.queue.active != nil:
    state.notice = .init(.information, "it waits for its turn")
    return []
  case .waiting, .paused, .failed, .done:
    state.queue[id: job.id]?.phase = .waiting
    guard state.queue.active == nil else { return keepQueue(&state, advancing: false) }
    state.queue[id: job.id]?.phase = .running
    return keepQueue(&state, advancing: false)
      + [state.queue[id: job.id].map { .queue(.run($0)) }].compactMap(\.self)
  }
}

/// Takes the job that has the cursor out of the queue; what it painted stays.
func removeJob(_ state: inout StudioState) -> [StudioEffect] {
  guard let job = state.queue.selected, !job.isActive else { return [] }
  let effects = stopPlaying(&state)
  state.queue.jobs.removeAll { $0.id == job.id }
  state.queue.place = nil
  state.queue.select(state.queue.selection)
  return effects + keepQueue(&state, advancing: false)
}

/// Lets the job that has the cursor be painted earlier or later.
func moveJob(_ state: inout StudioState, by offset: Int) -> [StudioEffect] {
  let (here, there) = (state.queue.selection, state.queue.selection + offset)
  guard state.queue.jobs.indices.contains(here), state.queue.jobs.indices.contains(there) else {
    return []
  }
  state.queue.jobs.swapAt(here, there)
  state.queue.selection = there
  return keepQueue(&state, advancing: false)
}

/// What the queue does when its helpers report.
func took(_ event: QueueEvent, in state: inout StudioState) -> [StudioEffect] {
  switch event {
  case .opened(let jobs):
    // What was asked for before the file was read comes last.
    let new = state.queue.jobs
    state.queue.jobs = jobs
    for job in new { state.queue.add(job.work, job.recipe, to: job.output) }
    state.queue.select(new.isEmpty ? 0 : jobs.count)
    let halted = jobs.count { $0.phase == .paused || $0.phase == .waiting }
    if halted > 0, state.notice == nil {
      state.notice = .init(
        .information,
        halted == 1 ? "a job of the queue is not done" : "\(halted) jobs of the queue are not done")
    }
  case .isElsewhere:
    state.queue.isElsewhere = true
  case .progressed(let id, let progress):
    guard state.queue[id: id]?.isActive == true else { return [] }
    state.queue[id: id]?.progress = progress
  case .ended(let id, let end):
    guard let job = state.queue[id: id], !state.isLeaving else { return [] }
    switch end {
    case .done: state.queue[id: id]?.phase = .done
    case .interrupted: state.queue[id: id]?.phase = .paused
    case .failed(let reason): state.queue[id: id]?.phase = .failed(reason)
    }
    state.queue[id: id]?.progress.secondsLeft = nil
    tell(end, of: job, in: &state)
    return keepQueue(&state, advancing: end != .interrupted)
  case .pictured(let path, let picture):
    state.queue.thumbnails.add(picture.map { .picture($0) } ?? .unavailable, for: path)
    state.queue.wish.removeAll { $0 == path }
    return []
  case .refused(let reason):
    state.notice = .init(.error, reason)
  }
  return refreshQueue(&state)
}

private func tell(_ end: JobEnd, of job: QueuedJob, in state: inout StudioState) {
  let name = QueueText.name(of: job)
  switch end {
  case .done where job.progress.failures > 0:
    state.notice = .init(
      .warning, "\(name) is painted, but \(QueueText.failures(job.progress.failures))")
  case .done: state.notice = .init(.success, "\(name) is painted")
  case .interrupted: break
  case .failed(let reason): state.notice = .init(.error, "\(name): \(reason)")
  }
}

/// Asks for what is looked at and not known yet.
func refreshQueue(_ state: inout StudioState) -> [StudioEffect] {
  var wish: [String] = []
  if state.screen == .queue, let job = state.queue.selected {
    let layout = QueueLayout(state)
    let visible = layout.strip.map { job.progress.results[$0.place] }
    let needed = [state.queue.result].compactMap(\.self) + visible
    state.queue.thumbnails.need(needed)
    var known: Set<String> = []
    wish = needed.filter { state.queue.thumbnails[$0] == nil && known.insert($0).inserted }
  }
  guard wish != state.queue.wish else { return [] }
  state.queue.wish = wish
  return [.queue(.look(wish))]
}

extension StudioState {
  /// Why the present settings cannot paint a folder or a film; nil when they can.
  var missingForQueue: String? {
    guard recipe.needsPaintings else { return nil }
    if sources.styles.isEmpty { return "choose a painting first" }
    return sources.styles.allSatisfy { $0.source.isLoaded }
      ? nil : "a painting is not there, or not read yet"
  }
}
