import Kernels
import Networks
import Pictures
import Recipes
import Synchronization
import Tensors

/// Paints in one pass, and remembers what it has read of pictures: a second look at the same ones only
/// paints.
///
/// It may be used from any thread, and from several at once with `Workers` of their own. The weights stay
/// loaded as long as it lives.
public final class InstantStylist: Sendable {
  private let stylizer: Stylizer
  /// What was read, the latest last.
  private let readings = Mutex<[Reading]>([])

  /// Codes are 400 bytes, but each keeps its picture.
  private static let mostReadings = 16

  private struct Reading {
    let picture: Picture
    let longerSide: Int
    let palette: Palette?
    let code: StyleCode
  }

  /// What colors a picture was given before it was read.
  private struct Palette: Equatable {
    let color: Recipe.Color
    let content: Picture
  }

  /// A stylist who paints with a network.
  public init(_ stylizer: Stylizer) {
    self.stylizer = stylizer
  }

  /// Whether the stylist's network can paint a look.
  public func canPaint(_ look: InstantLook) -> Bool {
    switch (stylizer, look.style) {
    case (.arbitrary, .paintings), (.builtin, .builtin), (.graph, .own): true
    default: false
    }
  }

  /// Paints a picture scaled to a longer side, its transparency kept, in the colors of the look.
  ///
  /// - Parameters:
  ///   - content: the photograph.
  ///   - longerSide: the longer side of the result, in pixels; the photograph's own without.
  ///   - look: the style.
  ///   - reference: whose colors and own style the look refers to, in place of the photograph: the first
  ///     frame of a film's shot, for all of its frames.
  ///   - workers: the threads.
  ///   - checkpoint: called between layers, a few milliseconds apart; what it throws ends the work.
  /// - Precondition: `canPaint(look)`.
  /// - Throws: also `CheckpointError` where a network that the user has brought cannot do this size.
  public func stylize<E: Error>(
    _ content: Picture, longerSide: Int? = nil, as look: InstantLook,
    referringTo reference: Picture? = nil, on workers: Workers,
    checkpoint: () throws(E) -> Void
  ) throws -> Picture {
    let photograph = longerSide.map { content.resized(longerSide: $0, on: workers) } ?? content
    let painting =
      if case .paintings(let styles) = look.style, styles.contains(where: { $0.mask != nil }) {
        try paintMasked(
          photograph, from: reference ?? content, with: styles, as: look, on: workers,
          checkpoint: checkpoint)
      } else {
        try paint(
          photograph, from: reference ?? content, as: look, on: workers, checkpoint: checkpoint)
      }
    let colored = Finish.colored(painting, like: photograph, as: look, on: workers)
    guard let protection = look.protection else { return colored }
    return colored.replaced(
      by: photograph,
      where: protection.resized(
        width: photograph.width, height: photograph.height, on: workers))
  }

  /// Paints a photograph at its size, without masks and in the network's own colors.
  func paint<E: Error>(
    _ photograph: Picture, from content: Picture, as look: InstantLook, on workers: Workers,
    checkpoint: () throws(E) -> Void
  ) throws -> Picture {
    if case .graph(let graph) = stylizer {
      let image = Tensor(photograph)
      let painting = try graph.paint(image, on: workers, checkpoint: checkpoint)
      return Picture(
        Self.finish(painting, of: image, as: look, on: workers), alpha: photograph.alpha)
    }
    guard photograph.width * photograph.height > Self.mostPixelsAtOnce else {
      let image = try image(
        of: Tensor(photograph), from: content, as: look, on: workers, checkpoint: checkpoint)
      return Picture(image, alpha: photograph.alpha)
    }
    let painter = try painter(of: look, from: content, on: workers, checkpoint: checkpoint)
    return try paintTiles(
      of: photograph, by: painter, as: look, side: 1536, on: workers, checkpoint: checkpoint)
  }

  /// Larger pictures are painted in tiles: at once these take about 1.6 GB.
  private static let mostPixelsAtOnce = 6_000_000

