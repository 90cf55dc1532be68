extension String {
  /// This text with control characters replaced, so that a name from a file or the file system
  /// cannot command the terminal it is printed on.
  public var printable: String {
    guard unicodeScalars.contains(where: \.isCommand) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0.isCommand ? "\u{FFFD}" : $0 }))
  }
}

extension Unicode.Scalar {
  /// C0, C1 and DEL command terminals; bidirectional overrides reorder what stands around them.
  fileprivate var isCommand: Bool {
    switch value {
    case 0...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
