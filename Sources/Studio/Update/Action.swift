import Terminal

/// Everything a person can do, in one table: the footer, the help and the palette are made from it.
public struct Action: Sendable {
  /// Its name in the palette and in documentation, such as `pause`.
  public let name: String
  /// What it does, in a few words.
  public let title: String
  /// The keys that do it, the one to show first.
  public let keys: [KeyPress]
  /// Where it is offered; nil is everywhere on the workspace.
  public let pane: StudioState.Pane?
  /// Whether it is one of those that the footer shows when there is room.
  public let isPrimary: Bool
  /// Whether it makes sense now.
  public let isAvailable: @Sendable (StudioState) -> Bool
  /// Does it.
  let perform: @Sendable (inout StudioState) -> [StudioEffect]
}
