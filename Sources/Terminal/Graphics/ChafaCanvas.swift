import Pictures
internal import CChafa

/// A canvas of libchafa's: pixels go in, symbols or sixels come out.
///
/// Of version 1.12.4 only what works is used: RGBA pixels (rows of other lengths are distorted), no
/// dithering by diffusion and no two-color modes with symbols (both read out of bounds).
final class ChafaCanvas {
  private let configuration: OpaquePointer
  private let canvas: OpaquePointer

  /// A canvas of so many cells.
  ///
  /// - Parameters:
  ///   - size: how many cells, at least 1 each way.
  ///   - mode: which colors.
  ///   - configure: sets the rest.
  init?(size: Size, mode: ChafaCanvasMode, configure: (OpaquePointer) -> Void) {
    guard let configuration = chafa_canvas_config_new() else { return nil }
    chafa_canvas_config_set_geometry(configuration, Int32(size.columns), Int32(size.rows))
    chafa_canvas_config_set_canvas_mode(configuration, mode)
    configure(configuration)
    guard let canvas = chafa_canvas_new(configuration) else {
      chafa_canvas_config_unref(configuration)
      return nil
    }
    self.configuration = configuration
    self.canvas = canvas
  }

  deinit {
    chafa_canvas_unref(canvas)
    chafa_canvas_config_unref(configuration)
  }

  /// Fills the canvas.
  ///
  /// - Parameters:
  ///   - rgba: `(height, width, 4)`, straight.
  ///   - width: columns.
  ///   - height: rows.
  func draw(rgba: [UInt8], width: Int, height: Int) {
    precondition(rgba.count == 4 * width * height)
    chafa_canvas_draw_all_pixels(
      canvas, CHAFA_PIXEL_RGBA8_UNASSOCIATED, rgba, Int32(width), Int32(height), Int32(4 * width))
  }

  /// A cell's character with its colors: 0xRRGGBB, or numbers in palette modes; nil for transparent.
  func cell(column: Int, row: Int) -> (scalar: Unicode.Scalar, foreground: Int?, background: Int?) {
    let scalar = chafa_canvas_get_char_at(canvas, Int32(column), Int32(row))
    var (foreground, background) = (Int32(-1), Int32(-1))
    chafa_canvas_get_raw_colors_at(canvas, Int32(column), Int32(row), &foreground, &background)
    func color(_ value: Int32) -> Int? { value < 0 ? nil : Int(value) }
    return (Unicode.Scalar(scalar) ?? " ", color(foreground), color(background))
  }

  /// Everything as one sequence, for modes of pixels.
  func sequence() -> [UInt8] {
    guard let information = chafa_term_db_get_fallback_info(chafa_term_db_get_default()) else {
      return []
    }
    defer { chafa_term_info_unref(information) }
    guard let text = chafa_canvas_print(canvas, information) else { return [] }
    defer { g_string_free(text, 1) }
    return Array(UnsafeRawBufferPointer(start: text.pointee.str, count: Int(text.pointee.len)))
  }
}

extension Picture {
  /// The pixels with an opacity of 255 each, `(height, width, 4)`.
  var opaqueRGBA: [UInt8] {
    let area = width * height
    return [UInt8](unsafeUninitializedCapacity: 4 * area) { result, count in
      count = 4 * area
      for index in 0..<area {
        for channel in 0..<3 { result[4 * index + channel] = rgb[3 * index + channel] }
        result[4 * index + 3] = 255
      }
    }
  }
}
