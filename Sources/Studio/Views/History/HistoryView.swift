import Foundation
import History
import Terminal

/// The runs of the past, and what became of the selected one.
struct HistoryView {
  let scene: Scene
  private let layout: HistoryLayout

  private var state: StudioState { scene.state }
  private var browser: RunBrowser { state.history }
  private var isASCII: Bool { state.traits.glyphs == .ascii }

  init(scene: Scene) {
    self.scene = scene
    layout = HistoryLayout(scene.state)
  }

  func draw(on surface: inout Surface) {
    StatusLine(parts: [title, amount].compactMap(\.self), right: StatusLine.graphics(of: scene))
      .draw(scene, on: &surface, in: layout.status)
    if let runs = browser.runs, !runs.isEmpty {
      let first = layout.first(in: state)
      for (offset, run) in runs.dropFirst(first).prefix(layout.list.rows).enumerated() {
        var line = layout.list
        line.row += offset
        line.rows = 1
        draw(run, isSelected: first + offset == browser.selection, on: &surface, in: line)
      }
      drawDetails(on: &surface)
    } else {
      let text = browser.runs == nil ? "reading the history" : "no run was recorded yet"
      surface.write(
        text, column: layout.list.column + 2, row: layout.list.row + 1, style: scene.style(.dim))
    }
    FooterView(scene: scene).draw(on: &surface, in: layout.footer)
  }

  private func style(_ role: Theme.Role) -> Style { StatusLine.style(role, in: scene) }

  private var title: StatusLine.Part {
    StatusLine.Part(importance: 100, text: StyledText("History", style(.title)))
  }

  private var amount: StatusLine.Part? {
    guard let runs = browser.runs else { return nil }
    let bytes = Readout.bytes(runs.reduce(0) { $0 + $1.byteCount })
    return StatusLine.Part(
      importance: 60,
      text: StyledText(runs.count == 1 ? "1 run" : "\(runs.count) runs", style(.text))
        + StyledText(", \(bytes)", style(.dim)))
  }

  private func draw(
    _ run: RecordedRun, isSelected: Bool, on surface: inout Surface, in line: Rectangle
  ) {
    func look(_ role: Theme.Role) -> Style { scene.style(isSelected ? .selection : role) }
    surface.fill(line, style: look(.text))
    var rest = line.inset(columns: 1)
    let sign = HistoryText.sign(of: run)
    surface.write(sign.text, column: rest.takeLeft(2).column, row: line.row, style: look(sign.role))
    let time = GalleryText.time(run.record.begun, in: browser.timeZone).dropFirst(5)
    let part = rest.takeLeft(12)
    surface.write(time, column: part.column, row: line.row, style: look(.dim))
    let count = "\(run.record.iterations)"
    surface.write(
      StyledText(count, look(.dim)), endColumn: rest.endColumn, row: line.row, limit: rest.columns)
    surface.write(
      HistoryText.name(of: run).printable, column: rest.column, row: line.row, style: look(.text),
      limit: rest.columns - count.columns - 1)
  }

  private func drawDetails(on surface: inout Surface) {
    guard let run = browser.selected else { return }
    var area = layout.details
    if layout.isBeside {
      let rule = area.takeLeft(1)
      surface.fill(rule, style: scene.style(.border), with: "│")
      area = area.inset(columns: 1)
    } else {
      surface.fill(area.takeTop(1), style: scene.style(.border), with: "─")
      area = area.inset(columns: 1)
    }
    let lines = facts(of: run, columns: area.columns)
    let text = area.takeBottom(min(lines.count, area.rows))
    for (offset, line) in lines.prefix(text.rows).enumerated() {
      surface.write(line, column: text.column, row: text.row + offset, limit: text.columns)
    }
    if area.rows >= 3 { drawPicture(on: &surface, in: area) }
  }

  private func drawPicture(on surface: inout Surface, in area: Rectangle) {
    guard let frame = browser.frame else {
      surface.write(
        "no picture was kept", column: area.column, row: area.row, style: scene.style(.dim),
        limit: area.columns)
      return
    }
    switch browser.picture(of: frame) {
    case .loaded(let picture):
      let geometry = PreviewGeometry(
        width: picture.picture.width, height: picture.picture.height, canvas: area,
        cell: state.traits.cell, zoom: .fit, center: .init(x: 0.5, y: 0.5))
      surface.place(
        PicturePlacement(
          slot: "history", source: .picture(picture), rectangle: geometry.rectangle),
        style: scene.style(.text))
    case .failed(let reason):
      surface.write(
        reason.printable, column: area.column, row: area.row, style: scene.style(.error),
        limit: area.columns)
    case nil:
      surface.write(
        "…", column: area.column + area.columns / 2, row: area.row + area.rows / 2,
        style: scene.style(.dim))
    }
  }

  /// What is known of a run, the most important first.
  private func facts(of run: RecordedRun, columns: Int) -> [StyledText] {
    let sign = HistoryText.sign(of: run)
    var lines: [StyledText] = []
    if let place = browser.framePlace { lines.append(film(of: run, at: place, columns: columns)) }
    lines.append(StyledText(HistoryText.name(of: run).printable, scene.style(.title)))
    lines.append(
      StyledText("\(sign.text) ", scene.style(sign.role))
        + StyledText(HistoryText.state(of: run).printable, scene.style(.text)))
    lines.append(StyledText(HistoryText.recipe(of: run), scene.style(.dim)))
    if let losses = run.record.losses {
      let text = GalleryText.losses(losses).map { "\($0.name) \($0.value)" }
      lines.append(StyledText(text.joined(separator: ", "), scene.style(.dim)))
    }
    if let lineage = run.record.lineage.map(GalleryText.lineage), !lineage.isEmpty {
      lines.append(StyledText(lineage, scene.style(.dim)))
    }
    if let losses = browser.losses, losses.run == run.name {
      let curve = HistoryText.sparkline(
        losses.table.rows.map(\.total), columns: columns, isASCII: isASCII)
      if !curve.isEmpty { lines.append(StyledText(curve, scene.theme.curve(0))) }
    }
    return lines
  }

  /// Which picture of the run is looked at.
  private func film(of run: RecordedRun, at place: Int, columns: Int) -> StyledText {
    let count = run.frames.count
    var text = StyledText("iteration \(run.frames[place])", scene.style(.mark))
    text += StyledText("  \(place + 1) of \(count)  ", scene.style(.dim))
    let room = min(count, max(0, columns - text.columns))
    let marked = count > 1 ? place * (room - 1) / (count - 1) : 0
    for index in 0..<max(0, room) {
      let isHere = index == marked
      let glyph = isASCII ? (isHere ? "O" : ".") : (isHere ? "◆" : "·")
      text += StyledText(glyph, scene.style(isHere ? .focus : .dim))
    }
    return text
  }
}
