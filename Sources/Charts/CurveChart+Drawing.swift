import CCairo
import Foundation

extension CurveChart {
  /// Width and height in points.
  static let size = (width: 720.0, height: 400.0)

  /// The chart as an SVG file.
  public func svg() -> [UInt8] {
    var bytes: [UInt8] = []
    withUnsafeMutablePointer(to: &bytes) { bytes in
      let surface = cairo_svg_surface_create_for_stream(
        append, bytes, Self.size.width, Self.size.height)
      draw(on: surface)
      cairo_surface_destroy(surface)
    }
    return bytes
  }

  /// The chart as a PNG file with `scale` pixels a point.
  public func png(scale: Int = 2) -> [UInt8] {
    var bytes: [UInt8] = []
    withUnsafeMutablePointer(to: &bytes) { bytes in
      let surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, Int32(Self.size.width) * Int32(scale),
        Int32(Self.size.height) * Int32(scale))
      cairo_surface_set_device_scale(surface, Double(scale), Double(scale))
      draw(on: surface)
      cairo_surface_write_to_png_stream(surface, append, bytes)
      cairo_surface_destroy(surface)
    }
    return bytes
  }

  private func draw(on surface: OpaquePointer?) {
    let pen = Pen(on: surface)
    let (left, right) = (56.0, Self.size.width - 150)
    let (top, bottom) = (24.0, Self.size.height - 40)
    let (first, last) = (iterations.first ?? 0, iterations.last ?? 1)
    func x(_ iteration: Int) -> Double {
      left + (right - left) * Double(iteration - first) / Double(max(1, last - first))
    }
    let decades = decades
    func y(_ share: Double) -> Double {
      top + (bottom - top) * min(1, -log10(share) / Double(decades))
    }

    pen.fill(Color(0xFDFBF6))
    for decade in 0...decades {
      let share = pow(10, -Double(decade))
      pen.line([(left, y(share)), (right, y(share))], Color(0xE4DDCF), width: 1)
      pen.text(
        String(format: "%g %%", 100 * share), x: left - 8, y: y(share) + 4, align: .right,
        Color(0x3D3A35))
    }
    pen.text("\(first)", x: left, y: bottom + 20, align: .left, Color(0x3D3A35))
    pen.text("\(last)", x: right, y: bottom + 20, align: .right, Color(0x3D3A35))
    for mark in marks {
      let place = x(mark.iteration)
      pen.line([(place, top), (place, bottom)], Color(0xB9AD97), width: 1, dash: 3)
      pen.text(mark.text, x: place, y: top - 6, align: .center, Color(0x8A7F6B))
    }
    for (row, curve) in curves.enumerated() {
      let places = zip(iterations, shares(of: curve)).compactMap { iteration, share in
        share.map { (x(iteration), y($0)) }
      }
      guard !places.isEmpty else { continue }
      pen.line(places, curve.color, width: 1.6)
      let value = curve.values.last.map { String(format: "%.4g", $0) } ?? ""
      pen.text(
        "\(curve.name) \(value)", x: right + 12, y: top + 16 + 20 * Double(row), align: .left,
        curve.color)
    }
  }
}

/// Takes what cairo writes; its closure is an array of bytes.
private func append(
  to closure: UnsafeMutableRawPointer?, _ data: UnsafePointer<UInt8>?, count: UInt32
) -> cairo_status_t {
  guard let array = closure?.assumingMemoryBound(to: [UInt8].self) else {
    return CAIRO_STATUS_WRITE_ERROR
  }
  array.pointee += UnsafeBufferPointer(start: data, count: Int(count))
  return CAIRO_STATUS_SUCCESS
}

/// What draws on a surface.
private final class Pen {
  enum Alignment { case left, center, right }

  private let context: OpaquePointer?

  init(on surface: OpaquePointer?) {
    context = cairo_create(surface)
    cairo_select_font_face(
      context, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, 12)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
  }

  deinit { cairo_destroy(context) }

  func fill(_ color: CurveChart.Color) {
    use(color)
    cairo_paint(context)
  }

  func line(
    _ places: [(x: Double, y: Double)], _ color: CurveChart.Color, width: Double, dash: Double = 0
  ) {
    use(color)
    cairo_set_line_width(context, width)
    cairo_set_dash(context, [dash], dash > 0 ? 1 : 0, 0)
    for (index, place) in places.enumerated() {
      if index == 0 { cairo_move_to(context, place.x, place.y) }
      cairo_line_to(context, place.x, place.y)
    }
    cairo_stroke(context)
  }

  func text(
    _ text: String, x: Double, y: Double, align: Alignment, _ color: CurveChart.Color
  ) {
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    let shift: Double =
      switch align {
      case .left: 0
      case .center: extents.x_advance / 2
      case .right: extents.x_advance
      }
    use(color)
    cairo_move_to(context, x - shift, y)
    cairo_show_text(context, text)
  }

  private func use(_ color: CurveChart.Color) {
    cairo_set_source_rgb(context, color.red, color.green, color.blue)
  }
}
