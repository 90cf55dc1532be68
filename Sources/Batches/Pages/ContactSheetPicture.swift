import Pictures
import Tensors

/// The results of a batch, small and side by side: a row for each photograph, a column for each style and
/// variation, with the photographs at the left and the paintings at the top; in the plan's order where
/// that is no table.
struct ContactSheetPicture {
  /// What is shown in a place.
  private enum Cell {
    case empty
    case file(String)
  }

  /// The side of a place, and what lies between two, in pixels.
  private static let (side, gap) = (128, 4)

  /// The longest sheet that is still looked at.
  private static let mostRows = 64
  private static let mostColumns = 24
  private static let ground: UInt8 = 28

  private let rows: [[Cell]]

  /// A sheet of items' results.
  init(of items: [BatchItem], in folder: BatchFolder) {
    rows = Self.table(of: items, in: folder) ?? Self.list(of: items, in: folder)
  }

  /// Nil where the items are no table, or one that is too wide.
  private static func table(of items: [BatchItem], in folder: BatchFolder) -> [[Cell]]? {
    var contents: [String: Int] = [:]
    var columns: [[String]: Int] = [:]
    var paintings: [Int: String] = [:]
    var places: [Int: [Int: String]] = [:]
    for item in items {
      let content = item.recipe.content ?? ""
      let row = contents[content] ?? contents.count
      contents[content] = row
      let key = item.recipe.styles.map(\.picture) + [item.style, item.variation]
      let column = columns[key] ?? columns.count
      columns[key] = column
      guard column < mostColumns,
        places[row, default: [:]].updateValue(folder.path(of: item), forKey: column) == nil
      else { return nil }
      paintings[column] = item.recipe.styles.first?.picture
    }
    // A list of pictures that have nothing in common would be a table of holes.
    guard items.count * 2 > contents.count * columns.count else { return nil }
    let head = (0..<columns.count).map { paintings[$0].map(Cell.file) ?? .empty }
    let names = contents.sorted { $0.value < $1.value }.map(\.key)
    let rows = names.prefix(mostRows).enumerated().map { row, content in
      [.file(content)] + (0..<columns.count).map { places[row]?[$0].map(Cell.file) ?? .empty }
    }
    return [[.empty] + head] + rows
  }

  private static func list(of items: [BatchItem], in folder: BatchFolder) -> [[Cell]] {
    let width = 12
    let shown = items.prefix(width * mostRows).map { Cell.file(folder.path(of: $0)) }
    return stride(from: 0, to: shown.count, by: width).map {
      Array(shown[$0..<min($0 + width, shown.count)])
    }
  }

  /// Paints the sheet, with all cores.
  func picture() -> Picture {
    let columns = rows.map(\.count).max() ?? 0
    let step = Self.side + Self.gap
    let width = max(1, columns) * step + Self.gap
    let height = max(1, rows.count) * step + Self.gap
    var rgb = [UInt8](repeating: Self.ground, count: 3 * width * height)
    for (row, cells) in rows.enumerated() {
      let small = Workers().map(cells.count) { Self.thumbnail(of: cells[$0]) }
      for (column, picture) in small.enumerated() {
        guard let picture else { continue }
        let left = Self.gap + column * step + (Self.side - picture.width) / 2
        let top = Self.gap + row * step + (Self.side - picture.height) / 2
        for y in 0..<picture.height {
          let start = 3 * ((top + y) * width + left)
          rgb.replaceSubrange(
            start..<start + 3 * picture.width,
            with: picture.rgb[3 * y * picture.width..<3 * (y + 1) * picture.width])
        }
      }
    }
    return Picture(width: width, height: height, rgb: rgb)
  }

  private static func thumbnail(of cell: Cell) -> Picture? {
    guard case .file(let path) = cell, let picture = try? PictureDecoder.decode(path) else {
      return nil
    }
    return picture.onWhite.thumbnail(longerSide: side, on: Workers(threads: 1))
  }
}
