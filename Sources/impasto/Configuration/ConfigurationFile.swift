import Files
import Foundation
import Recipes
import Studio
import Yams

/// `config.yaml`: read leniently, since a misspelled key must not keep anybody from painting.
struct ConfigurationFile {
  /// A configuration is short; a longer file is something else.
  private static let limit = 1 << 20

  let path: String

  /// Applies what the file says; a file that is not there says nothing.
  func apply(
    to configuration: inout Configuration, _ problems: inout [Configuration.Problem]
  ) {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: Self.limit) } catch {
      if case .missing = error { return }
      problems.append(.init(place: path, reason: "\(error)"))
      return
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      problems.append(.init(place: path, reason: "it is no text"))
      return
    }
    do {
      // A file of nothing but comments is empty.
      guard let root = try Yams.compose(yaml: text) else { return }
      if root.null != nil { return }
      guard let table = root.mapping else {
        problems.append(problem(at: root, "it must be lines of 'key: value'"))
        return
      }
      for (key, value) in table { apply(key, value, to: &configuration, &problems) }
    } catch {
      problems.append(malformed(error))
    }
  }

  private func apply(
    _ key: Node, _ value: Node, to configuration: inout Configuration,
    _ problems: inout [Configuration.Problem]
  ) {
    let name = key.scalar?.string ?? ""
    guard let entry = Configuration.Entry.named(name) else {
      let known = Configuration.Entry.all.map(\.name)
      problems.append(
        problem(
          at: key, "unknown key '\(name)'",
          hint: name.nearest(among: known).map { "did you mean \($0)?" }
            ?? "there are \(known.joined(separator: ", "))"))
      return
    }
    // `theme:` with nothing behind it is as good as left out.
    if value.null != nil { return }
    if name == "keys", let table = value.mapping {
      for (action, keys) in table { bind(action, keys, in: &configuration, &problems) }
      return
    }
    do throws(Configuration.Entry.Refusal) {
      try entry.read(.init(value), &configuration)
    } catch {
      problems.append(problem(at: key, "\(name): \(error.reason)", hint: error.hint))
    }
  }

  private func bind(
    _ action: Node, _ keys: Node, in configuration: inout Configuration,
    _ problems: inout [Configuration.Problem]
  ) {
    let name = action.scalar?.string ?? ""
    let nodes = keys.sequence.map(Array.init) ?? [keys]
    let labels = nodes.compactMap { $0.null == nil ? $0.scalar?.string : nil }
    guard labels.count == nodes.count else {
      problems.append(problem(at: action, "\(name): it must be a key or a list of keys"))
      return
    }
    do throws(Keymap.Problem) {
      try configuration.keymap.bind(name, to: labels)
    } catch {
      var hint: String?
      if case .unknownAction = error {
        hint =
          name.nearest(among: Keymap.actions.map(\.name)).map { "did you mean \($0)?" }
          ?? "'impasto config keys' lists them"
      }
      problems.append(problem(at: action, "\(name): \(error)", hint: hint))
    }
  }

  private func problem(
    at node: Node, _ reason: String, hint: String? = nil
  ) -> Configuration.Problem {
    let line = node.mark.map { ":\($0.line)" } ?? ""
    return .init(place: path + line, reason: reason, hint: hint)
  }

  private func malformed(_ error: any Error) -> Configuration.Problem {
    switch error {
    case YamlError.scanner(_, let problem, let mark, _),
      YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      return .init(place: "\(path):\(mark.line)", reason: "this is no YAML: \(problem)")
    default:
      let reason = "\(error)".split(whereSeparator: \.isNewline).first.map(String.init)
      return .init(place: path, reason: "this is no YAML: \(reason ?? "")")
    }
  }
}

extension ConfigurationFile {
  /// A file that says everything and does nothing, to begin with.
  static var commentedDefault: String {
    var text = """
      # Impasto's configuration. Every line is optional; 'impasto config check' says what it makes of this.
      # The environment comes before this file, options of a command before both.

      """
    for entry in Configuration.Entry.all {
      text += "\n# \(entry.summary)\n"
      if let variable = entry.variable { text += "# (in the environment: \(variable))\n" }
      text += "# \(entry.name): \(entry.example)\n"
    }
    return text
  }
}
