import Kernels
import Tensors
import Testing

@Suite struct PaddingTests {
  private func row(_ values: [Float]) -> Tensor { Tensor(values, shape: [1, values.count, 1]) }

  @Test func `a picture is reflected to whole multiples`() {
    #expect(row([1, 2, 3, 4, 5]).reflected(toMultipleOf: 4).shape == [4, 8, 1])
    let padded = row([1, 2, 3, 4, 5]).reflected(toMultipleOf: 4).elements
    #expect(padded == Array(repeating: [1, 2, 3, 4, 5, 4, 3, 2], count: 4).flatMap { $0 })
    #expect(row([7]).reflected(toMultipleOf: 4).elements == Array(repeating: 7, count: 16))
    #expect(row([1, 2]).reflected(toMultipleOf: 4).elements.prefix(4) == [1, 2, 1, 2])
  }

  @Test func `a picture is reflected on all sides`() {
    let padded = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3, 1]).reflected(by: 1)
    #expect(padded.shape == [4, 5, 1])
    #expect(
      padded.elements == [5, 4, 5, 6, 5, 2, 1, 2, 3, 2, 5, 4, 5, 6, 5, 2, 1, 2, 3, 2])
    #expect(row([7]).reflected(by: 3).elements == Array(repeating: 7, count: 49))
  }

  @Test func `a part is cut out`() {
    let picture = Tensor((0..<24).map { Float($0) }, shape: [3, 4, 2])
    let part = picture.cropped(rows: 1..<3, columns: 2..<3)
    #expect(part.shape == [2, 1, 2])
    #expect(part.elements == [12, 13, 20, 21])
    #expect(picture.cropped(rows: 0..<3, columns: 0..<4).elements == picture.elements)
  }
}
