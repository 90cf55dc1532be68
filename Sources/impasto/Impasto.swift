import ArgumentParser
import Foundation

/// The program: parses the command line, runs a subcommand, and says in one line what went wrong.
@main
struct Impasto: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "impasto",
    abstract: "Paint photographs in the style of paintings.",
    discussion: """
      EXAMPLES
        impasto
        impasto studio photo.jpg painting.jpg
        impasto render photo.jpg painting.jpg -o result.png
        impasto render photo.jpg monet.jpg:2 klee.jpg -o result.png --size 768
        impasto render photo.jpg painting.jpg -o result.png --style-weight 30 --json
        impasto render --recipe result.png -o again.png
        impasto batch photos/ --style painting.jpg -o results --method instant
        impasto video film.mp4 painting.jpg -o painted.mp4
        impasto evaluate result.png --content photo.jpg --style painting.jpg
        impasto favorites list
        impasto history list
        impasto models list
        impasto doctor
      """,
    version: version,
    subcommands: [
      StudioCommand.self, Render.self, BatchCommand.self, Video.self, FavoritesCommand.self,
      HistoryCommand.self, Evaluate.self, ShowCommand.self, Inspect.self, Models.self,
      SamplesCommand.self, ThemesCommand.self,
      ConfigCommand.self, Bench.self, Doctor.self,
    ])

  static func main() {
    signal(SIGPIPE, SIG_IGN)  // a closed pipe is an error of the write, not the end of the program
    signal(SIGXFSZ, SIG_IGN)  // so is a file that grows beyond what ulimit allows
    do {
      let arguments = CommandLine.arguments.dropFirst()
      var command = try parseAsRoot(arguments.isEmpty ? ["studio"] : Array(arguments))
      try command.run()
    } catch let code as ExitCode {
      Foundation.exit(code.rawValue)
    } catch let error where exitCode(for: error).isSuccess {
      exit(withError: error)  // --help and --version
    } catch {
      let failure = Failure(error)
      failure.report()
      Foundation.exit(failure.code.rawValue)
    }
  }
}
