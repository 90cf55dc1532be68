import Pictures
import Synchronization

/// A picture with an identity, so that comparing two costs nothing.
public struct IdentifiedPicture: Hashable, Sendable {
  /// Different for each picture of this process.
  public let id: Int

  /// The pixels.
  public let picture: Picture

  private static let last = Atomic(0)

  /// Gives a picture its identity.
  public init(_ picture: Picture) {
    self.picture = picture
    id = Self.last.wrappingAdd(1, ordering: .relaxed).newValue
  }

  /// By identity.
  public static func == (left: Self, right: Self) -> Bool { left.id == right.id }

  /// By identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// A picture's place on a surface; the screen turns it into what the terminal understands.
public struct PicturePlacement: Hashable, Sendable {
  /// Which pixels.
  public enum Source: Hashable, Sendable {
    /// A picture.
    case picture(IdentifiedPicture)
    /// Where two pictures differ: the magnitude of their difference, amplified; the second is scaled to
    /// the first's size.
    case difference(IdentifiedPicture, IdentifiedPicture)
  }

  /// A part of a picture, in fractions of its sides.
  public struct Crop: Hashable, Sendable {
    /// The left edge, 0…1.
    public var x: Double
    /// The upper edge, 0…1.
    public var y: Double
    /// The width, more than 0.
    public var width: Double
    /// The height, more than 0.
    public var height: Double

    /// A part.
    public init(x: Double, y: Double, width: Double, height: Double) {
      self.x = x
      self.y = y
      self.width = width
      self.height = height
    }

    /// The whole picture.
    public static let whole = Crop(x: 0, y: 0, width: 1, height: 1)
  }

  /// Names the place across frames: until a new picture of the same slot and size is ready, its
  /// predecessor stays on the screen.
  public let slot: String

  /// Which pixels.
  public let source: Source

  /// The part that is shown, stretched to fill `rectangle`.
  public let crop: Crop

  /// Where.
  public let rectangle: Rectangle

  /// A picture's place.
  public init(slot: String, source: Source, crop: Crop = .whole, rectangle: Rectangle) {
    self.slot = slot
    self.source = source
    self.crop = crop
    self.rectangle = rectangle
  }
}
