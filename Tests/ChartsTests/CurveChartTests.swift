import Charts
import Foundation
import Pictures
import TestSupport
import Testing

/// Charts, looked at as pictures.
@Suite struct CurveChartTests {
  private let red = CurveChart.Color(0xFF0000)
  private let blue = CurveChart.Color(0x0000FF)

  /// Where pixels of about this color lie in the plot, left to right, with their mean row.
  private func rows(
    _ chart: CurveChart, where isOfColor: (_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Bool
  ) throws -> [(column: Int, row: Double)] {
    let picture = try PictureDecoder.decode(chart.png(scale: 1), named: "chart.png")
    #expect(picture.width == 720 && picture.height == 400)
    return (0..<571).compactMap { column in
      let rows = (0..<picture.height).filter { row in
        let place = 3 * (row * picture.width + column)
        return isOfColor(
          picture.rgb[place], picture.rgb[place + 1], picture.rgb[place + 2])
      }
      return rows.isEmpty
        ? nil : (column, Double(rows.reduce(0, +)) / Double(rows.count))
    }
  }

  @Test func `a curve that falls to a hundredth ends two decades down, whatever its height`() throws
  {
    let chart = CurveChart(
      iterations: [0, 10], curves: [.init("a", red, [500, 5]), .init("b", blue, [1e-3, 1e-3])])
    let falling = try rows(chart) { $0 > 200 && $1 < 120 && $2 < 120 }
    let level = try rows(chart) { $0 < 120 && $1 < 120 && $2 > 200 }
    let (first, last) = try (#require(falling.first), #require(falling.last))
    #expect(abs(first.row - 24) < 3 && abs(last.row - 360) < 3)
    #expect(abs(first.column - 56) < 3)
    #expect(level.allSatisfy { abs($0.row - 24) < 2 })
  }

  @Test func `what is no number is left out and leaves no trace in the file`() throws {
    let chart = CurveChart(
      iterations: [0, 1, 2],
      curves: [.init("a", red, [.nan, 0, -.infinity]), .init("b", blue, [1, .nan, 0.5])],
      marks: [.init(at: 1, "64 px")])
    #expect(try rows(chart) { $0 > 200 && $1 < 120 && $2 < 120 }.isEmpty)
    let text = String(decoding: chart.svg(), as: UTF8.self)
    #expect(!text.contains("nan") && !text.contains("inf"))
    #expect(CurveChart(iterations: [], curves: []).png().count > 100)
  }
}
