import Files

extension Picker {
  /// Works out which entries are shown, and keeps the cursor on the one it is on, or on `name`.
  mutating func arrange(selecting name: RawPath? = nil) {
    let name = name ?? selected?.name
    let filter = PickerFilter(filter)
    let candidates = entries.indices.filter { isVisible(entries[$0], filtered: !filter.isEmpty) }
    shown = candidates
    if !filter.isEmpty {
      shown = candidates.filter { filter.isContained(in: entries[$0].key) }
      if shown.isEmpty {
        shown = candidates.filter { filter.isScattered(in: entries[$0].key) }
      }
    }
    sort()
    let place = name.flatMap { name in shown.firstIndex { entries[$0].name == name } }
    // The way back up is not what people come for.
    let first = shown.count > 1 && entries[shown[0]].kind == .parent ? 1 : 0
    selection = place ?? first
  }

  private func isVisible(_ entry: PickerEntry, filtered: Bool) -> Bool {
    switch entry.kind {
    case .parent: return !filtered
    case .file, .special: if !showsAllFiles { return false }
    case .film: if role != .batch, !showsAllFiles { return false }
    case .folder, .picture: break
    }
    return showsHidden || !entry.isHidden
  }

  /// `entries` come in the order of names, folders first.
  private mutating func sort() {
    func value(_ index: Int) -> Int64 {
      switch order {
      case .name: Int64(-index)
      case .date: entries[index].modified
      case .size: Int64(entries[index].byteCount)
      }
    }
    if order == .name && !isReversed { return }
    let keyed = shown.map { (index: $0, rank: entries[$0].rank, value: value($0)) }
    shown = keyed.sorted { left, right in
      if left.rank != right.rank { return left.rank < right.rank }
      if left.value != right.value { return (left.value > right.value) != isReversed }
      return left.index < right.index
    }.map(\.index)
  }

  /// Forgets the folder, before another one is read.
  mutating func clear() {
    entries = []
    shown = []
    facts = [:]
    thumbnails = PickerThumbnails()
    wishes = []
    isCutShort = false
    selection = 0
    scroll = 0
  }

  /// What remains to be found out, the most urgent first: the picture that has the cursor, then what is
  /// visible, then what comes next in both directions.
  func needs(lines: Int, perLine: Int) -> [PickerWish] {
    guard phase == .listed, !shown.isEmpty, lines > 0 else { return [] }
    let visible = range(from: scroll * perLine, to: (scroll + lines) * perLine)
    let near = range(from: selection - 2 * perLine, to: selection + 2 * perLine + 1)
    var order = [selection]
    order += visible.filter { $0 != selection }
    order += near.filter { !visible.contains($0) }
    let urgent = order.compactMap { place -> PickerWish? in
      let isPictureShown = place == selection || perLine > 1
      return wish(for: place, withThumbnail: isPictureShown)
    }
    // Beside a list only the selected picture is shown; its neighbors are likely to be next.
    let later = perLine > 1 ? [] : near.compactMap { wish(for: $0, withThumbnail: true) }
    return urgent + later.filter { !urgent.contains($0) }
  }

  private func wish(for place: Int, withThumbnail: Bool) -> PickerWish? {
    let entry = entries[shown[place]]
    // Looking into films is no matter of milliseconds.
    guard entry.isFile, entry.kind != .film else { return nil }
    if let facts = facts[entry.name] {
      let isThumbnailMissing = facts.failure == nil && thumbnails[entry.name] == nil
      guard withThumbnail, isThumbnailMissing else { return nil }
    }
    return PickerWish(
      path: path(of: entry), byteCount: entry.byteCount, modified: entry.modified,
      isThumbnailWanted: withThumbnail)
  }

  /// The names of the entries in so many lines.
  func visibleNames(lines: Int, perLine: Int) -> Set<RawPath> {
    let visible = range(from: scroll * perLine, to: (scroll + lines) * perLine)
    return Set(visible.map { entries[shown[$0]].name })
  }

  private func range(from start: Int, to end: Int) -> Range<Int> {
    let start = min(max(0, start), shown.count)
    return start..<min(max(start, end), shown.count)
  }
}
