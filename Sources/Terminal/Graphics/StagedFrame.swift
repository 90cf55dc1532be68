/// A surface with its pictures turned into what the terminal understands.
public struct StagedFrame: Sendable {
  /// All cells, row by row; none is a `.picture` any more.
  public var cells: [Cell]

  /// What the terminal must get before the cells: Kitty's pictures that they show.
  public var transmissions: [UInt8]

  /// What is drawn over cells that are blank.
  public var images: [StagedImage]
}

/// A picture that is drawn over blank cells.
public struct StagedImage: Equatable, Sendable {
  /// The cells that it fills, never in the last row of the screen, where some terminals would scroll.
  public var rectangle: Rectangle

  /// What to write with the cursor at the upper left cell; where it leaves the cursor is undefined.
  public var bytes: [UInt8]

  /// Stands for `bytes`: another picture has another one.
  public var identity: Int

  /// Whether something lies over it: then what is on the screen must be left alone, and drawn anew
  /// afterward.
  public var isCovered: Bool

  /// By identity, place and cover.
  public static func == (left: Self, right: Self) -> Bool {
    left.identity == right.identity && left.rectangle == right.rectangle
      && left.isCovered == right.isCovered
  }
}
