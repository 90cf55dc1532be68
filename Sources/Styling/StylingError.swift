import Networks

/// Why a run cannot be.
public enum StylingError: Error, Equatable {
  /// The recipe names a layer that the network does not have.
  case unknownLayer(String, model: String)
  /// The recipe names no layer to compare.
  case noLayers
  /// A picture is so narrow at its size that the deepest layer would see nothing.
  case tooNarrow(what: String, height: Int, width: Int, minimum: Int)
  /// The run should start from an instant stylization, and there is no network to paint it.
  case noStylist
  /// A picture is not of the shape that another one makes necessary.
  case otherShape(
    what: String, width: Int, height: Int, than: String, otherWidth: Int, otherHeight: Int)
  /// Masks leave no part of the photograph to any painting.
  case nothingToPaint
  /// The loss is no longer a number.
  case diverged(iteration: Int)
}

extension StylingError: CustomStringConvertible {
  /// What is wrong, in one line.
  public var description: String {
    switch self {
    case .unknownLayer(let layer, let model): "the model \(model) has no layer '\(layer)'"
    case .noLayers: "the recipe names no style layer or no content layer"
    case .tooNarrow(let what, let height, let width, let minimum):
      "the \(what) would be \(width)×\(height) pixels; both sides must be at least \(minimum)"
    case .noStylist: "'start: instant' needs the model magenta"
    case .otherShape(let what, let width, let height, let other, let otherWidth, let otherHeight):
      "the \(what) is \(width)×\(height) pixels, of another shape than the \(other) "
        + "with its \(otherWidth)×\(otherHeight)"
    case .nothingToPaint: "the masks leave nothing to paint"
    case .diverged(let iteration):
      "the optimization diverged at iteration \(iteration): its loss is no number"
    }
  }
}
