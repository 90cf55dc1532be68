import Files
import Terminal

extension PickerView {
  func drawList(_ surface: inout Surface) {
    let first = picker.scroll * layout.perLine
    let last = min(first + layout.lines * layout.perLine, picker.shown.count)
    for place in first..<max(first, last) {
      let rectangle = layout.rectangle(of: place, scroll: picker.scroll)
      let entry = picker.entries[picker.shown[place]]
      if layout.isGrid {
        drawTile(&surface, rectangle, entry, isSelected: place == picker.selection)
      } else {
        drawRow(&surface, rectangle, entry, isSelected: place == picker.selection)
      }
    }
    guard let (text, role) = message else { return }
    let isBelowParent = picker.shown.count == 1 && layout.list.rows > 1
    surface.write(
      cut(text, layout.list.columns - 3), column: layout.list.column + 2,
      row: layout.list.row + (isBelowParent ? min(layout.entry.rows, layout.list.rows - 1) : 0),
      style: look(role))
  }

  /// What is said where nothing is listed.
  private var message: (String, Theme.Role)? {
    switch picker.phase {
    case .closed, .listing: return ("reading the folder", .dim)
    case .failed(let reason): return (reason, .error)
    case .listed: break
    }
    guard picker.shown.allSatisfy({ picker.entries[$0].kind == .parent }) else { return nil }
    if !picker.filter.isEmpty { return ("no name matches", .dim) }
    let isEmpty = picker.entries.allSatisfy { $0.kind == .parent }
    return (isEmpty ? "nothing here" : "no pictures (Ctrl-A: all files)", .dim)
  }

  private func style(_ entry: PickerEntry, isSelected: Bool) -> Style {
    if isSelected {
      return look(picker.focus == .entries ? .selection : .mark)
    }
    if picker.facts[entry.name]?.failure != nil || entry.kind == .special { return look(.dim) }
    return look(entry.isFolder ? .title : .text)
  }

  private func drawRow(
    _ surface: inout Surface, _ row: Rectangle, _ entry: PickerEntry, isSelected: Bool
  ) {
    let style = style(entry, isSelected: isSelected)
    surface.fill(row, style: style)
    if picker.isMarked(entry) {
      surface.write(
        mark(of: entry), column: row.column, row: row.row,
        style: isSelected ? style : look(.changed))
    }
    // Name, then dimensions or date, then size; the first to go is what the preview tells anyway.
    var room = row.columns - 3
    let size = entry.isFolder || entry.kind == .special ? "" : Format.bytes(entry.byteCount)
    if room >= 24 {
      write(&surface, size, endingAt: row.endColumn - 1, row.row, isSelected ? style : look(.dim))
      room -= 9
    }
    if room >= 30 {
      let detail = detail(of: entry)
      write(
        &surface, detail.text, endingAt: row.endColumn - 11, row.row,
        isSelected ? style : look(detail.role))
      room -= 12
    }
    surface.write(cut(title(of: entry), room), column: row.column + 2, row: row.row, style: style)
  }

  private func write(
    _ surface: inout Surface, _ text: String, endingAt end: Int, _ row: Int, _ style: Style
  ) {
    surface.write(text, column: end - text.columns, row: row, style: style)
  }

  /// A mark's number among the marked ones, as the first takes the slot.
  private func mark(of entry: PickerEntry) -> String {
    let number = (picker.marked.firstIndex(of: picker.path(of: entry)) ?? 0) + 1
    return number < 10 ? "\(number)" : "+"
  }

  private func title(of entry: PickerEntry) -> String {
    let slash = entry.isFolder ? "/" : ""
    return entry.title + slash + (entry.isLink && !entry.isFolder ? "@" : "")
  }

  private func detail(of entry: PickerEntry) -> (text: String, role: Theme.Role) {
    if entry.kind == .special { return (entry.isLink ? "lost link" : "no file", .dim) }
    if entry.kind == .film { return ("film", .dim) }
    if picker.order == .date, entry.kind != .parent {
      return (PickerText.date(entry.localTime, withTime: false), .dim)
    }
    guard let facts = picker.facts[entry.name] else { return ("", .dim) }
    if let header = facts.header, facts.failure == nil { return (dimensions(header), .dim) }
    return ("unreadable", .error)
  }

  private func dimensions(_ header: PickerFacts.Header) -> String {
    "\(header.width)×\(header.height)"
  }

