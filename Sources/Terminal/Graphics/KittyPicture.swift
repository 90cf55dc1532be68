import Foundation
import Pictures
internal import CZlib

/// A picture for Kitty's graphics protocol, and the characters that stand for its cells.
///
/// The pixels are sent once, under a number: `ESC _ G key=value,… ; base64 ESC \` in pieces of at most
/// 4096 characters. A virtual placement (`U=1`) lets cells show them: each holds U+10EEEE with a
/// diacritic for its row and one for its column, and the number as the color of its text. So pictures
/// scroll, vanish and are covered as text is.
/// (Kitty's documentation, "Terminal graphics protocol", "Unicode placeholders".)
struct KittyPicture: Sendable {
  /// Columns and rows of pixels.
  let width, height: Int
  /// The cells it fills.
  let size: Size
  /// Whether tmux must hand everything on.
  private let isThroughTmux: Bool
  /// The start of the pixels, deflated, in base64; its sequence bears the number.
  private let firstPiece: ArraySlice<UInt8>
  /// The sequences with the other pieces.
  private let otherPieces: [UInt8]
  /// What the cells hold, row by row.
  let placeholders: [String]

  /// More cells than there are diacritics cannot be told apart.
  static let largestSide = 297

  /// A picture that fills so many cells, at most `largestSide` each way; nil where memory runs out.
  init?(_ picture: Picture, size: Size, isThroughTmux: Bool = false) {
    guard let deflated = Self.deflated(picture.rgb) else { return nil }
    width = picture.width
    height = picture.height
    self.size = size
    self.isThroughTmux = isThroughTmux
    let pieceLength = 4096
    let payload = Array(Data(deflated).base64EncodedData())
    firstPiece = payload.prefix(pieceLength)
    var others: [UInt8] = []
    for start in stride(from: pieceLength, to: payload.count, by: pieceLength) {
      let end = min(start + pieceLength, payload.count)
      let sequence = Self.sequence("q=2,m=\(end < payload.count ? 1 : 0)", payload[start..<end])
      others += isThroughTmux ? TmuxPassthrough.wrapped(sequence) : sequence
    }
    otherPieces = others
    placeholders = (0..<size.rows).flatMap { row in
      (0..<size.columns).map { Self.placeholder(column: $0, row: row) }
    }
  }

  /// What sends the picture under a number and makes it ready to be shown by cells.
  func transmission(number: Int) -> [UInt8] {
    let keys =
      "a=T,U=1,q=2,f=24,o=z,i=\(number),s=\(width),v=\(height),c=\(size.columns),"
      + "r=\(size.rows),m=\(otherPieces.isEmpty ? 0 : 1)"
    let first = Self.sequence(keys, firstPiece)
    return (isThroughTmux ? TmuxPassthrough.wrapped(first) : first) + otherPieces
  }

  /// Roughly what it occupies.
  var byteCount: Int {
    firstPiece.count + otherPieces.count + placeholders.count * MemoryLayout<String>.stride
  }

  /// What makes the terminal forget the picture of a number.
  static func deletion(number: Int) -> [UInt8] {
    sequence("a=d,d=I,i=\(number),q=2", [])
  }

  private static func sequence(_ keys: String, _ payload: ArraySlice<UInt8>) -> [UInt8] {
    Array("\u{1B}_G\(keys)".utf8) + (payload.isEmpty ? [] : [UInt8(ascii: ";")] + payload)
      + [0x1B, UInt8(ascii: "\\")]
  }

  private static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
    var isComplete = false
    let capacity = Int(compressBound(UInt(bytes.count)))
    let result = [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
      var length = UInt(capacity)
      isComplete =
        compress2(target.baseAddress, &length, bytes, UInt(bytes.count), Z_BEST_SPEED) == Z_OK
      count = isComplete ? Int(length) : 0
    }
    return isComplete ? result : nil
  }

  static func placeholder(column: Int, row: Int) -> String {
    var text = String.UnicodeScalarView()
    text.append("\u{10EEEE}")
    text.append(diacritics[row])
    text.append(diacritics[column])
    return String(text)
  }

  /// The diacritics that stand for 0, 1, 2 and so on.
  ///
  /// By the protocol's rule: all that Unicode 6.0 puts above (combining class 230), without those that
  /// decompose or that normalization fuses with letters.
  static let diacritics: [Unicode.Scalar] = {
    let fused: Set<UInt32> = [
      0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x309, 0x30A, 0x30B, 0x30C, 0x30F,
      0x311, 0x313, 0x314, 0x342, 0x653, 0x654,
    ]
    let (first, last): (UInt32, UInt32) = (0x300, 0x1D244)
    let all = (first...last).lazy.compactMap(Unicode.Scalar.init).filter { scalar in
      let properties = scalar.properties
      guard properties.canonicalCombiningClass.rawValue == 230,
        properties.generalCategory == .nonspacingMark, let age = properties.age,
        (age.major, age.minor) <= (6, 0), !fused.contains(scalar.value)
      else { return false }
      return Array(String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars) == [scalar]
    }
    return Array(all)
  }()
}
