import Favorites
import Files
import Foundation
import Pictures
import Recipes
import Terminal

extension GalleryServices {
  /// Keeps a picture: in the library, or where that is impossible beside it, with its recipe in a file.
  public func keep(_ picture: IdentifiedPicture, _ recipe: Recipe, _ provenance: Provenance) {
    changes.async { [self] in
      post(.kept(picture, keeping(picture.picture, recipe, provenance)))
    }
  }

  private func keeping(
    _ picture: Picture, _ recipe: Recipe, _ provenance: Provenance
  ) -> Keeping {
    let origin = Favorite.Origin(
      recipe: recipe, sources: Favorite.Source.all(of: recipe), losses: provenance.losses,
      metrics: provenance.metrics, seconds: provenance.seconds, iterations: provenance.iterations,
      lineage: provenance.lineage)
    do {
      return .inLibrary(
        try library.use { library throws(FavoriteError) in
          try library.add(picture, origin: origin)
        })
    } catch .duplicate {
      return .already
    } catch {
      let reason = StudioFailure.line(for: error)
      do {
        return .beside(path: try keepBeside(picture, recipe), because: reason)
      } catch {
        return .failed(StudioFailure.line(for: error))
      }
    }
  }

  /// Writes a picture and its recipe into the folder that the library takes pictures in from.
  private func keepBeside(_ picture: Picture, _ recipe: Recipe) throws -> String {
    let folder = "\(dataFolder)/pictures"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let stem = TimestampedName.free(in: folder, suffix: "")
    try write(picture, with: recipe, as: stem)
    return "\(stem).png"
  }

  func change(_ id: UUID, _ change: GalleryChange) {
    attempt { library throws(FavoriteError) in
      .changed(
        try library.update(id) { annotation in
          switch change {
          case .rating(let stars): annotation.rating = stars
          case .title(let title): annotation.title = title
          case .note(let note): annotation.note = note
          case .tags(let tags): annotation.tags = tags
          }
        })
    }
  }

  func measure(_ id: UUID, _ metrics: [String: Double]) {
    // Of a favorite that is gone by now, nobody wants to know.
    guard
      let favorite = try? library.use({ library throws(FavoriteError) in
        try library.measure(id, metrics)
      })
    else { return }
    post(.gallery(.changed(favorite)))
  }

  func remove(_ id: UUID) {
    attempt { library throws(FavoriteError) in
      try library.remove([id])
      return .removed(id)
    }
  }

  func restore(_ id: UUID) {
    attempt { library throws(FavoriteError) in
      try library.restore([id])
      return .restored(id)
    }
  }

  func export(_ favorites: [Favorite], to folder: String) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      let code = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
      let failure = FileError.cannotCreate(
        path: folder, errno: Int32(truncatingIfNeeded: code?.code ?? Int(EACCES)))
      post(.gallery(.refused(StudioFailure.line(for: failure))))
      return
    }
    attempt { library throws(FavoriteError) in
      for favorite in favorites { _ = try library.export(favorite, to: folder) }
      return .exported(count: favorites.count, folder: folder)
    }
  }

  /// Reports what came of a change, or why it was not made.
  private func attempt(
    _ body: (FavoriteLibrary) throws(FavoriteError) -> GalleryEvent
  ) {
    do { post(.gallery(try library.use(body))) } catch {
      post(.gallery(.refused(GalleryFailure(error).text)))
    }
  }
}
