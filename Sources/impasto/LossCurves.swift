import Files
import Foundation
import Studio
import Styling
import Synchronization

/// The losses of a run, for a file: `.csv` for other programs, `.svg` to look at.
final class LossCurves: Sendable {
  /// What a file's name asks for.
  enum Format: String, CaseIterable {
    case csv, svg
  }

  private struct Point {
    let iteration: Int
    let scale: Int
    let seconds: Double
    let losses: Losses
  }

  private let path: String
  private let format: Format
  private let points = Mutex<[Point]>([])

  /// Curves that go to a file, which can be written.
  init(path: String) throws {
    let kind = (path as NSString).pathExtension.lowercased()
    guard let format = Format(rawValue: kind) else {
      throw Failure(
        "the name does not say which kind of chart it is", of: path, hint: "end it in .svg or .csv",
        code: .usage)
    }
    try AtomicFile.requireWritable(path)
    self.path = path
    self.format = format
  }

  func take(_ iterate: Iterate) {
    points.withLock {
      $0.append(
        Point(
          iteration: iterate.iteration, scale: iterate.scale, seconds: iterate.seconds,
          losses: iterate.losses))
    }
  }

  func write() throws {
    let points = points.withLock { $0 }
    let text =
      switch format {
      case .csv: Self.table(points)
      case .svg: Self.drawing(points)
      }
    try AtomicFile.write(Array(text.utf8), to: path)
  }

  private static func table(_ points: [Point]) -> String {
    let layers = points.first.map { $0.losses.styleByLayer.keys.sorted() } ?? []
    var text = "iteration,scale,seconds,total,content,style,tv"
    for layer in layers { text += ",style_\(layer)" }
    for point in points {
      let losses = point.losses
      text += "\n\(point.iteration),\(point.scale),\(point.seconds),\(losses.total)"
      text += ",\(losses.content),\(losses.style),\(losses.tv)"
      for layer in layers { text += ",\(losses.styleByLayer[layer] ?? .nan)" }
    }
    return text + "\n"
  }

  /// Each curve as a share of its own peak on a logarithmic axis, as in the studio.
  private static func drawing(_ points: [Point]) -> String {
    let (width, height, left, top) = (720.0, 400.0, 56.0, 24.0)
    let (right, bottom) = (width - 150, height - 40)
    let curves: [(name: String, color: String, value: (Losses) -> Double)] = [
      ("total", "#3d3a35", \.total), ("content", "#2f6fb0", \.content),
      ("style", "#c4621f", \.style), ("tv", "#5c8a2c", \.tv),
    ]
    let first = points.first?.iteration ?? 0
    let span = Double(max(1, (points.last?.iteration ?? 1) - first))
    func x(_ iteration: Int) -> Double { left + (right - left) * Double(iteration - first) / span }
    let shares = curves.map { curve in
      let peak = points.map { curve.value($0.losses) }.filter(\.isFinite).max() ?? 0
      return points.map { peak > 0 ? curve.value($0.losses) / peak : 0 }
    }
    let least = shares.joined().filter { $0 > 0 && $0.isFinite }.min() ?? 0.1
    let decades = min(8, max(1, (-log10(least)).rounded(.up)))
    func y(_ share: Double) -> Double {
      top + (bottom - top) * min(1, -log10(max(share, pow(10, -decades))) / decades)
    }
    func number(_ value: Double) -> String { Studio.Format.number(value, 1) }
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(width)) \(Int(height))" \
      font-family="sans-serif" font-size="12">
      <rect width="100%" height="100%" fill="#fdfbf6"/>

      """
    for decade in 0...Int(decades) {
      let line = number(y(pow(10, -Double(decade))))
      text += "<path d=\"M\(left) \(line)H\(right)\" stroke=\"#e4ddcf\"/>\n"
      let percent = 100 * pow(10, -Double(decade))
      text += "<text x=\"\(left - 8)\" y=\"\(line)\" text-anchor=\"end\" dy=\"4\">"
      text += "\(String(format: "%g", percent)) %</text>\n"
    }
    for (place, anchor) in [(first, "start"), (points.last?.iteration ?? first, "end")] {
      text += "<text x=\"\(number(x(place)))\" y=\"\(bottom + 20)\" text-anchor=\"\(anchor)\">"
      text += "\(place)</text>\n"
    }
    for (before, point) in zip(points, points.dropFirst()) where before.scale != point.scale {
      let place = number(x(point.iteration))
      text +=
        "<path d=\"M\(place) \(top)V\(bottom)\" stroke=\"#b9ad97\" stroke-dasharray=\"3 3\"/>\n"
      text += "<text x=\"\(place)\" y=\"\(top - 6)\" text-anchor=\"middle\" fill=\"#8a7f6b\">"
      text += "\(point.scale) px</text>\n"
    }
    for (index, curve) in curves.enumerated() where shares[index].contains(where: { $0 > 0 }) {
      let places = zip(points, shares[index]).filter { $1 > 0 && $1.isFinite }
        .map { "\(number(x($0.iteration))),\(number(y($1)))" }
      text += "<polyline fill=\"none\" stroke=\"\(curve.color)\" stroke-width=\"1.6\" points=\""
      text += places.joined(separator: " ") + "\"/>\n"
      let row = top + 16 + 20 * Double(index)
      let last = points.last.map { Studio.Format.significant(curve.value($0.losses)) } ?? ""
      text += "<text x=\"\(right + 12)\" y=\"\(row)\" fill=\"\(curve.color)\">"
      text += "\(curve.name) \(last)</text>\n"
    }
    return text + "</svg>\n"
  }
}
