import Foundation
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

  @Test func `half of the memory keeps every float to a part in 256`() {
    var random = SeededRandom(seed: 1)
    let wide = (0..<1001).map {
      Float.random(in: -1...1, using: &random) * exp2(Float($0 % 220 - 100))
    }
    let tensor = Tensor(wide, shape: [7, 11, 13]).converted(to: .brain)
    #expect(tensor.format == .brain && tensor.storage.count == 501)
    for (kept, exact) in zip(tensor.elements, wide) {
      #expect(abs(kept - exact) <= abs(exact) / 256)
      #expect(kept.bitPattern & 0xffff == 0)
    }
    let exact: [Float] = [0, -0.0, 1, -2.5, 0x1.82p7, .infinity, 0x1p-126]
    #expect(Tensor(exact, shape: [7]).converted(to: .brain).elements == exact)
    #expect(Tensor([.nan], shape: [1]).converted(to: .brain)[0].isNaN)
    let between: [Float] = [1 + 0x1p-8, 1 + 0x1.8p-8]
    #expect(Tensor(between, shape: [2]).converted(to: .brain).elements == [0x1.02p0, 0x1.02p0])
  }

  @Test func `whoever writes floats writes them in any format`() {
    var tensor = Tensor(uninitialized: [2, 3], as: .brain)
    tensor.fill(with: 2)
    let copy = tensor.reshaped(to: [3, 2])
    tensor[4] = -7
    tensor.withMutableElements { elements in
      var room: [Float] = [0, 0]
      room.withUnsafeMutableBufferPointer { room in
        guard let room = room.baseAddress else { return }
        #expect(elements.elements.floats(3..<5, in: room)[1] == -7)
        elements.replace(0..<2, in: room) { $0.update(repeating: 0.5, count: 2) }
      }
    }
    #expect(tensor.elements == [0.5, 0.5, 2, 2, -7, 2])
    #expect(tensor.format == .brain)
    #expect(copy.elements == [2, 2, 2, 2, 2, 2])
  }

  @Test func `reshaping keeps the order`() {
    let tensor = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3]).reshaped(to: [3, 2])
    #expect(tensor.shape == [3, 2])
    #expect(tensor.elements == [1, 2, 3, 4, 5, 6])
    #expect("\(tensor.shape)" == "3×2")
  }
}
