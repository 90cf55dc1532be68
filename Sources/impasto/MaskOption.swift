import ArgumentParser

/// A painting's number and its mask, as in `2=sky.png`.
struct MaskOption: ExpressibleByArgument, CustomStringConvertible {
  /// From 1.
  let number: Int
  let file: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), number > 0, !parts[1].isEmpty else {
      return nil
    }
    self.number = number
    file = String(parts[1])
  }

  var description: String { "\(number)=\(file)" }

  static var defaultCompletionKind: CompletionKind { .file() }
}
