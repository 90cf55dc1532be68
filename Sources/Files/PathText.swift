extension String {
  /// The folder of this path: what stands before its last part; empty for a single name, `/` for what
  /// lies in the root.
  ///
  /// Not left to Foundation, which crashes on a name of one letter.
  public var parentFolder: String {
    var rest = self[...]
    while rest.count > 1, rest.hasSuffix("/") { rest.removeLast() }
    guard let slash = rest.lastIndex(of: "/") else { return "" }
    rest = rest[..<slash]
    while rest.hasSuffix("/") { rest.removeLast() }
    return rest.isEmpty ? "/" : String(rest)
  }
}
