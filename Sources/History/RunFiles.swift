import Styling

/// What lies in a run's folder: `run.json`, `losses.csv`, `frame-0000120.png` for each kept iterate, and
/// while it can be gone on with, `checkpoint.safetensors`.
struct RunFiles: Sendable {
  /// The folder of the run.
  let folder: String

  var record: String { "\(folder)/run.json" }
  var losses: String { "\(folder)/losses.csv" }
  var checkpoint: String { RunFolder.checkpoint(in: folder) }

  func frame(_ iteration: Int) -> String {
    let digits = "\(iteration)"
    let zeros = String(repeating: "0", count: max(0, 7 - digits.count))
    return "\(folder)/\(Self.prefix)\(zeros)\(digits)\(Self.suffix)"
  }

  /// The iteration of a frame by the name of its file; nil for other files.
  static func iteration(of name: String) -> Int? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    let digits = name.dropFirst(prefix.count).dropLast(suffix.count)
    guard digits.allSatisfy(\.isWholeNumber), digits.count >= 7 else { return nil }
    return Int(digits)
  }

  private static let prefix = "frame-"
  private static let suffix = ".png"
}