  private func drawTile(
    _ surface: inout Surface, _ tile: Rectangle, _ entry: PickerEntry, isSelected: Bool
  ) {
    var area = tile.inset(columns: 1)
    let line = area.takeBottom(1)
    let style = style(entry, isSelected: isSelected)
    surface.fill(line, style: style)
    var column = line.column
    if picker.isMarked(entry) {
      column += surface.write(
        mark(of: entry) + " ", column: column, row: line.row,
        style: isSelected ? style : look(.changed))
    }
    surface.write(
      cut(title(of: entry), line.endColumn - column), column: column, row: line.row, style: style)
    if let picture = picker.thumbnails[entry.name] {
      let slot = "picker \(tile.column) \(tile.row)"
      surface.place(placement(of: picture, in: area, slot: slot), style: look(.text))
    } else {
      let text = entry.isFolder ? "folder" : detail(of: entry).text
      surface.write(
        cut(text, area.columns), column: area.column + max(0, area.columns - text.columns) / 2,
        row: area.row + area.rows / 2, style: look(.dim))
    }
  }

  /// A picture as large as its area allows, with its own proportions.
  private func placement(
    of picture: IdentifiedPicture, in area: Rectangle, slot: String
  ) -> PicturePlacement {
    let cell = state.traits.cell
    let (width, height) = (Double(picture.picture.width), Double(picture.picture.height))
    let (cellWidth, cellHeight) = (Double(max(1, cell.width)), Double(max(1, cell.height)))
    let scale = min(
      Double(area.columns) * cellWidth / width, Double(area.rows) * cellHeight / height)
    let size = Size(
      columns: max(1, Int((width * scale / cellWidth).rounded())),
      rows: max(1, Int((height * scale / cellHeight).rounded())))
    return PicturePlacement(
      slot: slot, source: .picture(picture), rectangle: area.centered(size))
  }
}

extension PickerView {
  func drawPreview(_ surface: inout Surface, _ area: Rectangle) {
    guard let entry = picker.selected, picker.phase == .listed else { return }
    var area = area.inset(columns: 1)
    var lines: [(text: String, role: Theme.Role)] = [(entry.title, .title)]
    if entry.isFile {
      lines += facts(of: entry).map { ($0, .text) }
      lines.append((PickerText.date(entry.localTime, withTime: true), .dim))
      if let failure = picker.facts[entry.name]?.failure {
        lines[1...] = failure.wrapped(to: area.columns, rows: 3).map { ($0, .error) }[...]
      }
    } else {
      lines.append((kindText(entry), .dim))
    }
    let text = area.takeBottom(min(lines.count, area.rows))
    for (offset, line) in lines.prefix(text.rows).enumerated() {
      surface.write(
        cut(line.text, text.columns), column: text.column, row: text.row + offset,
        style: look(line.role))
    }
    _ = area.takeBottom(1)
    guard !area.isEmpty else { return }
    if let picture = picker.thumbnails[entry.name] {
      surface.place(placement(of: picture, in: area, slot: "picker"), style: look(.text))
    }
  }

  private func kindText(_ entry: PickerEntry) -> String {
    switch entry.kind {
    case .parent: "the folder above"
    case .folder: "a folder"
    case .special where entry.isLink: "a link that leads nowhere"
    default: "neither a file nor a folder"
    }
  }

  /// Format, dimensions and size as far as they are known, or what is wrong.
  func facts(of entry: PickerEntry) -> [String] {
    let size = Format.bytes(entry.byteCount)
    guard let facts = picker.facts[entry.name] else { return [size] }
    if let failure = facts.failure, layout.preview == nil { return [failure] }
    guard let header = facts.header else { return [size] }
    return ["\(header.format.name), \(dimensions(header)), \(size)"]
  }

  /// What to consider before this picture is used with those already chosen.
  var sizeHint: String? {
    guard let entry = picker.selected, let facts = picker.facts[entry.name],
      facts.failure == nil, let header = facts.header
    else { return nil }
    let side = max(header.width, header.height)
    if case .style = picker.role {
      guard case .loaded(_, let width, let height) = state.sources.content?.content else {
        return nil
      }
      return SourceList.sizeHint(
        photograph: max(width, height), painting: side, named: entry.title)
    }
    guard picker.role == .content else { return nil }
    for style in state.sources.styles {
      guard case .loaded(_, let width, let height) = style.source.content else { continue }
      let hint = SourceList.sizeHint(
        photograph: side, painting: max(width, height), named: style.source.name)
      if let hint { return hint }
    }
    return nil
  }
}
