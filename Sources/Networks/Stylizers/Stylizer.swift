import Checkpoints

/// A network that paints in one pass, its weights loaded.
public enum Stylizer: Sendable {
  /// In the style of any painting.
  case arbitrary(MagentaStylizer)
  /// In built-in styles.
  case builtin(MultiStyleStylizer)
  /// In the one style of a network that the user has brought.
  case graph(StyleGraph)

  /// Takes the weights from an installed model.
  ///
  /// - Throws: `CheckpointError`, `unrecognized` when it is a network of another kind.
  public init(checkpoint source: some TensorSource) throws(CheckpointError) {
    switch source.metadata["architecture"] {
    case StylizerArchitecture.magenta.name:
      self = .arbitrary(try MagentaStylizer(checkpoint: source))
    case StylizerArchitecture.multistyle26.name:
      self = .builtin(try MultiStyleStylizer(checkpoint: source))
    case GraphCheckpoint.architecture:
      self = .graph(try StyleGraph(checkpoint: GraphCheckpoint(from: source)))
    default:
      throw .unrecognized(path: source.path)
    }
  }
}
