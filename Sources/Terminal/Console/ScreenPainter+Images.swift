internal import CTerminal

/// Pictures that the terminal draws over cells, of which ncurses knows nothing.
extension ScreenPainter {
  /// A picture that is on the screen.
  struct ShownImage {
    var rectangle: Rectangle
    /// nil when something was drawn over it.
    var identity: Int?
  }

  /// A frame's cells with those under pictures made unlike blanks, invisibly: ncurses would otherwise clear
  /// a line's end with a picture in it.
  func marked(_ frame: StagedFrame, of extent: Size) -> [Cell] {
    guard !frame.images.isEmpty else { return frame.cells }
    var cells = frame.cells
    for image in frame.images {
      let part = image.rectangle.intersection(Rectangle(extent))
      for row in part.row..<part.endRow {
        for column in part.column..<part.endColumn {
          let index = row * extent.columns + column
          if cells[index].content == .text(" ") { cells[index].style.attributes.insert(.bold) }
        }
      }
    }
    return cells
  }

  /// Has all rows rewritten where there was a picture that the frame does not have; whether there was one.
  mutating func eraseImages(notIn staged: [StagedImage]) -> Bool {
    let gone = images.filter { old in !staged.contains { $0.rectangle == old.rectangle } }
    images.removeAll { old in gone.contains { $0.rectangle == old.rectangle } }
    for image in gone {
      let rows = Rectangle(
        column: 0, row: image.rectangle.row, columns: size.columns, rows: image.rectangle.rows
      ).intersection(Rectangle(size))
      terminal_rows_rewrite(Int32(rows.row), Int32(rows.rows))
      for index in images.indices where !images[index].rectangle.intersection(rows).isEmpty {
        images[index].identity = nil
      }
    }
    return !gone.isEmpty
  }

  /// Takes note of pictures that new cells are drawn over.
  mutating func forgetImages(changedBy cells: [Cell], in rows: [Int]) {
    for index in images.indices where images[index].identity != nil {
      let rectangle = images[index].rectangle.intersection(Rectangle(size))
      let isHit = rows.contains { row in
        guard (rectangle.row..<rectangle.endRow).contains(row), !shown.isEmpty else { return false }
        let start = row * size.columns
        let range = start + rectangle.column..<start + rectangle.endColumn
        return shown[range] != cells[range]
      }
      if isHit { images[index].identity = nil }
    }
  }

  /// The pictures that are not on the screen yet, or not whole; one that something lies over is left
  /// alone.
  mutating func imagesToDraw(_ staged: [StagedImage]) -> [StagedImage] {
    var drawn: [StagedImage] = []
    for image in staged where !image.isCovered {
      guard Rectangle(size).intersection(image.rectangle) == image.rectangle else { continue }
      if let index = images.firstIndex(where: { $0.rectangle == image.rectangle }) {
        guard images[index].identity != image.identity else { continue }
        images[index].identity = image.identity
      } else {
        images.append(ShownImage(rectangle: image.rectangle, identity: image.identity))
      }
      drawn.append(image)
    }
    return drawn
  }
}
