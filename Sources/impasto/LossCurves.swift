import Charts
import Files
import Foundation
import Styling
import Synchronization

/// The losses of a run, for a file: `.csv` for other programs, `.svg` and `.png` to look at.
final class LossCurves: Sendable {
  /// What a file's name asks for.
  enum Format: String, CaseIterable {
    case csv, png, svg
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
        "the name does not say which kind of chart it is", of: path,
        hint: "end it in .png, .svg or .csv",
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
    let bytes =
      switch format {
      case .csv: Array(Self.table(points).utf8)
      case .png: Self.chart(points).png()
      case .svg: Self.chart(points).svg()
      }
    try AtomicFile.write(bytes, to: path)
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

  private static func chart(_ points: [Point]) -> CurveChart {
    let curves: [(name: String, color: Int, value: (Losses) -> Double)] = [
      ("total", 0x3D3A35, \.total), ("content", 0x2F6FB0, \.content),
      ("style", 0xC4621F, \.style), ("tv", 0x5C8A2C, \.tv),
    ]
    return CurveChart(
      iterations: points.map(\.iteration),
      curves: curves.map { curve in
        CurveChart.Curve(
          curve.name, CurveChart.Color(curve.color), points.map { curve.value($0.losses) })
      },
      marks: zip(points, points.dropFirst()).filter { $0.scale != $1.scale }
        .map { CurveChart.Mark(at: $1.iteration, "\($1.scale) px") })
  }
}
