import Favorites
import Foundation
import Pictures
import Tensors
import Terminal

extension GalleryServices {
  /// Reads what is shown, the most urgent first.
  func want(_ wishes: GalleryWishes, _ query: FavoriteQuery, _ request: Int) {
    let (mustRead, mustLook) = pending.withLock { pending in
      pending.wishes = wishes
      pending.query = query
      pending.request = request
      // What is being read will be reported anyway.
      pending.wishes.thumbnails.removeAll { $0.id == pending.current }
      pending.wishes.pictures.removeAll { $0.id == pending.current }
      let mustRead = !wishes.pages.isEmpty && !pending.isReading
      let mustLook = pending.wishes.hasFiles && !pending.isLooking
      pending.isReading = pending.isReading || mustRead
      pending.isLooking = pending.isLooking || mustLook
      return (mustRead, mustLook)
    }
    if mustRead { index.async { self.readPages() } }
    if mustLook { pictures.async { self.look() } }
  }

  private func readPages() {
    while let (page, query, request) = nextPage() {
      do {
        let pages = try library.use { library throws(FavoriteError) in
          try library.pages([page], of: query)
        }
        post(.gallery(.read(pages, request: request)))
      } catch {
        post(.gallery(.failed(GalleryFailure(error))))
      }
    }
  }

  private func nextPage() -> (Int, FavoriteQuery, Int)? {
    pending.withLock { pending in
      guard !pending.wishes.pages.isEmpty else {
        pending.isReading = false
        return nil
      }
      return (pending.wishes.pages.removeFirst(), pending.query, pending.request)
    }
  }

  /// Something to be read from a file.
  private enum Look {
    case picture(GalleryWishes.File)
    case thumbnail(GalleryWishes.File)
    case sources(GalleryWishes.Inspection)
  }

  private func look() {
    while let wish = nextLook() {
      let report: GalleryEvent =
        switch wish {
        case .picture(let file): .picture(file.id, picture(file))
        case .thumbnail(let file):
          .thumbnail(file.id, thumbnail(file).map { IdentifiedPicture($0) })
        case .sources(let inspection):
          .inspected(inspection.id, inspection.sources.map(GallerySourceCondition.init))
        }
      // Before the report, as that may lead to the same wish again.
      pending.withLock { $0.current = nil }
      post(.gallery(report))
    }
  }

  /// The most urgent wish; nil ends the work until there is another one.
  private func nextLook() -> Look? {
    pending.withLock { pending in
      if !pending.wishes.pictures.isEmpty {
        let file = pending.wishes.pictures.removeFirst()
        pending.current = file.id
        return .picture(file)
      }
      if !pending.wishes.thumbnails.isEmpty {
        let file = pending.wishes.thumbnails.removeFirst()
        pending.current = file.id
        return .thumbnail(file)
      }
      if let inspection = pending.wishes.inspection {
        pending.wishes.inspection = nil
        return .sources(inspection)
      }
      pending.isLooking = false
      return nil
    }
  }

  private func picture(_ file: GalleryWishes.File) -> GalleryPicture {
    do { return .loaded(IdentifiedPicture(try PictureDecoder.decode(file.path))) } catch {
      return .failed(StudioFailure.line(for: error))
    }
  }

  /// The library's small copy; where that is damaged, one made of the picture.
  private func thumbnail(_ file: GalleryWishes.File) -> Picture? {
    if let known = try? library.library().thumbnail(of: file.id) { return known }
    guard let picture = try? PictureDecoder.decode(file.path) else { return nil }
    let side = min(Self.thumbnailSide, max(picture.width, picture.height))
    return picture.thumbnail(longerSide: side, on: Workers(threads: 1))
  }

  private static let thumbnailSide = 256
}

extension GalleryWishes {
  /// Whether files are to be read.
  fileprivate var hasFiles: Bool {
    !pictures.isEmpty || !thumbnails.isEmpty || inspection != nil
  }
}

extension GallerySourceCondition {
  /// Looks at the file of a source, all of it.
  fileprivate init(_ source: Favorite.Source) {
    if access(source.path, F_OK) != 0 {
      self = .missing
    } else {
      self = source.hasChanged ? .changed : .present
    }
  }
}
