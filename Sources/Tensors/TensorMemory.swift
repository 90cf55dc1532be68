/// Memory that tensors of different shapes take turns in, so that a loop allocates once.
public struct TensorMemory {
  private var storage: TensorStorage?

  /// Memory for tensors of up to `capacity` elements; allocated when first taken.
  public init(capacity: Int) {
    self.capacity = capacity
  }

  private let capacity: Int

  /// A tensor in this memory, its elements unset; nobody else may take it until it is given back.
  ///
  /// - Precondition: no more elements than the capacity.
  public mutating func take(_ shape: Shape) -> Tensor {
    precondition(shape.count <= capacity, "\(shape) in memory for \(capacity) elements")
    let taken = storage ?? TensorStorage(count: capacity)
    storage = nil
    return Tensor(shape: shape, storage: taken)
  }

  /// Takes a tensor's memory back.
  public mutating func giveBack(_ tensor: consuming Tensor) {
    storage = tensor.storage
  }
}
