import ArgumentParser
import Favorites
import Files
import Foundation
import Studio

/// `impasto favorites`: results that were kept.
struct FavoritesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "favorites",
    abstract: "List, show, export, import and remove favorites.",
    discussion: """
      A favorite is named by its id, of which the beginning is enough.

      EXAMPLES
        impasto favorites list
        impasto favorites list harbor --rating 4 --tag blue
        impasto favorites show 1f3a
        impasto favorites export --all -o backup
        impasto favorites export --all -o favorites.zip
        impasto favorites import favorites.zip folder result.png
        impasto favorites remove 1f3a --yes
      """,
    subcommands: [
      List.self, Show.self, Export.self, Import.self, Remove.self, Restore.self, Rebuild.self,
    ],
    defaultSubcommand: List.self)

  /// How long what was removed can be restored.
  static let trashDays = 30

  /// The user's library with all pictures of its folder in it; nil when there is none and none is wanted.
  static func library(creating: Bool = false) throws -> FavoriteLibrary? {
    let folder = Folders().data
    let isThere = ["library.sqlite", "pictures"].contains {
      FileManager.default.fileExists(atPath: "\(folder)/\($0)")
    }
    guard creating || isThere else { return nil }
    let library = try FavoriteLibrary(folder: folder)
    if !library.isReadOnly { _ = try library.importLoose() }
    return library
  }

  /// The favorites of these ids, each once, in this order.
  static func favorites(_ ids: [String], in library: FavoriteLibrary?) throws -> [Favorite] {
    var seen: Set<UUID> = []
    return try ids.compactMap { id in
      guard let library else { throw FavoriteError.notFound(id: id) }
      let favorite = try library.favorite(beginning: id)
      return seen.insert(favorite.id).inserted ? favorite : nil
    }
  }
}

extension FavoritesCommand {
  /// Which favorites there are.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show favorites, the newest first.",
      discussion: "Words are looked for in titles, notes, tags and the names of the pictures used.")

    @Argument(help: ArgumentHelp("Words, or beginnings of words.", valueName: "word"))
    var words: [String] = []

    @Option(help: ArgumentHelp("The least rating.", valueName: "stars"))
    var rating = 0

    @Option(help: ArgumentHelp("A tag; may be repeated.", valueName: "tag"))
    var tag: [String] = []

    @Option(help: ArgumentHelp("The file name of a painting.", valueName: "name"))
    var style: String?

    @Option(help: "The order.")
    var order = FavoriteQuery.Order.newest

    @Option(help: ArgumentHelp("Show so many at most.", valueName: "n"))
    var limit = 100

    @Option(help: ArgumentHelp("Leave so many out at the beginning.", valueName: "n"))
    var offset = 0

    @Flag(help: "Show what was removed instead.")
    var trash = false

    @Flag(help: "Print a JSON array.")
    var json = false

    func run() throws {
      let query = FavoriteQuery(
        text: words.joined(separator: " "), rating: rating, tags: tag, style: style, order: order,
        isTrash: trash)
      let library = try FavoritesCommand.library()
      let favorites =
        try library?.favorites(matching: query, limit: limit, offset: offset) ?? []
      if json {
        try JSONLine.print(favorites.map { FavoriteReport($0) })
        return
      }
      for favorite in favorites { print(Self.line(favorite).printable) }
      let count = try library?.count(matching: query) ?? 0
      if favorites.isEmpty {
        print(count == 0 ? "no favorites" : "no more favorites")
      } else if favorites.count < count {
        print("\(favorites.count) of \(count); --limit and --offset show others")
      }
    }

    private static func line(_ favorite: Favorite) -> String {
      let recipe = favorite.origin.recipe
      let names = [recipe.content].compactMap(\.self) + recipe.styles.map(\.picture)
      let pictures = names.map { ($0 as NSString).lastPathComponent }.joined(separator: " + ")
      let title = favorite.annotation.title.isEmpty ? pictures : favorite.annotation.title
      return favorite.id.uuidString.lowercased().prefix(8) + "  "
        + Format.minute(favorite.created) + "  " + Format.stars(favorite.annotation.rating) + "  "
        + "\(favorite.width)×\(favorite.height)".padded(to: 11) + title
    }
  }

  /// All about one favorite.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show all about a favorite.")

    @Argument(help: "The favorite.")
    var id: String

    @Flag(help: "Print a JSON object.")
    var json = false

    func run() throws {
      let library = try FavoritesCommand.library()
      for favorite in try FavoritesCommand.favorites([id], in: library) {
        let report = FavoriteReport(favorite, complete: true)
        if json { try JSONLine.print(report) } else { try report.show() }
      }
    }
  }

  /// Asks before something is done; `--yes` answers, and must where nobody can be asked.
  static func confirm(_ question: String, isAnswered: Bool) throws {
    if isAnswered { return }
    guard isatty(STDIN_FILENO) == 1 else {
      throw Failure("nobody can be asked here", hint: "--yes does it without asking", code: .usage)
    }
    FileHandle.standardError.write(Data("\(question.printable) [y/N] ".utf8))
    guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
      throw ExitCode(1)
    }
  }

  /// Moves favorites to the trash.
  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove favorites; 'restore' brings them back for 30 days.")

    @Argument(help: "The favorites.")
    var ids: [String]

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    func run() throws {
      let library = try FavoritesCommand.library()
      let favorites = try FavoritesCommand.favorites(ids, in: library)
      let count = favorites.count == 1 ? "this favorite" : "these \(favorites.count) favorites"
      try FavoritesCommand.confirm("Remove \(count)?", isAnswered: yes)
      try library?.remove(favorites.map(\.id))
      let days = Double(FavoritesCommand.trashDays)
      try library?.purge(removedBefore: Date(timeIntervalSinceNow: -days * 86_400))
    }
  }

  /// Takes favorites out of the trash.
  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bring back favorites that were removed.",
      discussion: "'impasto favorites list --trash --json' shows their whole ids.")

    @Argument(help: "The favorites, by their whole ids.")
    var ids: [String]

    func run() throws {
      let library = try FavoritesCommand.library()
      let favorites = try FavoritesCommand.favorites(ids, in: library)
      try library?.restore(favorites.map(\.id))
    }
  }

  /// Makes a new index.
  struct Rebuild: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a new library of its pictures, when it is damaged.",
      discussion: "The damaged file is kept under another name.")

    func run() throws {
      let rebuilding = try FavoriteLibrary.rebuild(folder: Folders().data)
      FavoriteReport.showRefused(rebuilding.arrivals.refused)
      print("\(rebuilding.arrivals.favorites.count) favorites")
      if let path = rebuilding.setAside { print("the damaged library is now \(path.printable)") }
    }
  }
}

extension FavoriteQuery.Order: ExpressibleByArgument {}
