import Tensors

/// A picture that the painter can paint.
struct Sample: Sendable {
  /// What the picture is for, and the folder it goes to.
  enum Kind: String, Sendable {
    case content, style
  }

  /// The name of its file, without the extension.
  let name: String
  let kind: Kind
  let width: Int
  let height: Int
  /// What it shows, in a few words.
  let title: String
  /// The quality of its JPEG file, 1...100; fine textures take much room.
  var quality = 95
  /// Paints it at a size, as `(height, width, 3)` sRGB in 0...1: the same for every number of threads.
  let paint: @Sendable (_ width: Int, _ height: Int, _ workers: Workers) -> Tensor

  /// Every sample; a new one takes a file of its own and a line here.
  static let all: [Sample] = [
    .harbor, .valley, .stillLife, .street, .portrait, .lighthouse,
    .impastoKnife, .windStrokes, .woodcut, .mosaic, .pointillism, .inkWash, .stainedGlass,
    .cutPaper,
  ]

  /// The samples of these names, in that order; all of them for no names.
  static func named(_ names: [String]) throws(PainterError) -> [Sample] {
    if names.isEmpty { return all }
    var samples: [Sample] = []
    for name in names {
      guard let sample = all.first(where: { $0.name == name }) else {
        throw .noSuchSample(name: name, known: all.map(\.name))
      }
      samples.append(sample)
    }
    return samples
  }

  /// The width and height of a copy whose longer side is given, or of the sample itself.
  func dimensions(longerSide: Int?) -> (width: Int, height: Int) {
    guard let longerSide else { return (width, height) }
    let longest = max(width, height)
    return (max(1, width * longerSide / longest), max(1, height * longerSide / longest))
  }

  /// The folder its file goes to, within a folder of samples.
  func folder(in samples: String) -> String {
    samples + (samples.hasSuffix("/") ? "" : "/") + kind.rawValue
  }

  /// Its file, within a folder of samples.
  func path(in samples: String) -> String { "\(folder(in: samples))/\(name).jpg" }
}
