import Files
import Pictures
import Terminal

/// The file browser: where it is, what is there, and what of it is shown.
public struct Picker: Equatable, Sendable {
  /// How far reading the folder is.
  public enum Phase: Equatable, Sendable {
    /// Nothing was looked at yet.
    case closed
    /// The folder is being read.
    case listing
    /// The folder was read.
    case listed
    /// What is wrong with the folder.
    case failed(String)
  }

  /// What the keys go to.
  public enum Focus: Equatable, Sendable {
    /// What is in the folder.
    case entries
    /// The list of known folders; the number of the one that has the cursor.
    case places(Int)
    /// A path that is being typed.
    case path(PickerPathEntry)
  }

  /// What comes first.
  public enum Order: String, CaseIterable, Sendable {
    /// By name, numbers in names by their value.
    case name
    /// The latest first.
    case date
    /// The largest first.
    case size
  }

  /// What it chooses for.
  public var role = SourceRole.content

  /// The folders that it knows from the start.
  public var places: PickerPlaces

  /// The folders that the user marked or chose from.
  public internal(set) var shelf = PickerShelf()

  /// The folder that is shown.
  public internal(set) var folder = RawPath("/")

  /// How far reading it is.
  public internal(set) var phase = Phase.closed

  /// Tells the answers to the latest question from those to earlier ones.
  var request = 0

  /// All that is in the folder, in the order of names.
  public internal(set) var entries: [PickerEntry] = []

  /// Whether the folder has more entries than are shown.
  public internal(set) var isCutShort = false

  /// Which of `entries` are shown, in the order in which they are.
  public internal(set) var shown: [Int] = []

  /// What was typed to narrow them down.
  public internal(set) var filter = ""

  /// Which of `shown` has the cursor.
  public internal(set) var selection = 0

  /// The first line of the list that is visible; a line of the grid has several entries.
  public internal(set) var scroll = 0

  /// What comes first.
  public internal(set) var order = Order.name

  /// Whether what comes first comes last.
  public internal(set) var isReversed = false

  /// Whether names with a leading dot are shown.
  public internal(set) var showsHidden = false

  /// Whether files are shown that are not called like pictures.
  public internal(set) var showsAllFiles = false

  /// Whether the entries are shown by their pictures, where there is room.
  public internal(set) var showsGrid = false

  /// What the keys go to.
  public internal(set) var focus = Focus.entries

  /// The paintings that will be chosen together, in their order.
  public internal(set) var marked: [RawPath] = []

  /// What looking into the folder's files has shown, by their names.
  public internal(set) var facts: [RawPath: PickerFacts] = [:]

  /// Small copies of the folder's pictures, by their names.
  public internal(set) var thumbnails = PickerThumbnails()

  /// What the helpers were last asked to find out.
  var wishes: [PickerWish] = []

  /// The entry to put the cursor on when the folder has been read.
  var arrival: RawPath?

  /// What is chosen as soon as names have been found for paths that are not text.
  var pendingChoice: [RawPath] = []

  /// The folders in which photographs, paintings, masks and films were last looked for.
  var lastContentFolder: RawPath?
  var lastStyleFolder: RawPath?
  var lastMaskFolder: RawPath?
  var lastBatchFolder: RawPath?

  /// A browser that has not looked anywhere.
  public init(places: PickerPlaces = PickerPlaces()) { self.places = places }

  /// Whether several can be chosen.
  public var isMultiple: Bool {
    if case .style = role { true } else { false }
  }

  /// Whether there are files in the folder that are called like pictures.
  var hasPictures: Bool { entries.contains { $0.kind == .picture } }

  /// Where such pictures were last looked for.
  var lastFolder: RawPath? {
    get {
      switch role {
      case .content: lastContentFolder
      case .style: lastStyleFolder
      case .mask, .protection: lastMaskFolder ?? lastContentFolder
      case .batch: lastBatchFolder ?? lastContentFolder
      }
    }
    set {
      switch role {
      case .content: lastContentFolder = newValue
      case .style: lastStyleFolder = newValue
      case .mask, .protection: lastMaskFolder = newValue
      case .batch: lastBatchFolder = newValue
      }
    }
  }

  /// What has the cursor.
  public var selected: PickerEntry? {
    shown.indices.contains(selection) ? entries[shown[selection]] : nil
  }

  /// Where an entry is.
  public func path(of entry: PickerEntry) -> RawPath {
    entry.kind == .parent ? folder.parent ?? folder : folder.appending(entry.name)
  }

  /// Whether an entry is among the paintings that will be chosen together.
  public func isMarked(_ entry: PickerEntry) -> Bool {
    !marked.isEmpty && marked.contains(path(of: entry))
  }

  /// All folders that can be gone to at once, with what they are called.
  public var destinations: [PickerDestination] {
    let known: [(String, RawPath?)] = [
      ("Sample photographs", places.contentSamples), ("Sample paintings", places.styleSamples),
      ("Photographs", places.photographs),
      ("Pictures", places.pictures), ("Home", places.home), ("Started in", places.workingFolder),
    ]
    var destinations: [PickerDestination] = []
    func add(_ kind: PickerDestination.Kind, _ title: String, _ path: RawPath) {
      if !destinations.contains(where: { $0.path == path && $0.kind == kind }) {
        destinations.append(PickerDestination(kind: kind, title: title, path: path))
      }
    }
    for case (let title, let path?) in known { add(.place, title, path) }
    for path in shelf.bookmarks { add(.bookmark, path.name.printable, path) }
    for path in shelf.recents { add(.recent, path.name.printable, path) }
    return destinations
  }
}

/// A folder that can be gone to at once.
public struct PickerDestination: Equatable, Sendable {
  /// Why it is offered.
  public enum Kind: Equatable, Sendable { case place, bookmark, recent }
  /// Why it is offered.
  public let kind: Kind
  /// What it is called.
  public let title: String
  /// Where it is.
  public let path: RawPath
}

/// A path that is being typed.
public struct PickerPathEntry: Equatable, Sendable {
  /// What was typed.
  public var entry: TextEntry
  /// What it could go on with, after Tab found several ways.
  public var candidates: [String] = []
}

/// Small copies of pictures, the ones that came first making room for new ones.
public struct PickerThumbnails: Equatable, Sendable {
  private var pictures: [RawPath: IdentifiedPicture] = [:]
  private var arrivals: [RawPath] = []

  /// The picture of this name.
  public subscript(name: RawPath) -> IdentifiedPicture? { pictures[name] }

  /// Adds a picture; beyond `capacity` the oldest go that are not `needed`.
  mutating func add(
    _ picture: IdentifiedPicture, named name: RawPath, capacity: Int, needed: Set<RawPath>
  ) {
    if pictures.updateValue(picture, forKey: name) == nil { arrivals.append(name) }
    while arrivals.count > capacity,
      let oldest = arrivals.firstIndex(where: { !needed.contains($0) && $0 != name })
    {
      pictures[arrivals.remove(at: oldest)] = nil
    }
  }
}
