import Terminal

/// The photograph and the paintings, each in its slot.
struct SourcesView {
  let scene: Scene

  private var sources: SourceList { scene.state.sources }

  func draw(on surface: inout Surface, in content: Rectangle) {
    for (number, slot) in scene.layout.slots.enumerated() where !slot.isEmpty {
      drawSlot(number, on: &surface, in: slot)
    }
    drawHint(on: &surface, in: content)
  }

  /// Which slots are in sight, when some are not.
  var caption: StyledText? {
    let slots = scene.layout.slots
    let visible = slots.indices.filter { !slots[$0].isEmpty }
    guard let first = visible.first, let last = visible.last, visible.count < slots.count else {
      return nil
    }
    return StyledText("\(first + 1)–\(last + 1) of \(slots.count)", scene.style(.dim))
  }

  private func isSelected(_ number: Int) -> Bool { number == sources.selection }

  private func drawSlot(_ number: Int, on surface: inout Surface, in slot: Rectangle) {
    var rest = slot
    drawCursor(number, on: &surface, in: rest.takeLeft(1))
    _ = rest.takeRight(1)
    if rest.rows >= 4 { _ = rest.takeBottom(1) }  // keeps slots apart
    if number > sources.styles.count {
      drawInvitation(
        "add a painting", key: "add", isSelected: isSelected(number), on: &surface, in: rest)
    } else if let source = number == 0 ? sources.content : sources.styles[number - 1].source {
      drawSource(source, number, on: &surface, in: rest)
    } else {
      drawInvitation(
        "choose the photograph", key: "open", isSelected: isSelected(number), on: &surface,
        in: rest)
    }
  }

  private func drawCursor(_ number: Int, on surface: inout Surface, in edge: Rectangle) {
    guard isSelected(number) else { return }
    let style = scene.hasKeys(.sources) ? scene.style(.focus) : scene.style(.border)
    let rows = edge.rows >= 4 ? edge.rows - 1 : edge.rows
    for row in edge.row..<edge.row + rows {
      surface.write("▌", column: edge.column, row: row, style: style)
    }
  }

  private func nameStyle(isSelected: Bool) -> Style {
    if !isSelected { return scene.style(.text) }
    return scene.style(scene.hasKeys(.sources) ? .selection : .mark)
  }

  /// An empty slot says which key fills it.
  private func drawInvitation(
    _ text: String, key: String, isSelected: Bool, on surface: inout Surface, in slot: Rectangle
  ) {
    let style = isSelected ? nameStyle(isSelected: true) : scene.style(.dim)
    var line = StyledText("+ \(text)", style)
    if let key = scene.key(of: key) {
      line += [("  ", scene.style(.dim)), (key, scene.style(.key))]
    }
    surface.write(line, column: slot.column, row: slot.row, limit: slot.columns)
  }

  private func drawSource(
    _ source: Source, _ number: Int, on surface: inout Surface, in slot: Rectangle
  ) {
    var rest = slot
    if slot.rows >= 2 {
      drawThumbnail(of: source, number, on: &surface, in: rest.takeLeft(3 * slot.rows))
      _ = rest.takeLeft(1)
    }
    let label = number == 0 ? "content" : "style \(number)"
    let name = nameStyle(isSelected: isSelected(number))
    guard slot.rows >= 2 else {
      surface.write(
        label, column: rest.column, row: rest.row, style: scene.style(.dim), limit: 8)
      _ = rest.takeLeft(9)
      let facts = facts(of: source, number, isShort: true)
      let width = min(facts.columns, rest.columns / 2 + 2)
      surface.write(facts, endColumn: rest.endColumn, row: rest.row, limit: width)
      surface.write(
        source.name, column: rest.column, row: rest.row, style: name,
        limit: rest.columns - width - 1)
      return
    }
    var title = StyledText(source.name, name)
    if let mask = mask(of: number) {
      title += StyledText(" + ", scene.style(.dim))
      title += StyledText(mask.name, scene.style(mask.isFailed ? .error : .changed))
    }
    surface.write(title, column: rest.column, row: rest.row, limit: rest.columns)
    if case .failed(let reason) = source.content {
      let lines = reason.wrapped(to: rest.columns, rows: rest.rows - 1)
      for (index, line) in lines.enumerated() {
        surface.write(
          line, column: rest.column, row: rest.row + 1 + index, style: scene.style(.error),
          limit: rest.columns)
      }
      return
    }
    var row = rest.row + 1
    if number == 0 || slot.rows > 2 {
      let facts = StyledText("\(label)  ", scene.style(.dim)) + size(of: source)
      surface.write(facts, column: rest.column, row: row, limit: rest.columns)
      row += 1
    }
    if number > 0 { drawShare(of: number - 1, on: &surface, in: rest, row: row) }
  }

