/// One pull of a loaded brush or knife.
struct Stroke: Sendable {
  /// Where the middle of the brush goes, in pixels.
  var path: [Point]
  /// The brush's width in pixels.
  var width: Float
  /// The paint, and the paint not wholly mixed into it, in linear light.
  var body: Vector
  var streak: Vector
  /// How much paint it leaves; 1 is a full load.
  var thickness: Float
  /// How far the paint breaks up towards the end, 0...1.
  var dryness: Float
  /// How deep the hairs plow the paint: 0 for a knife, 1 for a stiff brush.
  var bristle: Float
  var seed: UInt32

  /// The rows and columns that it may touch, limited to a canvas.
  func bounds(width canvasWidth: Int, height canvasHeight: Int) -> (x: Range<Int>, y: Range<Int>) {
    let reach = width * 0.62 + 2
    var low = Point(repeating: .infinity)
    var high = Point(repeating: -.infinity)
    for point in path {
      low = pointwiseMin(low, point - reach)
      high = pointwiseMax(high, point + reach)
    }
    func range(_ from: Float, _ to: Float, _ count: Int) -> Range<Int> {
      let start = Int(clamped(from, 0, Float(count)))
      return start..<max(start, Int(clamped(to + 1, 0, Float(count))))
    }
    return (range(low.x, high.x, canvasWidth), range(low.y, high.y, canvasHeight))
  }

  /// What the stroke leaves at a place of the brush.
  ///
  /// - Parameters:
  ///   - along: pixels from the start.
  ///   - across: -1...1 from edge to edge.
  ///   - extent: the length of the path in pixels.
  /// - Returns: how much of the canvas it covers, 0...1; the paint; and its relief, about 0...1.
  func mark(
    along: Float, across: Float, extent: Float, _ noise: Noise
  ) -> (cover: Float, paint: Vector, relief: Float) {
    let noise = Noise(seed: noise.seed ^ seed)
    let side = across * width / 2
    let progress = along / max(extent, 1)
    let fine = noise(side / 4.2, along / 90)
    let coarse = noise(side / 8.5 + 40, along / 240)
    let hairs = (0.62 * fine + 0.55 * coarse) * bristle
    // A knife leaves flats and shallow ripples across its way.
    let flats =
      (0.5 * noise(side / (width * 0.3), along / (width * 0.8)) + 0.16
        * noise(along / 11, side / 60))
      * (1 - bristle)
    // The brush's edge wanders, and its ends are as uneven as its bristles.
    let edge = 1 - 0.14 * (1 + noise(along / (width * 0.55), across > 0 ? 3.5 : 9.5))
    let ragged = (0.5 + 0.5 * fine + 0.6 * coarse) * width * 0.34
    let inside = min(
      (edge - abs(across)) * width / 2,
      min(along + width * 0.30 - ragged, extent + width * 0.42 - along - ragged))
    var cover = smoothstep(-0.6, 0.9, inside)
    if dryness > 0 {
      let load = 1.15 - dryness * smoothstep(0.25, 1, progress) * 1.5
      cover *= smoothstep(
        -0.12, 0.12, load - 0.5 - coarse * 0.8 - 0.5 * noise(side / 9, along / 22))
    }
    guard cover > 0 else { return (0, body, 0) }

    let marble = noise(side / (width * 0.21) + 7, along / (width * 2.6)) + 0.5 * coarse
    let mixed = mix(body, streak, smoothstep(-0.02, 0.55, marble))
    let shade = 1 + 0.26 * hairs + 0.12 * flats + 0.08 * noise(side / 3, along / 40)
    // Paint pushed aside stands along the edges, and in a lip where the tool was lifted.
    let rims = bell(abs(across) - 0.84, radius: 0.16)
    let lip = bell((extent - along - width * 0.02) / width, radius: 0.2)
    let relief =
      0.46 + 0.5 * hairs + 0.5 * flats + (0.62 - 0.25 * bristle) * rims + 0.55 * lip * (1 - dryness)
      - 0.16 * progress
    return (cover, mixed * shade, max(0, relief) * smoothstep(-0.5, width * 0.05 + 1.5, inside))
  }
}
