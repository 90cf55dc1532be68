internal import CTerminal

/// Putting frames on the screen.
extension Console {
  /// Shows a surface; writes only what differs from the frame before, and nothing if nothing does.
  public func show(_ surface: Surface) {
    guard !isGone else { return }
    let frame = stage.stage(surface, traits: traits)
    let change = screen.paint(frame, of: surface.size, cursor: surface.cursor)
    guard change.needsUpdate || !change.images.isEmpty || !frame.transmissions.isEmpty else {
      return
    }
    if traits.isSynchronized { device.write("\u{1B}[?2026h") }
    if !frame.transmissions.isEmpty { device.write(frame.transmissions) }
    if change.needsUpdate { terminal_screen_update() }
    var bytes: [UInt8] = []
    for image in change.images {
      // ncurses must find the cursor where it left it.
      let (row, column) = (image.rectangle.row + 1, image.rectangle.column + 1)
      bytes += Array("\u{1B}7\u{1B}[\(row);\(column)H".utf8) + image.bytes + Array("\u{1B}8".utf8)
    }
    if traits.isSynchronized { bytes += Array("\u{1B}[?2026l".utf8) }
    if !bytes.isEmpty, !device.write(bytes) { isGone = true }
  }
}
