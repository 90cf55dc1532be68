import Terminal

/// Plays the film that is looked at, or ends it.
func togglePlaying(_ state: inout StudioState) -> [StudioEffect] {
  guard state.player.subject == nil else { return stopPlaying(&state) }
  guard let film = state.playableFilm else { return [] }
  let area = QueueLayout(state).picture
  let cell = state.traits.cell
  state.player.id += 1
  state.player.subject = .film(film)
  let side = max(area.columns * cell.width, area.rows * cell.height)
  return [
    .player(.film(id: state.player.id, path: film, longerSide: min(max(side, 160), 1280)))
  ]
}

/// Plays the run's past pictures from the one that is looked at, or from the first; or ends that.
func toggleFilmstrip(_ state: inout StudioState) -> [StudioEffect] {
  guard state.player.subject == nil else { return stopPlaying(&state) }
  state.player.id += 1
  state.player.subject = .filmstrip
  if state.filmstrip.selection == nil { state.filmstrip.select(0) }
  if state.preview.mode == .content || state.preview.mode == .style { state.preview.mode = .result }
  return [.player(.filmstrip(id: state.player.id, rate: Player.filmstripRate))]
}

/// Ends what is played.
func stopPlaying(_ state: inout StudioState) -> [StudioEffect] {
  state.player.film = nil
  state.player.frame = nil
  guard state.player.subject != nil else { return [] }
  state.player.subject = nil
  return [.player(.stop)]
}

/// What the studio does when the player reports.
func took(_ event: PlayerEvent, ofPlaying id: Int, in state: inout StudioState) -> [StudioEffect] {
  guard id == state.player.id, let subject = state.player.subject else { return [] }
  switch event {
  case .film(let frame):
    if case .film(let path) = subject { state.player.film = path }
    state.player.frame = frame
  case .tick:
    state.filmstrip.scrub(by: 1)
    guard state.filmstrip.selection == nil else { return [] }
    return stopPlaying(&state)
  case .ended(let failure):
    // The last frame stays until something else is looked at.
    state.player.subject = nil
    if let failure { state.notice = .init(.error, failure) }
  }
  return []
}

extension StudioState {
  /// The film that can be played: the result that is looked at, if it is one.
  var playableFilm: String? {
    guard screen == .queue, let job = queue.selected, job.isFilm else { return nil }
    return queue.result
  }
}
