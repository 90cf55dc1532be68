import Pictures
import Tensors
import Testing

@Suite struct PicturePartTests {
  private let workers = Workers(threads: 2)

  /// Slopes that any good filter keeps.
  private func slopes(_ width: Int, _ height: Int) -> Picture {
    var rgb: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        rgb.append(UInt8(x * 255 / (width - 1)))
        rgb.append(UInt8(y * 255 / (height - 1)))
        rgb.append((x + y).isMultiple(of: 2) ? 0 : 255)
      }
    }
    return Picture(width: width, height: height, rgb: rgb)
  }

  private func part(_ columns: Range<Double>, _ rows: Range<Double>) -> Picture.Part {
    Picture.Part(columns: columns, rows: rows)
  }

  @Test func `all of a picture at its size is the picture`() {
    let picture = slopes(23, 17)
    #expect(picture.scaled(part(0..<23, 0..<17), width: 23, height: 17, on: workers) == picture)
  }

  @Test func `a part between whole pixels is cut out as it is`() {
    let picture = slopes(23, 17)
    let cut = picture.scaled(part(4..<9, 3..<14), width: 5, height: 11, on: workers)
    for y in 0..<11 {
      let row = ((y + 3) * 23 + 4) * 3
      #expect(cut.rgb[y * 15..<y * 15 + 15] == picture.rgb[row..<row + 15])
    }
  }

  @Test(arguments: [(30.0..<90.0, 20), (10.5..<20.25, 200), (0.0..<400.0, 7), (3.0..<3.01, 4)])
  func `a slope keeps its place`(columns: Range<Double>, width: Int) {
    let picture = slopes(400, 300)
    let scaled = picture.scaled(part(columns, 100..<200), width: width, height: 8, on: workers)
    let length = max(1, columns.upperBound - columns.lowerBound)
    for x in 0..<width {
      let place = columns.lowerBound + (Double(x) + 0.5) / Double(width) * length - 0.5
      let expected = min(max(place, 0), 399) * 255 / 399
      // Edges of the picture and blocks of averaged pixels shift by less than half a pixel.
      #expect(abs(Double(scaled.rgb[3 * (4 * width + x)]) - expected) < 3 + length / 100)
    }
  }

  @Test func `much smaller is the mean`() {
    let picture = slopes(400, 300)
    let scaled = picture.scaled(part(0..<400, 0..<300), width: 4, height: 3, on: workers)
    for index in 0..<12 { #expect(abs(Int(scaled.rgb[3 * index + 2]) - 127) <= 1) }
  }

  @Test func `opacity is scaled along, and a part beyond the picture is cut to it`() {
    let picture = Picture(
      width: 4, height: 4, rgb: [UInt8](repeating: 9, count: 48),
      alpha: [UInt8](repeating: 7, count: 16))
    let scaled = picture.scaled(part(-5..<90, 2..<2), width: 9, height: 5, on: workers)
    #expect(scaled.alpha == [UInt8](repeating: 7, count: 45))
    #expect(scaled.rgb == [UInt8](repeating: 9, count: 135))
  }
}
