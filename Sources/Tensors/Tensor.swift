/// A block of `Float`s with a shape: row-major, 64-byte aligned, a value with copy on write.
///
/// It may keep them in half of the memory, as `ElementFormat.brain`. Whatever reads or writes floats works
/// then too, on a copy of all of them; `withElements` goes without that.
///
/// Copies share storage until one of them is written, so a snapshot costs nothing unless the
/// original changes while the snapshot is alive. Kernels keep their buffers to themselves and
/// therefore never copy.
public struct Tensor: Sendable {
  /// The extents of the axes; the product is the number of elements.
  public let shape: Shape

  /// How the elements are kept.
  public let format: ElementFormat

  var storage: TensorStorage

  init(shape: Shape, format: ElementFormat = .single, storage: TensorStorage) {
    precondition(storage.count >= format.floats(for: shape.count))
    self.shape = shape
    self.format = format
    self.storage = storage
  }

  /// A tensor whose elements are not set; write each before reading it.
  public init(uninitialized shape: Shape, as format: ElementFormat = .single) {
    self.init(
      shape: shape, format: format, storage: TensorStorage(count: format.floats(for: shape.count)))
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
    return Tensor(shape: shape, format: format, storage: storage)
  }

  /// Calls `body` with the elements, row-major; the pointer is valid during the call only.
  public func withFloats<R, E: Error>(
    _ body: (UnsafeBufferPointer<Float>) throws(E) -> R
  ) throws(E) -> R {
    guard format == .single else { return try converted(to: .single).withFloats(body) }
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeBufferPointer(rebasing: storage.floats[..<count]))
  }

  /// Calls `body` with the elements to change, row-major; the pointer is valid during the call only.
  public mutating func withMutableFloats<R, E: Error>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws(E) -> R
  ) throws(E) -> R {
    guard format == .single else {
      var floats = converted(to: .single)
      defer { copy(floats) }
      return try floats.withMutableFloats(body)
    }
    takeStorage()
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeMutableBufferPointer(rebasing: storage.mutableFloats[..<count]))
  }

  /// Calls `body` with the memory itself, row-major in the tensor's format; the pointer is valid during the
  /// call only.
  public func withMemory<R>(_ body: (UnsafeRawPointer) -> R) -> R {
    withElements { body($0.memory) }
  }

  /// Calls `body` with the memory itself, to change; the pointer is valid during the call only.
  public mutating func withMutableMemory<R>(_ body: (UnsafeMutableRawPointer) -> R) -> R {
    withMutableElements { body($0.memory) }
  }

  /// Calls `body` with the elements where they are.
  public func withElements<R>(_ body: (ElementPointer) -> R) -> R {
    defer { withExtendedLifetime(storage) {} }
    return body(ElementPointer(memory: storage.memory, format: format))
  }

  /// Calls `body` with the elements where they are, to change.
  public mutating func withMutableElements<R>(_ body: (MutableElementPointer) -> R) -> R {
    takeStorage()
    defer { withExtendedLifetime(storage) {} }
    return body(MutableElementPointer(memory: storage.memory, format: format))
  }

  /// The same elements, as near to them as a format has numbers.
  public func converted(to format: ElementFormat) -> Tensor {
    guard format != self.format else { return self }
    var result = Tensor(uninitialized: shape, as: format)
    result.copy(self)
    return result
  }

  /// Makes its elements those of a tensor of the same shape in the other format.
  private mutating func copy(_ other: Tensor) {
    withMutableMemory { to in
      other.withMemory { from in
        switch other.format {
        case .single:
          BrainFloat.narrow(
            from.assumingMemoryBound(to: Float.self),
            into: to.assumingMemoryBound(to: UInt16.self), count: other.count)
        case .brain:
          BrainFloat.widen(
            from.assumingMemoryBound(to: UInt16.self),
            into: to.assumingMemoryBound(to: Float.self), count: other.count)
        }
      }
    }
  }

  /// Makes the storage its own, by a copy if need be.
  private mutating func takeStorage() {
    guard !isKnownUniquelyReferenced(&storage) || storage.isBorrowed else { return }
    storage = TensorStorage(copying: storage, count: format.floats(for: count))
  }

  /// Sets every element to `value`.
  public mutating func fill(with value: Float) {
    withMutableFloats { $0.update(repeating: value) }
  }
}
