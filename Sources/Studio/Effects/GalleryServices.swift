import Dispatch
import Favorites
import Foundation
import Synchronization

/// Does what the gallery asks for, off the main thread: opens, searches and changes the library, reads
/// pictures; and keeps favorites.
///
/// Of searches and of what is wished for, the latest replaces those before it. Changes are made one
/// after the other, all of them.
public final class GalleryServices: Sendable {
  struct Pending {
    var finding = 0
    var wishes = GalleryWishes()
    var query = FavoriteQuery()
    var request = 0
    var current: UUID?
    var isReading = false
    var isLooking = false
    var hasAdopted = false
  }

  let library: SharedLibrary
  let dataFolder: String
  let changes = DispatchQueue(label: "gallery.changes", qos: .userInitiated)
  let post: @Sendable (StudioEvent) -> Void
  let pending = Mutex(Pending())
  let index = DispatchQueue(label: "gallery.index", qos: .userInitiated)
  let pictures = DispatchQueue(label: "gallery.pictures", qos: .utility)

  /// Services for the library in a data folder, which is opened when it is first needed.
  ///
  /// - Parameters:
  ///   - dataFolder: for `library.sqlite` and `pictures/`.
  ///   - post: takes reports, on any thread.
  public init(dataFolder: String, post: @escaping @Sendable (StudioEvent) -> Void) {
    self.dataFolder = dataFolder
    self.post = post
    library = SharedLibrary(folder: dataFolder)
  }

  /// Does what is asked for and returns at once.
  public func run(_ effect: GalleryEffect) {
    switch effect {
    case .find(let query, let pages, let request):
      pending.withLock { $0.finding = request }
      index.async { self.find(query, pages, request) }
    case .want(let wishes, let query, let request): want(wishes, query, request)
    case .list(let kind): index.async { self.list(kind) }
    case .change(let id, let change): changes.async { self.change(id, change) }
    case .measure(let id, let metrics): changes.async { self.measure(id, metrics) }
    case .remove(let id): changes.async { self.remove(id) }
    case .restore(let id): changes.async { self.restore(id) }
    case .export(let favorites, let folder):
      changes.async { self.export(favorites, to: folder) }
    case .rebuild: changes.async { self.rebuild() }
    }
  }

  /// Waits until everything that changes files is done.
  public func finish() { changes.sync {} }

  private func find(_ query: FavoriteQuery, _ pages: [Int], _ request: Int) {
    func isLatest() -> Bool { pending.withLock { $0.finding == request } }
    guard isLatest() else { return }
    do {
      let finding = try library.use { library throws(FavoriteError) in
        let count = try library.count(matching: query)
        guard isLatest() else { return GalleryFinding?.none }
        return GalleryFinding(
          count: count, total: try library.count(),
          pages: try library.pages(pages, of: query))
      }
      guard let finding, isLatest() else { return }
      post(.gallery(.found(finding, request: request)))
      adoptLoose()
    } catch {
      post(.gallery(.failed(GalleryFailure(error))))
    }
  }

  /// Takes in what was kept while the library could not be opened; once, as it looks at all files.
  private func adoptLoose() {
    let isFirst = pending.withLock { pending in
      defer { pending.hasAdopted = true }
      return !pending.hasAdopted
    }
    guard isFirst else { return }
    changes.async { [self] in
      // What cannot be taken in now stays where it is, for the next time.
      guard let arrivals = try? library.library().importLoose(), !arrivals.favorites.isEmpty else {
        return
      }
      post(.gallery(.adopted(count: arrivals.favorites.count)))
    }
  }

  private func list(_ kind: GalleryChooser.Kind) {
    do {
      let names = try library.use { library throws(FavoriteError) in
        switch kind {
        case .tag: try library.tags()
        case .style: try library.styles()
        }
      }
      post(.gallery(.listed(kind, names.map { .init(name: $0.name, count: $0.count) })))
    } catch {
      post(.gallery(.refused(GalleryFailure(error).text)))
    }
  }

  private func rebuild() {
    // Nobody may hold the library that is replaced.
    index.sync {
      pictures.sync {
        do throws(FavoriteError) {
          let rebuilding = try library.rebuild()
          post(
            .gallery(
              .rebuilt(
                count: rebuilding.arrivals.favorites.count,
                refused: rebuilding.arrivals.refused.count)))
        } catch {
          post(.gallery(.failed(GalleryFailure(error))))
        }
      }
    }
  }
}

extension FavoriteLibrary {
  /// Pages of what a query finds, by their numbers.
  func pages(
    _ numbers: [Int], of query: FavoriteQuery
  ) throws(FavoriteError) -> [Int: [Favorite]] {
    var pages: [Int: [Favorite]] = [:]
    for number in numbers {
      pages[number] = try favorites(
        matching: query, limit: GalleryPages.length, offset: number * GalleryPages.length)
    }
    return pages
  }
}

extension GalleryFailure {
  /// What is wrong with the library, and what helps.
  init(_ error: FavoriteError) {
    var text = StudioFailure.line(for: error)
    var canRebuild = false
    switch error {
    case .damaged: canRebuild = true
    case .locked, .tooNew, .diskFull: text += error.hint.map { "; \($0)" } ?? ""
    default: break
    }
    self.init(text: text, canRebuild: canRebuild)
  }
}
