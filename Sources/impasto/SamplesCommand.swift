import ArgumentParser
import Checkpoints
import Files
import Foundation
import Studio

/// `impasto samples`: pictures to try the program with.
struct SamplesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "samples",
    abstract: "List the sample pictures, and get real photographs.",
    discussion: """
      Painted samples come with the program. 'impasto samples install' adds photographs by NASA and under \
      CC0, from the Python package scikit-image; the studio's file browser offers them.

      EXAMPLES
        impasto samples
        impasto samples install
        impasto samples install --from scikit_image-0.26.0-cp311-cp311-manylinux_2_24_x86_64.manylinux_2_28_x86_64.whl
        impasto samples path cat
      """,
    subcommands: [List.self, Install.self, Path.self], defaultSubcommand: List.self)

  /// The painted samples that come with the program, as paths.
  private static func painted() -> [String] {
    guard let folder = Installation.folder("samples") else { return [] }
    return ["content", "style"].flatMap { kind in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(kind)")) ?? []
      return names.filter { $0.hasSuffix(".jpg") }.sorted().map { "\(folder)/\(kind)/\($0)" }
    }
  }

  /// What there is.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the sample pictures, and which photographs are installed.")

    func run() throws {
      for path in SamplesCommand.painted() { print(path.printable) }
      let photographs = Photographs(folder: Folders().samples)
      for photograph in Photographs.all {
        let state = photographs.isInstalled(photograph) ? "installed" : "not here"
        print(
          photograph.name.padded(to: 14) + state.padded(to: 11)
            + "\(photograph.title) (\(photograph.license))")
      }
    }
  }

  /// Gets the photographs.
  struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Install photographs by NASA and under CC0 (needs pip, or a copy of the wheel).")

    @Option(
      help: ArgumentHelp("Take them from this copy of the wheel.", valueName: "wheel"),
      completion: .file())
    var from: String?

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    func run() throws {
      let photographs = Photographs(folder: Folders().samples)
      let progress = ProgressLine(quiet: quiet)
      let interruption = Interruption {}
      defer { progress.clear() }
      do {
        try photographs.install(
          from: from,
          progress: { bytes, total in
            let bar = Format.bar(Double(bytes) / Double(max(total, 1)))
            progress.show(
              "photographs: \(bar)  \(Format.bytes(bytes)) of \(Format.bytes(total))")
          }, isCancelled: { interruption.exitCode != nil })
      } catch {
        guard let code = interruption.exitCode else { throw error }
        progress.clear()
        Failure("interrupted; nothing was installed", code: .interrupted).report()
        throw ExitCode(code)
      }
      progress.clear()
      if !quiet {
        print("installed \(Photographs.all.count) photographs: \(photographs.folder.printable)")
      }
    }
  }

  /// Says where they are.
  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print where a photograph is, or the folder of all of them.")

    @Argument(help: "The photograph.")
    var name: String?

    func run() throws {
      let photographs = Photographs(folder: Folders().samples)
      guard let name else { return print(photographs.folder) }
      guard let photograph = Photographs.all.first(where: { $0.name == name }) else {
        throw Failure(
          "no such photograph", of: name, hint: "'impasto samples' lists them", code: .usage)
      }
      guard photographs.isInstalled(photograph) else {
        throw Failure("not installed", of: name, hint: "impasto samples install", code: .noInput)
      }
      print(photographs.path(of: photograph))
    }
  }
}
