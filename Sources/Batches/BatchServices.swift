import Files
import Networks
import Pictures
import Recipes
import Styling

/// What a batch needs of the world: pictures and networks.
public struct BatchServices: Sendable {
  /// The picture in a file.
  public let picture: @Sendable (_ path: String) throws -> BatchSource

  /// An installed network whose features are compared, kept as finely as a recipe says.
  public let network: @Sendable (_ model: String, _ precision: Recipe.Precision) throws -> VGG

  /// A stylist with an installed network that paints in one pass.
  public let stylist: @Sendable (_ model: String) throws -> InstantStylist

  /// Services.
  ///
  /// - Parameters:
  ///   - picture: reads a picture that nobody vouches for.
  ///   - network: opens a network, called once for each.
  ///   - stylist: opens a network that paints, called once for each.
  public init(
    picture: @escaping @Sendable (String) throws -> BatchSource = { try BatchSource(path: $0) },
    network: @escaping @Sendable (String, Recipe.Precision) throws -> VGG,
    stylist: @escaping @Sendable (String) throws -> InstantStylist
  ) {
    self.picture = picture
    self.network = network
    self.stylist = stylist
  }
}

/// A picture as it was read, and which file that was.
public struct BatchSource: Sendable {
  /// The picture.
  public let picture: Picture

  /// The SHA-256 of the file's bytes.
  public let sha256: String

  /// The file as it was before it was read.
  let stamp: FileStamp?

  /// Reads a file that nobody vouches for.
  ///
  /// - Throws: `PictureError`.
  public init(path: String) throws(PictureError) {
    stamp = FileStamp(path: path)
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: PictureLimit.standard.fileBytes) } catch {
      throw .file(error)
    }
    picture = try PictureDecoder.decode(bytes, named: path)
    sha256 = SHA256.hexadecimal(of: bytes)
  }
}
