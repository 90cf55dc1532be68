import Networks
import Pictures
import Tensors

extension InstantStylist {
  /// Paints each painting where its mask applies, those without where none does; the rest stays a photograph.
  ///
  /// - Parameters:
  ///   - photograph: at the size of the result.
  ///   - content: the photograph itself.
  ///   - styles: the paintings, some of them with masks.
  ///   - look: how to paint.
  func paintMasked<E: Error>(
    _ photograph: Picture, from content: Picture, with styles: [StylingJob.Style],
    as look: InstantLook, on workers: Workers, checkpoint: () throws(E) -> Void
  ) throws -> Picture {
    let masks = styles.map {
      $0.mask?.resized(width: photograph.width, height: photograph.height, on: workers)
    }
    let pixels = photograph.width * photograph.height
    var free = [Int](repeating: 255, count: pixels)
    var sums = [Int](repeating: 0, count: 3 * pixels)
    func add(_ picture: Picture, _ share: (Int) -> Int) {
      for index in sums.indices { sums[index] += Int(picture.rgb[index]) * share(index / 3) }
    }
    func painted(_ styles: [StylingJob.Style]) throws -> Picture {
      var part = look
      part.style = .paintings(styles)
      return try paint(photograph, from: content, as: part, on: workers, checkpoint: checkpoint)
    }
    for (style, mask) in zip(styles, masks) {
      guard let mask, !mask.isEmpty, style.weight != 0 else { continue }
      // Where masks overlap, the first comes first.
      let shares = mask.values.indices.map { min(Int(mask.values[$0]), free[$0]) }
      add(
        try painted([StylingJob.Style(picture: style.picture, weight: style.weight)]),
        { shares[$0] })
      for pixel in 0..<pixels { free[pixel] -= shares[pixel] }
    }
    let others = styles.filter { $0.mask == nil && $0.weight != 0 }
    add(others.isEmpty ? photograph : try painted(others), { free[$0] })
    return Picture(
      width: photograph.width, height: photograph.height,
      rgb: sums.map { UInt8(($0 + 127) / 255) }, alpha: photograph.alpha)
  }
}
