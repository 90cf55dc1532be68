import Foundation

/// What comes with the program: samples and themes, where they are installed or built.
enum Installation {
  /// A folder that comes with the program: beside `bin/` in `share/impasto/`, in the package that the
  /// program was built in, or where distributions put such things.
  static func folder(_ name: String) -> String? {
    candidates.map { "\($0)/\(name)" }.first { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && isFolder.boolValue
    }
  }

  /// The program itself.
  static var program: String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
  }

  private static var candidates: [String] {
    let folder = URL(fileURLWithPath: program).deletingLastPathComponent()
    let shared = [
      folder.deletingLastPathComponent().path + "/share/impasto", "/usr/local/share/impasto",
      "/usr/share/impasto",
    ]
    // `.build/TRIPLE/release/impasto`
    var ancestor = folder
    for _ in 0..<4 {
      ancestor.deleteLastPathComponent()
      if FileManager.default.fileExists(atPath: ancestor.path + "/Package.swift") {
        return [ancestor.path] + shared
      }
    }
    return shared
  }
}
