import Foundation

/// The memory behind a tensor: its own, 64-byte aligned, or borrowed from an owner.
///
/// `@unchecked Sendable` holds because storage is written only through
/// `Tensor.withMutableFloats` and `withMutableElements`, after these made sure that its tensor is the
/// only one that refers to it; storage that several tensors, and so perhaps several threads, can reach
/// is never written. This is the argument by which `Array` is `Sendable`.
final class TensorStorage: @unchecked Sendable {
  /// A cache line, and the width of the widest vector register.
  static let alignment = 64

  let mutableFloats: UnsafeMutableBufferPointer<Float>
  private let owner: (any AnyObject & Sendable)?

  init(count: Int) {
    let memory = Self.allocate(byteCount: max(count, 1) * MemoryLayout<Float>.stride)
    mutableFloats = UnsafeMutableBufferPointer(
      start: memory.bindMemory(to: Float.self, capacity: max(count, 1)), count: count)
    owner = nil
    TensorUse.add(count * MemoryLayout<Float>.stride)
  }

  /// Unset memory; large blocks in huge pages where the kernel has them, since transforms stride through
  /// more small pages than the processor remembers the addresses of.
  static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
    let hugePage = 2 << 20
    guard byteCount >= 2 * hugePage else {
      return UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: alignment)
    }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: hugePage)
    #if os(Linux)
      // Only advice: where it is not taken the pages are small.
      madvise(memory, byteCount, MADV_HUGEPAGE)
    #endif
    return memory
  }

  /// Memory of `owner`'s; never written, since `isBorrowed` makes writers copy.
  init(borrowing memory: UnsafeBufferPointer<Float>, owner: any AnyObject & Sendable) {
    mutableFloats = UnsafeMutableBufferPointer(mutating: memory)
    self.owner = owner
  }

  /// The first `count` floats of another.
  convenience init(copying other: TensorStorage, count: Int) {
    self.init(count: count)
    _ = mutableFloats.initialize(from: other.floats[..<count])
    withExtendedLifetime(other) {}
  }

  deinit {
    guard owner == nil else { return }
    UnsafeMutableRawPointer(mutableFloats.baseAddress)?.deallocate()
    TensorUse.add(-count * MemoryLayout<Float>.stride)
  }

  var count: Int { mutableFloats.count }
  var floats: UnsafeBufferPointer<Float> { UnsafeBufferPointer(mutableFloats) }
  var memory: UnsafeMutableRawPointer {
    guard let start = mutableFloats.baseAddress else { preconditionFailure("tensors have memory") }
    return UnsafeMutableRawPointer(start)
  }
  var isBorrowed: Bool { owner != nil }
}