  /// Paints an image, `(height, width, 3)`.
  ///
  /// - Parameter content: the photograph that the image was made of.
  func image<E: Error>(
    of image: Tensor, from content: Picture, as look: InstantLook, on workers: Workers,
    checkpoint: () throws(E) -> Void
  ) throws(E) -> Tensor {
    let painter = try painter(of: look, from: content, on: workers, checkpoint: checkpoint)
    let painting = try painter.paint(
      image, upsampling: look.upsampling.kernel, on: workers, checkpoint: checkpoint)
    return Self.finish(painting, of: image, as: look, on: workers)
  }

  /// The network with the style of a look.
  func painter<E: Error>(
    of look: InstantLook, from content: Picture, on workers: Workers,
    checkpoint: () throws(E) -> Void
  ) throws(E) -> StylePainter {
    switch (stylizer, look.style) {
    case (.arbitrary(let network), .paintings(let paintings)):
      let palette = look.color.matching.map { _ in Palette(color: look.color, content: content) }
      var mix: [(StyleCode, Double)] = []
      for style in paintings where style.weight != 0 {
        let code = try code(
          of: style.picture, in: palette, scale: look.styleScale, by: network, on: workers,
          checkpoint: checkpoint)
        mix.append((code, style.weight))
      }
      var code = StyleCode(mixing: mix)
      if look.strength < 1 {
        let own = try self.code(
          of: content, scale: 1, by: network, on: workers, checkpoint: checkpoint)
        code = own.blended(to: code, strength: look.strength)
      }
      return network.painter(in: code)
    case (.builtin(let network), .builtin(let styles)):
      return network.painter(weights: Self.weights(of: styles))
    default:
      preconditionFailure("this network cannot paint that look")
    }
  }

  /// What follows the network.
  static func finish(
    _ painting: Tensor, of image: Tensor, as look: InstantLook, on workers: Workers
  ) -> Tensor {
    var painting = painting
    // Paintings' strength is in their code.
    let isInCode = if case .paintings = look.style { true } else { false }
    if !isInCode, look.strength < 1 {
      painting = blend(image, painting, strength: Float(look.strength), on: workers)
    }
    return look.median ? MedianFilter.three(painting, on: workers) : painting
  }

  /// A picture's style.
  private func code<E: Error>(
    of picture: Picture, in palette: Palette? = nil, scale: Double, by network: MagentaStylizer,
    on workers: Workers, checkpoint: () throws(E) -> Void
  ) throws(E) -> StyleCode {
    let longerSide = Self.longerSide(forReading: picture, scale: scale)
    let known = readings.withLock { readings in
      readings.last {
        $0.longerSide == longerSide && $0.picture == picture && $0.palette == palette
      }
    }
    if let known { return known.code }
    var looked = picture.resized(longerSide: longerSide, on: workers)
    if let palette, let matching = palette.color.matching {
      looked = looked.matchingColors(
        of: palette.content.shrunk(to: longerSide, on: workers), by: matching, on: workers)
    }
    let code = try network.code(of: Tensor(looked), on: workers, checkpoint: checkpoint)
    readings.withLock { readings in
      if readings.count >= Self.mostReadings { readings.removeFirst() }
      readings.append(
        Reading(picture: picture, longerSide: longerSide, palette: palette, code: code))
    }
    return code
  }

  /// The size at which a picture's style is read: its shorter side as in training, its longer one not
  /// without end.
  private static func longerSide(forReading picture: Picture, scale: Double) -> Int {
    let (width, height) = (Double(picture.width), Double(picture.height))
    let longer = 256 * scale * max(width, height) / min(width, height)
    return Int(min(max(longer, 32), 1024).rounded())
  }

  private static func weights(of styles: [Recipe.BuiltinStyle]) -> [Float] {
    var weights = [Float](repeating: 0, count: MultiStyleStylizer.styleCount)
    let sum = styles.reduce(0) { $0 + $1.weight }
    for style in styles { weights[style.number] += Float(style.weight / sum) }
    return weights
  }

  private static func blend(
    _ image: Tensor, _ painting: Tensor, strength: Float, on workers: Workers
  ) -> Tensor {
    var result = painting
    image.withFloats { image in
      result.withMutableFloats { result in
        workers.forEachRange(of: result.count, grain: 1 << 15) { range, _ in
          for i in range { result[i] = image[i] + strength * (result[i] - image[i]) }
        }
      }
    }
    return result
  }
}
