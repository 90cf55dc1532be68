import Foundation
import Pictures

/// Pictures as files in a sequence, as iTerm2 shows them: `ESC ] 1337 ; File = options : base64 BEL`.
enum ITermEncoder {
  /// The sequence that draws a picture over so many cells.
  static func sequence(of picture: Picture, size: Size) throws(PictureError) -> [UInt8] {
    let file = try PictureEncoder.encode(picture, as: .png)
    let options =
      "inline=1;size=\(file.count);width=\(size.columns);height=\(size.rows);"
      + "preserveAspectRatio=0;doNotMoveCursor=1"
    return Array("\u{1B}]1337;File=\(options):".utf8) + Data(file).base64EncodedData() + [0x07]
  }
}
