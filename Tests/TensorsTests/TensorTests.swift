import TestSupport
import Testing

@testable import Tensors

@Suite struct TensorTests {
  @Test func `a copy keeps its elements when the original changes`() {
    var original = Tensor([1, 2, 3, 4], shape: [2, 2])
    let copy = original
    original[0] = 9
    #expect(copy.elements == [1, 2, 3, 4])
    #expect(original.elements == [9, 2, 3, 4])
  }

  @Test func `writing in place does not move the storage`() {
    var tensor = Tensor(shape: [3, 5, 7])
    let before = tensor.withFloats { UInt(bitPattern: $0.baseAddress) }
    tensor.fill(with: 2)
    let after = tensor.withFloats { UInt(bitPattern: $0.baseAddress) }
    #expect(before == after)
    #expect(before % 64 == 0)
    #expect(tensor.elements.allSatisfy { $0 == 2 })
  }

  @Test func `borrowed memory is never written`() {
    final class Owner: Sendable {}
    let memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: 3)
    defer { memory.deallocate() }
    memory.initialize(repeating: 5)
    var tensor = Tensor(borrowing: UnsafeBufferPointer(memory), shape: [3], owner: Owner())
    tensor[1] = 7
    #expect(tensor.elements == [5, 7, 5])
    #expect(Array(memory) == [5, 5, 5])
  }

  @Test func `reshaping keeps the order`() {
    let tensor = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3]).reshaped(to: [3, 2])
    #expect(tensor.shape == [3, 2])
    #expect(tensor.elements == [1, 2, 3, 4, 5, 6])
    #expect("\(tensor.shape)" == "3×2")
  }
}
