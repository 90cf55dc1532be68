import Files
import Terminal

/// What is painted beside the studio: the jobs, and what became of the selected one.
struct QueueView {
  let scene: Scene
  private let layout: QueueLayout

  private var state: StudioState { scene.state }
  private var queue: JobQueue { state.queue }

  init(scene: Scene) {
    self.scene = scene
    layout = QueueLayout(scene.state)
  }

  func draw(on surface: inout Surface) {
    StatusLine(parts: [title, amount].compactMap(\.self), right: StatusLine.graphics(of: scene))
      .draw(scene, on: &surface, in: layout.status)
    let isBeside = layout.rule.columns == 1
    surface.fill(layout.rule, style: scene.style(.border), with: isBeside ? "│" : "─")
    drawJobs(on: &surface)
    if let job = queue.selected { draw(job, on: &surface) }
    FooterView(scene: scene).draw(on: &surface, in: layout.footer)
  }

  private var title: StatusLine.Part {
    StatusLine.Part(importance: 100, text: StyledText("Queue", style(.title)))
  }

  private var amount: StatusLine.Part? {
    let open = queue.jobs.count { $0.phase != .done }
    return StatusLine.Part(
      importance: 60,
      text: StyledText(
        queue.isElsewhere
          ? "another studio has it" : open == 0 ? "nothing to do" : "\(open) to do", style(.text)))
  }

  private func style(_ role: Theme.Role) -> Style { StatusLine.style(role, in: scene) }

  private func drawJobs(on surface: inout Surface) {
    if queue.jobs.isEmpty { return drawNothing(on: &surface) }
    let first = layout.first(in: state)
    var area = layout.list
    for (offset, job) in queue.jobs.enumerated().dropFirst(first)
    where area.rows >= QueueLayout.rowsEach {
      let lines = area.takeTop(QueueLayout.rowsEach)
      drawEntry(job, isSelected: offset == queue.selection, on: &surface, in: lines)
    }
  }

  private func drawNothing(on surface: inout Surface) {
    let text =
      queue.isElsewhere
      ? "Another studio works on the queue; it is seen there."
      : "Nothing is queued. B in the workspace paints a folder of photographs or a film "
        + "with the settings of the moment, while you go on."
    let area = layout.list.inset(columns: 1)
    for (offset, line) in text.wrapped(to: area.columns, rows: area.rows - 1).enumerated() {
      surface.write(
        line, column: area.column, row: area.row + 1 + offset, style: scene.style(.dim))
    }
  }

  /// The job's name and count, and below them how far it is.
  private func drawEntry(
    _ job: QueuedJob, isSelected: Bool, on surface: inout Surface, in lines: Rectangle
  ) {
    func look(_ role: Theme.Role) -> Style { scene.style(isSelected ? .selection : role) }
    surface.fill(lines, style: look(.text))
    let row = lines.row
    var area = lines.inset(columns: 1)
    let sign = QueueText.sign(of: job)
    surface.write(sign.text, column: area.takeLeft(2).column, row: row, style: look(sign.role))
    let count = QueueText.count(of: job)
    surface.write(
      StyledText(count, look(.dim)), endColumn: area.endColumn, row: row, limit: area.columns)
    surface.write(
      QueueText.name(of: job), column: area.column, row: row, style: look(.text),
      limit: area.columns - count.columns - 1)
    guard job.isActive, job.progress.total != nil else {
      surface.write(
        QueueText.state(of: job), column: area.column, row: row + 1, style: look(.dim),
        limit: area.columns)
      return
    }
    let left = job.progress.secondsLeft.map { " \(Format.duration($0)) left" } ?? ""
    let columns = max(0, area.columns - left.columns)
    let filled = Int(Double(columns) * job.progress.share)
    surface.write(
      StyledText(String(repeating: "━", count: filled), look(.fill))
        + StyledText(String(repeating: "─", count: columns - filled), look(.groove))
        + StyledText(left, look(.dim)), column: area.column, row: row + 1, limit: area.columns)
  }

