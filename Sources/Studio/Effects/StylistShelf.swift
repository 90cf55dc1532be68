import Styling
import Synchronization

/// Where the studio gets the networks that paint in one pass.
public struct StylistSource: Sendable {
  /// The models that are installed.
  public var installed: @Sendable () -> Set<String>

  /// Those of them that the user has imported to paint with.
  public var networks: @Sendable () -> [String]

  /// Opens a model; slow the first time.
  public var open: @Sendable (_ model: String) throws -> InstantStylist

  /// Installs a model; blocks until it is done, and tells meanwhile how much of it is here, 0…1.
  public var install:
    @Sendable (
      _ model: String, _ progress: @Sendable (_ share: Double) -> Void,
      _ isCancelled: @Sendable () -> Bool
    ) throws -> Void

  /// A source.
  public init(
    installed: @escaping @Sendable () -> Set<String>,
    networks: @escaping @Sendable () -> [String],
    open: @escaping @Sendable (_ model: String) throws -> InstantStylist,
    install:
      @escaping @Sendable (
        _ model: String, _ progress: @Sendable (_ share: Double) -> Void,
        _ isCancelled: @Sendable () -> Bool
      ) throws -> Void
  ) {
    self.installed = installed
    self.networks = networks
    self.open = open
    self.install = install
  }
}

/// The networks that paint in one pass, each opened once for everybody.
final class StylistShelf: Sendable {
  private let source: StylistSource
  private let opened = Mutex<[String: InstantStylist]>([:])

  init(_ source: StylistSource) {
    self.source = source
  }

  /// Whoever paints a look with a model.
  ///
  /// - Throws: `StudioFailure.otherNetwork` where the model is there for other looks.
  func stylist(_ model: String, for look: InstantLook) throws -> InstantStylist {
    let stylist = try stylist(model)
    guard stylist.canPaint(look) else { throw StudioFailure.otherNetwork(model: model) }
    return stylist
  }

  /// Whoever paints with a model; one who asks while it is being opened waits.
  func stylist(_ model: String) throws -> InstantStylist {
    try opened.withLock { opened in
      if let stylist = opened[model] { return stylist }
      let stylist = try source.open(model)
      opened[model] = stylist
      return stylist
    }
  }
}
