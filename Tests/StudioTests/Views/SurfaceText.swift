import Terminal

/// A surface as text for golden files: what the cells show, how they look, and the pictures.
enum SurfaceText {
  /// The characters, row by row; pictures as `▒`.
  static func characters(_ surface: Surface) -> String {
    rows(surface) { cell in
      switch cell.content {
      case .text(let text): text
      case .continuation: ""
      case .picture: "▒"
      }
    }
  }

  /// The looks, a letter each, row by row, and what the letters mean.
  static func looks(_ surface: Surface, _ theme: Theme) -> String {
    var letters: [Style: Character] = [:]
    var legend: [String] = []
    let grid = rows(surface) { cell in
      if let letter = letters[cell.style] { return String(letter) }
      let letter = Character(Unicode.Scalar(UInt8(97 + letters.count % 26)))
      letters[cell.style] = letters.count < 26 ? letter : Character(letter.uppercased())
      legend.append("\(letters[cell.style] ?? letter) \(name(cell.style, theme))")
      return String(letters[cell.style] ?? letter)
    }
    return grid + "\n" + legend.joined(separator: "\n") + "\n"
  }

  /// The pictures: slot, part, place; and the cursor.
  static func placements(_ surface: Surface) -> String {
    var lines = surface.placements.map { placement in
      let place = placement.rectangle
      let crop = placement.crop
      let part = [crop.x, crop.y, crop.width, crop.height].map {
        String(($0 * 1000).rounded() / 1000)
      }
      let kind =
        switch placement.source {
        case .picture(let picture): "\(picture.picture.width)×\(picture.picture.height)"
        case .difference: "difference"
        }
      return
        "\(placement.slot) \(kind) [\(part.joined(separator: " "))] "
        + "at \(place.column),\(place.row) \(place.columns)×\(place.rows)"
    }
    if let cursor = surface.cursor { lines.append("cursor at \(cursor.column),\(cursor.row)") }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func rows(_ surface: Surface, _ text: (Cell) -> String) -> String {
    (0..<surface.size.rows).map { row in
      (0..<surface.size.columns).map { text(surface[$0, row]) }.joined() + "\n"
    }.joined()
  }

  /// The colors and attributes of a look, and the roles that have it.
  private static func name(_ style: Style, _ theme: Theme) -> String {
    let roles = Theme.Role.allCases.filter { theme.style($0) == style }.map { "\($0)" }
    var text = "\(hex(style.foreground)) on \(hex(style.background))"
    if style.attributes != [] { text += " \(attributes(style.attributes))" }
    return roles.isEmpty ? text : "\(text): \(roles.joined(separator: " "))"
  }

  private static func hex(_ color: Color) -> String {
    switch color {
    case .standard: "standard"
    case .indexed(let number): "\(number)"
    case .rgb(let red, let green, let blue):
      [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }

  private static func attributes(_ attributes: Attributes) -> String {
    let names: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"),
      (.reverse, "reverse"),
    ]
    return names.filter { attributes.contains($0.0) }.map(\.1).joined(separator: " ")
  }
}
