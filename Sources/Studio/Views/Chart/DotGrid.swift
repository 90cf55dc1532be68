import Terminal

/// A plot finer than cells: braille has 2×4 dots in each, half blocks 1×2, letters one.
struct DotGrid {
  /// How dots become characters.
  enum Kind {
    case braille, halfBlocks, letters

    var columns: Int { self == .braille ? 2 : 1 }

    var rows: Int {
      switch self {
      case .braille: 4
      case .halfBlocks: 2
      case .letters: 1
      }
    }
  }

  let kind: Kind
  let size: Size
  /// In dots.
  let width: Int
  let height: Int

  /// The curve that owns each dot, or -1.
  private var owners: [Int8]

  init(kind: Kind, size: Size) {
    self.kind = kind
    self.size = size
    width = size.columns * kind.columns
    height = size.rows * kind.rows
    owners = Array(repeating: -1, count: width * height)
  }

  /// Draws a line without what lies outside; where curves lie on one another they alternate.
  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int), owner: Int) {
    let steps = max(abs(end.x - start.x), abs(end.y - start.y))
    for step in 0...steps {
      let x = steps == 0 ? start.x : start.x + (end.x - start.x) * step / steps
      let y = steps == 0 ? start.y : start.y + (end.y - start.y) * step / steps
      guard (0..<width).contains(x), (0..<height).contains(y) else { continue }
      let isFree = owners[y * width + x] < 0
      if isFree || (x / (Self.dash * kind.columns)) % 2 == 1 {
        owners[y * width + x] = Int8(truncatingIfNeeded: owner)
      }
    }
  }

  /// In cells.
  private static let dash = 2

  private func owner(_ x: Int, _ y: Int) -> Int? {
    let owner = owners[y * width + x]
    return owner < 0 ? nil : Int(owner)
  }

  /// Draws the dots; cells without any are left as they are.
  func draw(
    on surface: inout Surface, at place: Terminal.Point, curves: [LossChart.Curve]
  ) {
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        guard let (text, style) = cell(column, row, curves) else { continue }
        surface[place.column + column, place.row + row] = Cell(.text(text), style: style)
      }
    }
  }

  private func cell(
    _ column: Int, _ row: Int, _ curves: [LossChart.Curve]
  ) -> (String, Style)? {
    switch kind {
    case .letters: return owner(column, row).map { (String(curves[$0].symbol), curves[$0].style) }
    case .halfBlocks:
      switch (owner(column, 2 * row), owner(column, 2 * row + 1)) {
      case (nil, nil): return nil
      case (let upper?, nil): return ("▀", curves[upper].style)
      case (nil, let lower?): return ("▄", curves[lower].style)
      case (let upper?, let lower?):
        var style = curves[upper].style
        style.background = curves[lower].style.foreground
        return upper == lower ? ("█", curves[upper].style) : ("▀", style)
      }
    case .braille: return braille(column, row, curves)
    }
  }

  /// The dots of a cell, in the color of the curve that has most of them.
  private func braille(
    _ column: Int, _ row: Int, _ curves: [LossChart.Curve]
  ) -> (String, Style)? {
    var dots: UInt32 = 0
    var counts = Array(repeating: 0, count: curves.count)
    for y in 0..<4 {
      for x in 0..<2 {
        guard let owner = owner(2 * column + x, 4 * row + y) else { continue }
        dots |= Self.dots[y][x]
        counts[owner] += 1
      }
    }
    guard let most = counts.max(), most > 0, let scalar = Unicode.Scalar(0x2800 + dots) else {
      return nil
    }
    let winners = counts.indices.filter { counts[$0] == most }
    let winner = winners[(column / Self.dash) % winners.count]
    return (String(scalar), curves[winner].style)
  }

  /// The bits of Unicode's braille patterns, row by row.
  private static let dots: [[UInt32]] = [
    [0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80],
  ]
}
