import Foundation

/// Where the program keeps things, after the XDG base directory specification.
///
/// `IMPASTO_HOME` puts all of them into one folder.
struct Folders {
  /// `config.yaml` and the user's themes.
  let config: String

  /// What the user owns: the library, pictures, models.
  let data: String

  /// What can be lost: the log, checkpoints of running jobs.
  let state: String

  /// What can be made anew: small copies of pictures.
  let cache: String

  /// The user's preferences.
  var configuration: String { "\(config)/config.yaml" }

  /// Installed networks.
  var models: String { "\(data)/models" }

  /// Photographs to try the program with.
  var samples: String { "\(data)/samples" }

  /// What it takes to go on with runs that were interrupted.
  var runs: String { "\(state)/runs" }

  /// The painted frames of films that are not finished.
  var films: String { "\(state)/films" }

  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    if let home = environment["IMPASTO_HOME"], !home.isEmpty {
      (config, data, state, cache) = (home, home, home, "\(home)/cache")
      return
    }
    let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
    func folder(_ variable: String, _ fallback: String) -> String {
      // The specification says to ignore relative paths.
      let base = environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
      return "\(base ?? "\(home)/\(fallback)")/impasto"
    }
    config = folder("XDG_CONFIG_HOME", ".config")
    data = folder("XDG_DATA_HOME", ".local/share")
    state = folder("XDG_STATE_HOME", ".local/state")
    cache = folder("XDG_CACHE_HOME", ".cache")
  }
}
