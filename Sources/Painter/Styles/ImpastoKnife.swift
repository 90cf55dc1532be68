import Tensors

extension Sample {
  /// Thick oil paint, laid on with a knife and broad brushes: a strong palette, relief at all scales.
  static let impastoKnife = Sample(
    name: "impasto-knife", kind: .style, width: 832, height: 624,
    title: "Sun over a field of poppies, in thick oil paint"
  ) { width, height, workers in
    // Painted at twice the size, so that bristles are finer than a pixel.
    var canvas = OilCanvas(width: width * 2, height: height * 2, ground: pigment(0x7A4526))
    for (index, layer) in layers.enumerated() {
      // The cypresses come on top of what lies behind them.
      let motif = PoppyField(aspect: Float(width) / Float(height), hasCypresses: index > 0)
      canvas.apply(strokes(of: layer, motif, canvas), on: workers)
    }
    return canvas.photographed(reducedBy: 2, on: workers)
  }

  /// One round of painting; sizes are shares of the picture's height.
  private struct Layer {
    var width: Float
    var length: Float
    var thickness: Float
    /// How much of the picture the round covers, at most.
    var coverage: Float
    /// How far the strokes keep to places with small forms.
    var selective: Float
    /// 0 for a knife, 1 for a brush.
    var bristle: Float
  }

  private static let layers = [
    Layer(width: 0.100, length: 0.30, thickness: 0.5, coverage: 10, selective: 0, bristle: 0.5),
    Layer(width: 0.066, length: 0.24, thickness: 0.9, coverage: 2.6, selective: 0.1, bristle: 0.25),
    Layer(width: 0.038, length: 0.17, thickness: 1, coverage: 1.6, selective: 0.3, bristle: 0.7),
    Layer(width: 0.021, length: 0.10, thickness: 1, coverage: 0.9, selective: 0.6, bristle: 1),
    Layer(
      width: 0.046, length: 0.12, thickness: 1.25, coverage: 0.34, selective: 0.2, bristle: 0.12),
    Layer(width: 0.012, length: 0.050, thickness: 0.9, coverage: 0.30, selective: 0.75, bristle: 1),
  ]

  /// The strokes of a layer in the order in which they are laid on.
  private static func strokes(
    of layer: Layer, _ motif: PoppyField, _ canvas: OilCanvas
  ) -> [Stroke] {
    let unit = Float(canvas.height)
    let aspect = Float(canvas.width) / unit
    var random = SeededRandom(seed: UInt64(layer.width * 1e5))
    let count = Int(layer.coverage * aspect / (layer.width * layer.length))
    return (0..<count).compactMap { _ in
      let place = Point(random.within(-0.06...aspect + 0.06), random.within(-0.06...1.06))
      guard random.unit() > layer.selective * (1 - motif.detail(place)) else { return nil }
      let touch = motif.touch(at: place, &random)
      let length = layer.length * random.within(0.55...1.25) * touch.reach
      let path = motif.path(from: place, length: length, step: max(layer.width / 8, 0.003))
      guard path.count > 2 else { return nil }
      return Stroke(
        path: path.map { $0 * unit },
        width: layer.width * random.within(0.7...1.25) * touch.breadth * unit,
        body: touch.body, streak: touch.streak,
        thickness: layer.thickness * random.within(0.7...1.3),
        dryness: random.unit() < 0.35 ? random.within(0.3...0.8) : 0,
        bristle: layer.bristle, seed: UInt32(truncatingIfNeeded: random.next()))
    }
  }
}
