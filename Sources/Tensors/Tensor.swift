/// A block of `Float`s with a shape: row-major, 64-byte aligned, a value with copy on write.
///
/// Copies share storage until one of them is written, so a snapshot costs nothing unless the
/// original changes while the snapshot is alive. Kernels keep their buffers to themselves and
/// therefore never copy.
public struct Tensor: Sendable {
  /// The extents of the axes; the product is the number of elements.
  public let shape: Shape

  var storage: TensorStorage

  init(shape: Shape, storage: TensorStorage) {
    precondition(storage.count >= shape.count)
    self.shape = shape
    self.storage = storage
  }

  /// A tensor whose elements are not set; write each before reading it.
  public init(uninitialized shape: Shape) {
    self.init(shape: shape, storage: TensorStorage(count: shape.count))
  }

  /// A tensor filled with one value.
  public init(repeating value: Float = 0, shape: Shape) {
    self.init(uninitialized: shape)
    storage.mutableFloats.initialize(repeating: value)
  }

  /// A tensor with these elements in row-major order.
  ///
  /// - Precondition: as many elements as `shape` has.
  public init(_ elements: some Collection<Float>, shape: Shape) {
    precondition(elements.count == shape.count, "\(elements.count) elements for \(shape)")
    self.init(uninitialized: shape)
    _ = storage.mutableFloats.initialize(from: elements)
  }

  /// A tensor that reads memory which somebody else owns, such as a mapped file.
  ///
  /// Writing to it copies first.
  ///
  /// - Parameters:
  ///   - memory: as many floats as `shape` has, unchanged for as long as `owner` lives.
  ///   - shape: the shape.
  ///   - owner: keeps the memory alive.
  public init(
    borrowing memory: UnsafeBufferPointer<Float>, shape: Shape, owner: any AnyObject & Sendable
  ) {
    self.init(shape: shape, storage: TensorStorage(borrowing: memory, owner: owner))
  }

  /// How many elements there are.
  public var count: Int { shape.count }

  /// The elements in row-major order, copied.
  public var elements: [Float] { withFloats { Array($0) } }

  /// The element at a row-major index.
  public subscript(index: Int) -> Float {
    get { withFloats { $0[index] } }
    set { withMutableFloats { $0[index] = newValue } }
  }

  /// The same elements under another shape with the same count; shares storage.
  public func reshaped(to shape: Shape) -> Tensor {
    precondition(shape.count == count, "\(self.shape) as \(shape)")
    return Tensor(shape: shape, storage: storage)
  }

  /// Calls `body` with the elements, row-major; the pointer is valid during the call only.
  public func withFloats<R, E: Error>(
    _ body: (UnsafeBufferPointer<Float>) throws(E) -> R
  ) throws(E) -> R {
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeBufferPointer(rebasing: storage.floats[..<count]))
  }

  /// Calls `body` with the elements to change, row-major; the pointer is valid during the call only.
  public mutating func withMutableFloats<R, E: Error>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws(E) -> R
  ) throws(E) -> R {
    if !isKnownUniquelyReferenced(&storage) || storage.isBorrowed {
      storage = TensorStorage(copying: storage, count: count)
    }
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeMutableBufferPointer(rebasing: storage.mutableFloats[..<count]))
  }

  /// Sets every element to `value`.
  public mutating func fill(with value: Float) {
    withMutableFloats { $0.update(repeating: value) }
  }
}
