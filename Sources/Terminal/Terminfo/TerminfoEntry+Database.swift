import Files

/// Where entries are found: in the order of terminfo(5).
extension TerminfoEntry {
  /// The entry of a terminal type; nil where there is none that can be read.
  static func find(_ type: String, environment: [String: String]) -> TerminfoEntry? {
    guard let first = type.utf8.first, first != UInt8(ascii: "."), !type.contains("/"),
      !type.contains("\0"), type.utf8.count < 128
    else { return nil }
    let letter = String(decoding: [first], as: UTF8.self)
    let hex = String(first, radix: 16)
    for folder in folders(environment) {
      for part in [letter, hex] {
        let path = "\(folder)/\(part)/\(type)"
        if let bytes = try? FileBytes.read(path, limit: largest), let entry = try? Self(bytes) {
          return entry
        }
      }
    }
    return nil
  }

  private static func folders(_ environment: [String: String]) -> [String] {
    let standard = [
      "/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo",
      "/usr/local/share/terminfo",
    ]
    var folders: [String] = []
    // An entry given in the variable itself is for ncurses alone.
    if let own = environment["TERMINFO"], own.hasPrefix("/") { folders.append(own) }
    if let home = environment["HOME"], home.hasPrefix("/") { folders.append(home + "/.terminfo") }
    for folder in (environment["TERMINFO_DIRS"] ?? "").split(separator: ":").prefix(64)
    where folder.hasPrefix("/") {
      folders.append(String(folder))
    }
    return folders + standard
  }
}
