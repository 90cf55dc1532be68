extension Recipe {
  /// How a picture is made.
  public enum Method: Equatable, Sendable {
    /// By optimization, over iterations.
    case optimize
    /// In one pass of a network that reads the paintings' styles.
    case instant
    /// In one pass of a network that has its styles built in, and no need of paintings.
    case builtin([BuiltinStyle])
    /// In one pass of a network of one style that the user has imported under this name.
    case model(String)
  }

  /// One of the built-in styles and how much of it goes into the mix.
  public struct BuiltinStyle: Equatable, Sendable {
    /// How many styles there are to choose from.
    public static let count = 26

    /// Which one, from 0.
    public var number: Int

    /// Its share before the shares are divided by their sum.
    public var weight: Double

    /// A style and its share.
    public init(number: Int, weight: Double = 1) {
      self.number = number
      self.weight = weight
    }
  }

  /// How a picture grows in a network that paints in one pass.
  public enum Upsampling: String, Codable, CaseIterable, Sendable {
    /// Each pixel becomes four, as the networks were trained.
    case nearest
    /// Neighbors blend: no checkerboard, softer strokes.
    case bilinear
  }

  /// Whether the picture is made in one pass.
  public var isInstant: Bool { method != .optimize }

  /// Whether the result depends on paintings.
  public var needsPaintings: Bool {
    switch method {
    case .optimize, .instant: true
    case .builtin, .model: false
    }
  }
}

/// As in recipe files and on the command line: `optimize`, `instant`, `builtin:7`,
/// `builtin:3:0.5,12:0.5`, `model:mosaic`.
extension Recipe.Method: LosslessStringConvertible {
  private static let prefix = "builtin:"
  private static let modelPrefix = "model:"

  /// Reads a method, nil when it is none; numbers, weights and names are not checked.
  public init?(_ text: String) {
    switch text {
    case "optimize": self = .optimize
    case "instant": self = .instant
    case _ where text.hasPrefix(Self.modelPrefix):
      self = .model(String(text.dropFirst(Self.modelPrefix.count)))
    default:
      guard text.hasPrefix(Self.prefix) else { return nil }
      var styles: [Recipe.BuiltinStyle] = []
      let list = text.dropFirst(Self.prefix.count)
      for part in list.split(separator: ",", omittingEmptySubsequences: false) {
        let numbers = part.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(numbers.count), let number = Int(numbers[0]) else { return nil }
        var style = Recipe.BuiltinStyle(number: number)
        if numbers.count == 2 {
          guard let weight = Double(numbers[1]) else { return nil }
          style.weight = weight
        }
        styles.append(style)
      }
      self = .builtin(styles)
    }
  }

  /// The method as `init(_:)` reads it.
  public var description: String {
    switch self {
    case .optimize: "optimize"
    case .instant: "instant"
    case .builtin(let styles):
      Self.prefix
        + styles.map { $0.weight == 1 ? "\($0.number)" : "\($0.number):\($0.weight)" }
        .joined(separator: ",")
    case .model(let name): Self.modelPrefix + name
    }
  }
}

extension Recipe.Method: Codable {
  /// Reads a method from its description.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let method = Self(text) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "'\(text)' is not optimize, instant, builtin:N[:W],… or model:NAME"))
    }
    self = method
  }

  /// Writes the description.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
