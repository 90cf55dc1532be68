import Pictures
internal import CChafa

/// Pictures as sixels, with a palette of their own, by libchafa; without dithering, which at 256 colors
/// doubles the time and is not missed.
///
/// `ESC P 0;1;0 q "1;1;WIDTH;HEIGHT`, the palette as `#n;2;red;green;blue` in percent, then bands of six
/// rows that end in `-`; in a band, each color (`#n`) writes one character `?` + bits for each column,
/// `!n` repeats it and `$` returns to the left; `ESC \`. (DEC STD 070; the VT330/340 manual.)
///
/// libchafa 1.12.4 drops the rows that do not fill a band. Here they are padded to a full band whose
/// surplus bits are then cleared, so that exactly the rectangle is painted; no `-` follows the last band,
/// which on the last line would scroll the screen.
enum SixelEncoder {
  /// The sequence that draws a picture, pixel by pixel.
  static func sequence(of picture: Picture) -> [UInt8] {
    let bands = picture.height.dividedUp(by: bandHeight)
    let canvas = ChafaCanvas(
      size: Size(columns: 1, rows: 1), mode: CHAFA_CANVAS_MODE_TRUECOLOR
    ) { configuration in
      chafa_canvas_config_set_pixel_mode(configuration, CHAFA_PIXEL_MODE_SIXELS)
      chafa_canvas_config_set_cell_geometry(
        configuration, Int32(picture.width), Int32(bands * bandHeight))
      chafa_canvas_config_set_dither_mode(configuration, CHAFA_DITHER_MODE_NONE)
      chafa_canvas_config_set_preprocessing_enabled(configuration, 0)
    }
    guard let canvas else { return [] }
    var rgba = picture.opaqueRGBA
    let lastRow = rgba.suffix(4 * picture.width)
    for _ in picture.height..<bands * bandHeight { rgba += lastRow }
    canvas.draw(rgba: rgba, width: picture.width, height: bands * bandHeight)
    return fitted(canvas.sequence(), width: picture.width, height: picture.height)
  }

  private static let bandHeight = 6

  /// libchafa's sequence with a header of our own and its last band cut to `height`.
  static func fitted(_ sequence: [UInt8], width: Int, height: Int) -> [UInt8] {
    guard let start = sequence.firstIndex(of: UInt8(ascii: "q")),
      let end = sequence.lastIndex(of: 0x1B), start < end
    else { return [] }
    var body = sequence[(start + 1)..<end]
    if body.first == UInt8(ascii: "\""), let colors = body.firstIndex(of: UInt8(ascii: "#")) {
      body = body[colors...]
    }
    while let last = body.last, last == UInt8(ascii: "-") || last == UInt8(ascii: "\n") {
      body.removeLast()
    }
    let used = height % bandHeight
    if used > 0 {
      let band = body.lastIndex(of: UInt8(ascii: "-")) ?? body.startIndex
      let (empty, full) = (UInt8(ascii: "?"), UInt8(ascii: "~"))
      let mask = UInt8(1) << UInt8(used) - 1
      for index in band..<body.endIndex where (empty...full).contains(body[index]) {
        body[index] = empty + (body[index] - empty) & mask
      }
    }
    return Array("\u{1B}P0;1;0q\"1;1;\(width);\(height)".utf8) + body + [0x1B, UInt8(ascii: "\\")]
  }
}
