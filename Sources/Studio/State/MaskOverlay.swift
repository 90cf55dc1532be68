import Terminal

/// The photograph with a mask laid over it, for looking at.
public struct MaskOverlay: Equatable, Sendable {
  /// What it is made of.
  public struct Request: Hashable, Sendable {
    /// Where the photograph is.
    public var content: String
    /// Where the mask is.
    public var mask: String
    /// How light a pixel of the mask has to be to count; nil for soft edges.
    public var threshold: Double?
  }

  /// What was asked for last.
  var request: Request?

  /// What came of it.
  var picture: IdentifiedPicture?

  /// Nothing.
  public init() {}
}

extension StudioState {
  /// The mask of the slot that has the cursor.
  var selectedMask: Source? {
    sources.selection == 0
      ? sources.protection : selectedStyle.flatMap { sources.styles[$0].mask }
  }

  /// The mask that the preview shows: that of the slot that has the cursor, or else the first.
  var previewedMask: Source? { maskedStyle.map { sources.styles[$0].mask } ?? sources.protection }

  /// The number of the painting whose mask that is; nil where it is what is protected.
  var maskedStyle: Int? {
    if sources.selection == 0, sources.protection != nil { return nil }
    if selectedMask != nil { return selectedStyle }
    return sources.styles.firstIndex { $0.mask != nil }
  }

  /// What the preview wants to show of it.
  private var wantedOverlay: MaskOverlay.Request? {
    guard shownMode == .mask, let content = sources.content, content.isLoaded,
      let mask = previewedMask, mask.isLoaded
    else { return nil }
    return .init(content: content.path, mask: mask.path, threshold: recipe.maskThreshold)
  }

  /// Asks for what the preview wants to show, unless it was asked for.
  mutating func refreshMaskOverlay() -> [StudioEffect] {
    guard let wanted = wantedOverlay, wanted != maskOverlay.request else { return [] }
    maskOverlay.request = wanted
    return [.layMask(wanted)]
  }
}
