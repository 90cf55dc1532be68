import ArgumentParser
import Files
import Foundation
import Studio

/// `impasto config`: preferences in a file.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show, write and check the configuration.",
    discussion: """
      The configuration is a file of lines such as 'theme: impasto-light'. The environment comes before
      it (IMPASTO_THEME and so on), options of a command before both.

      EXAMPLES
        impasto config init
        impasto config edit
        impasto config check
        IMPASTO_THREADS=1 impasto config show
      """,
    subcommands: [
      ConfigShow.self, ConfigInit.self, ConfigEdit.self, ConfigCheck.self, ConfigKeys.self,
      ConfigPath.self,
    ],
    defaultSubcommand: ConfigShow.self)
}

struct ConfigShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print what is configured, as such a file.")

  func run() throws {
    let configuration = Configuration.loadWarning()
    for entry in Configuration.Entry.all {
      guard let text = entry.text(configuration) else { continue }
      print("\(entry.name): \(text)".printable)
    }
    let changed = Keymap.actions.compactMap { action in
      configuration.keymap.labels(of: action.name).map { (action.name, $0) }
    }
    if !changed.isEmpty { print("keys:") }
    for (name, labels) in changed {
      let list = labels.map { "\"\($0 == "\"" || $0 == "\\" ? "\\\($0)" : $0)\"" }
      print("  \(name): [\(list.joined(separator: ", "))]")
    }
  }
}

struct ConfigInit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented configuration to start from.")

  func run() throws {
    let path = Folders().configuration
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Failure(
        "it exists already", of: path, hint: "impasto config edit", code: .cannotCreate)
    }
    try ConfigurationFile.write(ConfigurationFile.commentedDefault, to: path)
    print(path.printable)
  }
}

struct ConfigEdit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Open the configuration in $VISUAL or $EDITOR, then check it.")

  func run() throws {
    let path = Folders().configuration
    if !FileManager.default.fileExists(atPath: path) {
      try ConfigurationFile.write(ConfigurationFile.commentedDefault, to: path)
    }
    let environment = ProcessInfo.processInfo.environment
    let editor = ["VISUAL", "EDITOR"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "vi"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // As git does: the variable may hold arguments, the path is one whatever is in it.
    process.arguments = ["-c", "\(editor) \"$1\"", editor, path]
    do { try process.run() } catch {
      throw Failure("it cannot be started", of: editor, code: .unavailable)
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure("it ended with \(process.terminationStatus)", of: editor, code: .unavailable)
    }
    try ConfigCheck().run()
  }
}

struct ConfigCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say what of the configuration makes no sense.")

  func run() throws {
    let (configuration, found) = Configuration.load()
    var problems = found
    if let theme = configuration.theme, let problem = ThemeLibrary().problem(with: theme) {
      problems.append(problem)
    }
    for loss in configuration.keymap.losses {
      problems.append(
        .init(
          place: "keys", reason: "'\(loss.name)' has no key any more: '\(loss.to)' took it"))
    }
    for problem in problems { print(problem.line.printable) }
    guard problems.isEmpty else { throw ExitCode(Failure.Code.badData.rawValue) }
    print("the configuration makes sense")
  }
}

struct ConfigKeys: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "List the studio's actions and their keys.")

  func run() throws {
    let keymap = Configuration.loadWarning().keymap
    let width = 2 + (Keymap.actions.map(\.name.count).max() ?? 0)
    for action in Keymap.actions {
      let keys = (keymap.labels(of: action.name) ?? action.keys).joined(separator: " ")
      print(action.name.padded(to: width) + keys.padded(to: 20) + action.title)
    }
  }
}

struct ConfigPath: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Print where the configuration is.")

  func run() throws { print(Folders().configuration.printable) }
}

extension ConfigurationFile {
  static func write(_ text: String, to path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure("the folder cannot be made", of: folder, code: .cannotCreate)
    }
    try AtomicFile.write(Array(text.utf8), to: path)
  }
}
