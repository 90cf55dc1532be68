import Pictures

/// A picture among a program's other output, with which it scrolls away.
public enum PrintedPicture {
  /// What prints a picture from the cursor's line on and leaves the cursor at the start of the line below
  /// it.
  ///
  /// - Parameters:
  ///   - picture: what is transparent shows white.
  ///   - window: the terminal's size; the picture is fitted into it with two lines to spare.
  ///   - traits: what the terminal can do.
  public static func bytes(of picture: Picture, in window: Size, traits: TerminalTraits) -> [UInt8]
  {
    let size = size(of: picture, in: window, traits: traits)
    let placement = PicturePlacement(
      slot: "printed", source: .picture(IdentifiedPicture(picture)),
      rectangle: Rectangle(size))
    var renderer = PictureRenderer()
    let content = renderer.render(
      RenderingRequest(
        key: RenderingKey(placement, size: size, traits: traits), slot: placement.slot,
        source: placement.source))
    switch content {
    case .cells(let cells): return lines(of: cells, columns: size.columns, traits.colors)
    case .kitty(let picture):
      // A number of the process's own: what is printed stays when the program has gone.
      let number = Int.random(in: 0x1000...0xFFFF) << 8 | Int.random(in: 16...255)
      let style = Style(foreground: Color(hex: UInt32(number)))
      let cells = picture.placeholders.map { Cell(.text($0), style: style) }
      return picture.transmission(number: number)
        + lines(of: cells, columns: size.columns, .direct)
    case .image(let bytes):
      // Room is made first: a picture that makes the window scroll moves differently in each terminal.
      let room = String(repeating: "\n", count: size.rows)
      let (up, down) = ("\u{1B}[\(size.rows)A", "\u{1B}[\(size.rows)B\r")
      return Array("\(room)\(up)\u{1B}7".utf8) + bytes + Array("\u{1B}8\(down)".utf8)
    }
  }

  /// The largest size of the picture's proportions that fits; where pixels are shown, none is enlarged.
  static func size(of picture: Picture, in window: Size, traits: TerminalTraits) -> Size {
    let cell = traits.cell
    var columns = Double(max(1, min(window.columns, KittyPicture.largestSide)))
    var rows = Double(max(1, min(window.rows - 2, KittyPicture.largestSide)))
    switch traits.graphics {
    case .symbols, .ascii: break
    case .kitty, .sixel, .iterm:
      columns = min(columns, Double(picture.width.dividedUp(by: max(1, cell.width))))
      rows = min(rows, Double(picture.height.dividedUp(by: max(1, cell.height))))
    }
    if traits.graphics == .sixel, let limit = traits.pictureLimit {
      columns = max(1, min(columns, Double(limit.width / max(1, cell.width))))
      rows = max(1, min(rows, Double(limit.height / max(1, cell.height))))
    }
    // Of a cell: how much wider the picture is than high.
    let proportion =
      Double(picture.width * max(1, cell.height)) / Double(picture.height * max(1, cell.width))
    let fitted = min(columns, rows * proportion)
    return Size(
      columns: max(1, Int(fitted.rounded())),
      rows: max(1, min(Int(rows), Int((fitted / proportion).rounded()))))
  }

  /// Cells as lines of text with their colors (ECMA-48's SGR).
  private static func lines(
    of cells: [Cell], columns: Int, _ colors: TerminalTraits.Colors
  ) -> [UInt8] {
    var palette = TerminalPalette(count: colors.count)
    var text = ""
    for start in stride(from: 0, to: cells.count, by: columns) {
      var style = Style()
      for cell in cells[start..<min(start + columns, cells.count)] {
        if cell.style != style {
          text += sequence(for: cell.style, &palette)
          style = cell.style
        }
        if case .text(let glyph) = cell.content { text += glyph }
      }
      text += style == Style() ? "\n" : "\u{1B}[0m\n"
    }
    return Array(text.utf8)
  }

  private static func sequence(for style: Style, _ palette: inout TerminalPalette) -> String {
    var codes = ["0"]
    if style.attributes.contains(.bold) { codes.append("1") }
    if style.attributes.contains(.dim) { codes.append("2") }
    if style.attributes.contains(.reverse) { codes.append("7") }
    for (color, base) in [(style.foreground, 30), (style.background, 40)] {
      switch color {
      case .rgb(let red, let green, let blue) where palette.isDirect:
        codes.append("\(base + 8);2;\(red);\(green);\(blue)")
      case .indexed(let index) where palette.isDirect: codes.append("\(base + 8);5;\(index)")
      default:
        switch palette.number(of: color) {
        case ..<0: break
        case let number where number < 8: codes.append("\(base + Int(number))")
        case let number where number < 16: codes.append("\(base + 60 + Int(number) - 8)")
        case let number: codes.append("\(base + 8);5;\(number)")
        }
      }
    }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }
}

extension TerminalTraits.Colors {
  /// How many numbers stand for colors.
  fileprivate var count: Int {
    switch self {
    case .none: 0
    case .sixteen: 16
    case .indexed: 256
    case .direct: .max
    }
  }
}
