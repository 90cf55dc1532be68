/// The capabilities that matter to us, by their places in the entry (term.h), and an entry that has them.
extension TerminfoEntry {
  private enum Place {
    static let canChange = 27
    static let colors = 13
    static let pairs = 14
    static let originalPair = 297
    static let initializeColor = 299
    static let initializePair = 300
    static let setColorPair = 301
    static let setForeground = 302
    static let setBackground = 303
    static let setANSIForeground = 359
    static let setANSIBackground = 360
  }

  /// The first color number that means one of the 256 of the palette; those below are `0xRRGGBB`.
  static let firstIndexed: Int32 = 1 << 24

  /// How many colors the terminal has, as far as the database knows.
  var colors: Int { numbers.indices.contains(Place.colors) ? Int(numbers[Place.colors]) : 0 }

  /// The same terminal with colors given as sRGB, and the 256 of the palette after those; nil where the
  /// entry has no standard colors to return to.
  ///
  /// ncurses' own entries of this kind take the numbers 0 to 7 for palette colors, which turns the
  /// darkest blues into bright ones.
  var withDirectColor: TerminfoEntry? {
    guard strings.indices.contains(Place.originalPair), strings[Place.originalPair] != nil else {
      return nil
    }
    var entry = self
    while entry.numbers.count <= Place.pairs { entry.numbers.append(-1) }
    while entry.strings.count <= Place.setANSIBackground { entry.strings.append(nil) }
    if entry.booleans.indices.contains(Place.canChange) { entry.booleans[Place.canChange] = 0 }
    entry.numbers[Place.colors] = Self.firstIndexed + 256
    entry.numbers[Place.pairs] = 1 << 16
    for place in [
      Place.initializeColor, Place.initializePair, Place.setColorPair, Place.setForeground,
      Place.setBackground,
    ] {
      entry.strings[place] = nil
    }
    entry.strings[Place.setANSIForeground] = Self.setColor(38)
    entry.strings[Place.setANSIBackground] = Self.setColor(48)
    entry.extendedNumbers.removeAll { $0.name.elementsEqual("RGB".utf8) }
    entry.extendedStrings.removeAll { $0.name.elementsEqual("RGB".utf8) }
    entry.extendedBooleans.removeAll { $0.name.elementsEqual("RGB".utf8) }
    entry.extendedBooleans.append(Extended(name: Array("RGB".utf8), value: 1))
    entry.extendedBooleans.sort { $0.name.lexicographicallyPrecedes($1.name) }
    return entry
  }

  /// In the language of terminfo(5): a number below 2²⁴ becomes `38;2;R;G;B`, any other `38;5;N`.
  private static func setColor(_ code: Int) -> [UInt8] {
    Array(
      ("\u{1B}[\(code);%?%p1%{\(firstIndexed)}%<%t"
        + "2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d" + "%e5;%p1%{255}%&%d%;m").utf8)
  }
}
