import ArgumentParser
import Favorites
import Files
import Foundation

extension FavoritesCommand {
  /// Copies favorites into a folder.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copy favorites into a folder or a .zip, pictures with their recipes.",
      discussion: """
        The pictures carry all that is known of them, so that 'impasto favorites import' takes them in \
        elsewhere.
        """)

    @Argument(help: "The favorites.")
    var ids: [String] = []

    @Flag(help: "Export all of them.")
    var all = false

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("The folder, made if need be, or the .zip archive.", valueName: "path"))
    var output: String

    @Flag(help: "Print a JSON object a line for each copy.")
    var json = false

    private struct Copy: Encodable {
      let id: String
      let picture: String
    }

    func run() throws {
      guard all != !ids.isEmpty else {
        throw Failure("name favorites, or --all of them", code: .usage)
      }
      guard let library = try FavoritesCommand.library() else {
        throw Failure(
          "there are no favorites", hint: "f in the studio keeps a picture", code: .noInput)
      }
      if output.lowercased().hasSuffix(".zip") { return try pack(library) }
      do {
        try FileManager.default.createDirectory(
          atPath: output, withIntermediateDirectories: true)
      } catch {
        throw FileError.cannotCreate(path: output, errno: errno)
      }
      var count = 0
      for favorite in try FavoritesCommand.favorites(ids, in: library) {
        try export(favorite, from: library)
        count += 1
      }
      while all {
        let page = try library.favorites(matching: .init(order: .oldest), offset: count)
        if page.isEmpty { break }
        for favorite in page { try export(favorite, from: library) }
        count += page.count
      }
      if !json { print("\(count) \(count == 1 ? "favorite" : "favorites") in \(output.printable)") }
    }

    private func pack(_ library: FavoriteLibrary) throws {
      var named = try FavoritesCommand.favorites(ids, in: library)
      var count = 0
      count = try library.export(toZip: output) { () throws(FavoriteError) in
        defer { named = [] }
        guard all else { return named }
        let page = try library.favorites(matching: .init(order: .oldest), offset: count)
        count += page.count
        return page
      }
      if json { return try JSONLine.print(Archive(archive: output, favorites: count)) }
      print("\(count) \(count == 1 ? "favorite" : "favorites") in \(output.printable)")
    }

    private struct Archive: Encodable {
      let archive: String
      let favorites: Int
    }

    private func export(_ favorite: Favorite, from library: FavoriteLibrary) throws {
      let path = try library.export(favorite, to: output)
      if json { try JSONLine.print(Copy(id: favorite.id.uuidString.lowercased(), picture: path)) }
    }
  }

  /// Takes pictures in.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make favorites of pictures that carry a recipe, or have a .yaml file beside them.")

    @Argument(help: "Pictures, and folders and .zip archives of pictures.", completion: .file())
    var paths: [String]

    @Flag(help: "Print a JSON object a line for each favorite.")
    var json = false

    func run() throws {
      guard let library = try FavoritesCommand.library(creating: true) else { return }
      var refused: [(path: String, error: FavoriteError)] = []
      var count = 0
      func took(_ path: String, _ result: Result<Favorite, FavoriteError>) throws {
        switch result {
        case .success(let favorite):
          count += 1
          // Told as soon as it is on the disk: who reads this may rely on it.
          if json { try JSONLine.print(FavoriteReport(favorite)) }
        case .failure(let error):
          guard error.kind == .badData || error.kind == .missing else { throw error }
          refused.append((path, error))
        }
      }
      for path in paths where path.lowercased().hasSuffix(".zip") {
        try library.importZip(path, report: took)
      }
      for path in try paths.filter({ !$0.lowercased().hasSuffix(".zip") }).flatMap(Self.pictures) {
        try took(path, Result { () throws(FavoriteError) in try library.import(path) })
      }
      FavoriteReport.showRefused(refused)
      if !json { print("\(count) imported") }
      let isHarmless = refused.allSatisfy { if case .duplicate = $0.error { true } else { false } }
      if !isHarmless { throw ExitCode(Failure.Code.badData.rawValue) }
    }

    private static func pictures(_ path: String) throws -> [String] {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw FileError.missing(path: path)
      }
      return isFolder.boolValue ? try FavoriteLibrary.pictures(in: path) : [path]
    }
  }
}
