import Films
import Foundation
import Recipes

/// Something that is painted beside the studio, by the settings as they were when it was asked for.
public struct QueuedJob: Equatable, Sendable, Identifiable, Codable {
  /// What is painted.
  public enum Work: Equatable, Sendable, Codable {
    /// All photographs of a folder.
    case batch(folder: String)
    /// A film.
    case film(path: String)
  }

  /// What it is doing.
  public enum Phase: Equatable, Sendable, Codable {
    /// Others come first.
    case waiting
    /// Being painted.
    case running
    /// Asked to halt.
    case stopping
    /// Halted; it can go on where it was.
    case paused
    /// All was painted that can be.
    case done
    /// Something went wrong, in one line.
    case failed(String)
  }

  /// How far it is.
  public struct Progress: Equatable, Sendable, Codable {
    /// Pictures or frames that are painted, those of earlier runs included.
    public var done = 0
    /// How many there are; nil while that is unknown.
    public var total: Int?
    /// Pictures that could not be painted.
    public var failures = 0
    /// Why the last of them could not.
    public var lastFailure: String?
    /// The time that it still takes; nil while that is unknown.
    public var secondsLeft: Double?
    /// The latest files that are there, the oldest first: pictures, or parts of the film.
    public var results: [String] = []

    /// Nothing was done.
    public init() {}

    private static let mostResults = 256

    mutating func add(result: String) {
      results.removeAll { $0 == result }
      results.append(result)
      if results.count > Self.mostResults { results.removeFirst() }
    }

    /// The share that is done, 0…1.
    public var share: Double {
      guard let total, total > 0 else { return 0 }
      return min(1, Double(done + failures) / Double(total))
    }
  }

  /// Its number.
  public let id: Int
  /// What is painted.
  public let work: Work
  /// How; without the photographs.
  public var recipe: Recipe
  /// The folder or film that it becomes.
  public let output: String
  /// What it is doing.
  public var phase = Phase.waiting
  /// How far it is.
  public var progress = Progress()

  /// A job that waits.
  public init(id: Int, work: Work, recipe: Recipe, output: String) {
    self.id = id
    self.work = work
    self.recipe = recipe
    self.output = output
  }

  /// The folder or film that it is made of.
  public var source: String {
    switch work {
    case .batch(let folder): folder
    case .film(let path): path
    }
  }

  /// Whether it is a film.
  public var isFilm: Bool { if case .film = work { true } else { false } }

  /// Whether somebody works on it.
  public var isActive: Bool { phase == .running || phase == .stopping }
}

extension QueuedJob.Work {
  /// Where the result goes unless the user says otherwise: beside what it is made of.
  var suggestedOutput: String {
    switch self {
    case .batch(let folder): return "\(folder)-painted"
    case .film(let path):
      let name = path as NSString
      let kind = name.pathExtension.lowercased()
      return
        "\(name.deletingPathExtension)-painted.\(FilmOutput.extensions.contains(kind) ? kind : "mp4")"
    }
  }
}
