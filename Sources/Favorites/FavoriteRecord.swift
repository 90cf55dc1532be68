import Foundation
import Pictures
import Recipes

/// What a picture says of itself as a favorite, in JSON beside its recipe; every part may be missing.
///
/// The index can be made anew from these. A rendered picture that is no favorite names its sources here.
public struct FavoriteRecord: Equatable, Sendable, Codable {
  /// The favorite.
  public var id: UUID?
  /// Milliseconds since 1970.
  var created: Int64?
  var removed: Int64?
  var annotation: Favorite.Annotation?
  /// The pictures it was made of.
  public var sources: [Favorite.Source]?
  var losses: Favorite.Losses?
  var metrics: [String: Double]?
  var seconds: Double?
  var iterations: Int?
  var lineage: Favorite.Lineage?

  /// What is known of a picture that is no favorite.
  public init(sources: [Favorite.Source]) { self.sources = sources }

  init(_ favorite: Favorite) {
    id = favorite.id
    created = favorite.created.milliseconds
    removed = favorite.removed?.milliseconds
    annotation = favorite.annotation
    sources = favorite.origin.sources
    losses = favorite.origin.losses
    metrics = favorite.origin.metrics
    seconds = favorite.origin.seconds
    iterations = favorite.origin.iterations
    lineage = favorite.origin.lineage
  }

  /// Reads a record that nobody vouches for; nil when it is none.
  public init?(json text: String) {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .exact
    guard let record = try? decoder.decode(Self.self, from: Data(text.utf8)) else { return nil }
    self = record
  }

  /// The record as text, the same for the same record.
  public var json: String { JSON.text(self) }

  /// The origin that record and recipe tell of.
  func origin(recipe: Recipe) -> Favorite.Origin {
    Favorite.Origin(
      recipe: recipe, sources: sources ?? [], losses: losses, metrics: metrics ?? [:],
      seconds: seconds, iterations: iterations, lineage: lineage)
  }
}

extension PictureMetadata {
  /// What a picture carries to be repeated: its recipe, and which pictures that was made with.
  public init(recipe: Recipe, record: FavoriteRecord) throws(RecipeError) {
    self.init(recipe: try RecipeFile.text(of: recipe), record: record.json)
  }
}

extension Date {
  /// Whole milliseconds since 1970.
  var milliseconds: Int64 {
    Int64(exactly: (timeIntervalSince1970 * 1000).rounded()) ?? 0
  }

  init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}

/// JSON as it lies in the index and in pictures.
enum JSON {
  static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .exact
    let data = try? encoder.encode(value)  // numbers and text, which cannot fail
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  static func value<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) -> Value? {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .exact
    return try? decoder.decode(type, from: Data(text.utf8))
  }
}

extension JSONEncoder.NonConformingFloatEncodingStrategy {
  fileprivate static var exact: Self {
    .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  }
}

extension JSONDecoder.NonConformingFloatDecodingStrategy {
  fileprivate static var exact: Self {
    .convertFromString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  }
}
