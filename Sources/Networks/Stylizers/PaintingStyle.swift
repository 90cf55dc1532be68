/// A style as the painting network understands it: for each of its normalizations a scale and a shift
/// of each channel.
struct PaintingStyle: Sendable {
  struct Layer: Sendable {
    /// What the normalized channels are multiplied by.
    let gamma: [Float]
    /// What is then added.
    let beta: [Float]
  }

  /// By the name of the convolution in front.
  let layers: [String: Layer]
}

/// Where a stylizer can be told to stop: asked between layers.
public typealias LayerCheckpoint<E: Error> = () throws(E) -> Void