  /// Where a painting applies, or what of the photograph stays.
  private func mask(of number: Int) -> Source? {
    number == 0 ? sources.protection : sources.styles[number - 1].mask
  }

  private func drawThumbnail(
    of source: Source, _ number: Int, on surface: inout Surface, in box: Rectangle
  ) {
    guard case .loaded(let thumbnail, _, _) = source.content else {
      let isFailed = if case .failed = source.content { true } else { false }
      surface.fill(box, style: scene.style(.groove), with: isFailed ? "╌" : "░")
      return
    }
    let geometry = PreviewGeometry(
      width: thumbnail.picture.width, height: thumbnail.picture.height, canvas: box,
      cell: scene.state.traits.cell, zoom: .fit, center: Preview.Center(x: 0.5, y: 0.5))
    surface.place(
      PicturePlacement(
        slot: "source-\(number)", source: .picture(thumbnail), rectangle: geometry.rectangle),
      style: scene.style(.text))
  }

  /// A bar and the painting's part of the mix, in percent of all shares.
  private func drawShare(
    of index: Int, on surface: inout Surface, in rectangle: Rectangle, row: Int
  ) {
    let share = share(of: index)
    let isNegative = share < 0
    var bar = Rectangle(
      column: rectangle.column, row: row, columns: min(rectangle.columns, 28), rows: 1)
    let number = bar.takeRight(7)
    surface.bar(
      bar, filled: Int((abs(share) * Double(bar.columns)).rounded()),
      fill: scene.style(isNegative ? .warning : .fill), groove: scene.style(.groove))
    surface.write(
      StyledText(Readout.percent(share), scene.style(isNegative ? .warning : .text)),
      endColumn: number.endColumn, row: row, limit: number.columns - 1)
  }

  private func share(of index: Int) -> Double {
    let sum = sources.styles.reduce(0) { $0 + abs($1.weight) }
    return sum > 0 ? sources.styles[index].weight / sum : 0
  }

  private func facts(of source: Source, _ number: Int, isShort: Bool) -> StyledText {
    guard source.isLoaded, number > 0 else { return size(of: source) }
    let share = share(of: number - 1)
    return StyledText(
      Readout.percent(share).leftPadded(to: 6), scene.style(share < 0 ? .warning : .text))
  }

  private func size(of source: Source) -> StyledText {
    switch source.content {
    case .loading: StyledText("reading…", scene.style(.dim))
    case .failed(let reason): StyledText(reason, scene.style(.error))
    case .loaded(_, let width, let height): StyledText("\(width)×\(height)", scene.style(.dim))
    }
  }

  /// A hint about sizes, where there is room below the slots.
  private func drawHint(on surface: inout Surface, in content: Rectangle) {
    guard let hint = sources.sizeHint, let last = scene.layout.slots.last(where: { !$0.isEmpty })
    else { return }
    var rest = content
    _ = rest.takeTop(last.endRow - content.row)
    let lines = hint.wrapped(to: rest.columns - 2, rows: min(3, rest.rows))
    let block = rest.takeBottom(lines.count)
    for (index, line) in lines.enumerated() {
      surface.write(
        line, column: block.column + 1, row: block.row + index, style: scene.style(.warning),
        limit: block.columns - 2)
    }
  }
}

extension Source {
  /// Whether it cannot be read.
  fileprivate var isFailed: Bool {
    if case .failed = content { true } else { false }
  }
}