  private func draw(_ job: QueuedJob, on surface: inout Surface) {
    for (offset, line) in facts(of: job).prefix(layout.facts.rows).enumerated() {
      surface.write(
        line, column: layout.facts.column, row: layout.facts.row + offset,
        limit: layout.facts.columns)
    }
    for tile in layout.strip { draw(tile, of: job, on: &surface) }
    drawPicture(of: job, on: &surface)
  }

  /// What is known of a job, the most important first.
  private func facts(of job: QueuedJob) -> [StyledText] {
    let sign = QueueText.sign(of: job)
    var lines = [StyledText(job.source.printable, scene.style(.title))]
    lines.append(
      StyledText("\(sign.text) ", scene.style(sign.role))
        + StyledText(QueueText.state(of: job), scene.style(.text)))
    if job.progress.failures > 0 {
      let reason = job.progress.lastFailure.map { "; \($0.printable)" } ?? ""
      lines.append(
        StyledText(QueueText.failures(job.progress.failures) + reason, scene.style(.warning)))
    }
    lines.append(StyledText(QueueText.recipe(of: job), scene.style(.dim)))
    lines.append(
      StyledText("into ", scene.style(.dim)) + StyledText(job.output.printable, scene.style(.text)))
    return lines
  }

  private func draw(_ tile: QueueLayout.Tile, of job: QueuedJob, on surface: inout Surface) {
    let path = job.progress.results[tile.place]
    var area = tile.area
    _ = area.takeRight(1)
    if tile.place == queue.resultPlace {
      surface.fill(area.takeTop(1), style: scene.style(.focus), with: "▄")
    } else {
      _ = area.takeTop(1)
    }
    guard let picture = queue.thumbnails.picture(of: path) else { return }
    place(picture, slot: "queue-\(tile.area.column)", in: area, on: &surface)
  }

  private func drawPicture(of job: QueuedJob, on surface: inout Surface) {
    let area = layout.picture
    guard area.rows >= 2 else { return }
    if let frame = state.player.frame, state.player.film == queue.result {
      var area = area
      drawClock(frame, on: &surface, in: area.takeBottom(1))
      return place(frame.picture, slot: "queue", in: area, on: &surface)
    }
    guard let path = queue.result else {
      let text = job.phase == .running ? "the first pictures are on their way" : "no picture yet"
      surface.write(
        text, column: area.column, row: area.row, style: scene.style(.dim), limit: area.columns)
      return
    }
    switch queue.thumbnails[path] {
    case .picture(let picture): place(picture, slot: "queue", in: area, on: &surface)
    case .unavailable:
      surface.write(
        "there is no picture to be seen in \(path.printable)", column: area.column, row: area.row,
        style: scene.style(.dim), limit: area.columns)
    case nil:
      surface.write(
        "…", column: area.column + area.columns / 2, row: area.row + area.rows / 2,
        style: scene.style(.dim))
    }
  }

  /// Where the film is, below its picture.
  private func drawClock(
    _ frame: Player.Frame, on surface: inout Surface, in line: Rectangle
  ) {
    let (time, length) = (Double(frame.number) / frame.rate, Double(frame.count) / frame.rate)
    let text = " \(Format.duration(time)) of \(Format.duration(length))"
    let columns = max(0, line.columns - text.columns)
    let filled = columns * (frame.number + 1) / max(1, frame.count)
    surface.write(
      StyledText(String(repeating: "━", count: min(filled, columns)), scene.style(.fill))
        + StyledText(
          String(repeating: "─", count: max(0, columns - filled)), scene.style(.groove))
        + StyledText(text, scene.style(.dim)), column: line.column, row: line.row,
      limit: line.columns)
  }

  private func place(
    _ picture: IdentifiedPicture, slot: String, in area: Rectangle, on surface: inout Surface
  ) {
    guard !area.isEmpty else { return }
    let geometry = PreviewGeometry(
      width: picture.picture.width, height: picture.picture.height, canvas: area,
      cell: state.traits.cell, zoom: .fit, center: .init(x: 0.5, y: 0.5))
    surface.place(
      PicturePlacement(slot: slot, source: .picture(picture), rectangle: geometry.rectangle),
      style: scene.style(.text))
  }
}
