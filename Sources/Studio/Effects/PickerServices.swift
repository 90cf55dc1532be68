import Dispatch
import Files
import Foundation
import Synchronization
import Terminal

/// Does what the file browser asks for, off the main thread: reads folders and pictures.
///
/// Of each kind of request the latest replaces those before it: a folder that was left is not read to its
/// end, and of the pictures wished for only those are looked into that still are. At most one picture
/// is decoded at a time.
public final class PickerServices: Sendable {
  private struct Pending {
    var listing = 0
    var wishes: [PickerWish] = []
    var request = 0
    var current: PickerWish?
    var isInspecting = false
    var keptSincePruning = 0
  }

  private let pending = Mutex(Pending())
  private let folders = DispatchQueue(label: "picker.folders", qos: .userInitiated)
  private let pictures = DispatchQueue(label: "picker.pictures", qos: .utility)
  private let shelf = DispatchQueue(label: "picker.shelf", qos: .utility)
  private let cache: ThumbnailCache
  private let stateFolder: String
  private let post: @Sendable (PickerEvent) -> Void

  /// Services that keep small copies in one folder, and the user's folders in another.
  ///
  /// - Parameters:
  ///   - cacheFolder: for what can be made anew; `thumbnails/` is made in it.
  ///   - stateFolder: for `folders.json`, and `names/` with links to files whose names are not text.
  ///   - post: takes reports, on any thread.
  public init(
    cacheFolder: String, stateFolder: String, post: @escaping @Sendable (PickerEvent) -> Void
  ) {
    cache = ThumbnailCache(folder: "\(cacheFolder)/thumbnails")
    self.stateFolder = stateFolder
    self.post = post
  }

  /// Does what is asked for and returns at once.
  public func run(_ effect: PickerEffect) {
    switch effect {
    case .list(let path, let request):
      pending.withLock { pending in
        pending.listing = request
        pending.wishes = []
      }
      folders.async { self.list(path, request) }
    case .inspect(let wishes, let request):
      inspect(wishes, request)
    case .complete(let folder, let prefix, let request):
      folders.async { self.complete(folder, prefix, request) }
    case .readShelf:
      shelf.async {
        self.post(.shelfRead(PickerShelfFile.read(self.shelfPath)))
        self.cache.prune()
      }
    case .keepShelf(let kept):
      shelf.async { self.keep(kept) }
    case .name(let paths):
      shelf.async { self.name(paths) }
    }
  }

  private var shelfPath: String { "\(stateFolder)/folders.json" }

  private func list(_ path: RawPath, _ request: Int) {
    let isCancelled = { self.pending.withLock { $0.listing != request } }
    if isCancelled() { return }
    do {
      let listing = try PickerFolder.listing(of: path, isCancelled: isCancelled)
      post(.listed(listing, request: request))
    } catch .cancelled {
      return
    } catch {
      post(.listingFailed("\(error)", request: request))
    }
  }

  /// The names in a folder that start as typed; if none does, those that do but for their case.
  private func complete(_ folder: RawPath, _ prefix: String, _ request: Int) {
    let listing = try? PickerFolder.listing(of: folder) {
      self.pending.withLock { $0.listing != request }
    }
    let key = PickerFilter.key(of: prefix)
    let likely = (listing?.entries ?? []).filter { entry in
      entry.kind == .folder || entry.kind == .picture
    }.filter { !$0.isHidden || prefix.hasPrefix(".") }
    let exact = likely.filter { $0.name.bytes.starts(with: prefix.utf8) }
    let names = (exact.isEmpty ? likely.filter { $0.key.starts(with: key) } : exact)
      .compactMap { entry in entry.name.text.map { $0 + (entry.isFolder ? "/" : "") } }
    post(.completed(Array(names.prefix(1000)), request: request))
  }

  private func keep(_ kept: PickerShelf) {
    do {
      try PickerShelfFile.write(kept, to: shelfPath)
    } catch {
      post(.shelfNotKept("\(error)"))
    }
  }

  private func name(_ paths: [RawPath]) {
    do {
      let names = try paths.map { path throws(FileError) in
        try PickerNames.text(for: path, linksIn: "\(stateFolder)/names")
      }
      post(.named(paths, as: names))
    } catch {
      post(.namingFailed(paths, "a name for it \(error)"))
    }
  }
}

extension PickerServices {
  private func inspect(_ wishes: [PickerWish], _ request: Int) {
    let isFirst = pending.withLock { pending in
      // What is being looked into for the same folder will be reported anyway.
      pending.wishes =
        pending.request == request ? wishes.filter { $0 != pending.current } : wishes
      pending.request = request
      defer { pending.isInspecting = pending.isInspecting || !pending.wishes.isEmpty }
      return !pending.isInspecting && !pending.wishes.isEmpty
    }
    if isFirst { pictures.async { self.inspectAll() } }
  }

  private func inspectAll() {
    let inspector = PickerInspector(cache: cache)
    while let (wish, request) = next() {
      let name = wish.path.name
      guard wish.isThumbnailWanted else {
        let facts = inspector.facts(wish)
        finishCurrent()
        post(.inspected(name: name, facts, thumbnail: nil, request: request))
        continue
      }
      let (facts, picture) = inspector.thumbnail(wish)
      let thumbnail = picture.map { IdentifiedPicture($0) }
      finishCurrent()
      post(.inspected(name: name, facts, thumbnail: thumbnail, request: request))
      pruneNowAndThen()
    }
  }

  /// The most urgent wish; nil ends the work until there is another one.
  private func next() -> (PickerWish, request: Int)? {
    pending.withLock { pending in
      pending.current = pending.wishes.isEmpty ? nil : pending.wishes.removeFirst()
      pending.isInspecting = pending.current != nil
      return pending.current.map { ($0, pending.request) }
    }
  }

  /// Before the report, as that may lead to the same wish again.
  private func finishCurrent() { pending.withLock { $0.current = nil } }

  private func pruneNowAndThen() {
    let isDue = pending.withLock { pending in
      pending.keptSincePruning += 1
      return pending.keptSincePruning.isMultiple(of: 200)
    }
    if isDue { shelf.async { self.cache.prune() } }
  }
}
