import Tensors
import TestSupport
import Testing

@testable import Painter

extension Sample: CustomTestStringConvertible {
  /// The name, in place of all of its properties.
  public var testDescription: String { name }
}

struct SampleTests {
  @Test(arguments: Sample.all)
  func `a sample is the same picture on any number of threads`(sample: Sample) {
    let alone = sample.paint(96, 72, Workers(threads: 1))
    let together = sample.paint(96, 72, Workers(threads: 3))
    #expect(alone.elements == together.elements)
  }

  @Test(arguments: Sample.all)
  func `a sample has displayable colors and strong contrast at any size`(sample: Sample) {
    let picture = sample.paint(61, 47, Workers())
    #expect(picture.shape == [47, 61, 3])
    let elements = picture.elements
    #expect(elements.allSatisfy { (0...1).contains($0) })
    let mean = elements.reduce(0, +) / Float(elements.count)
    let variance = elements.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(elements.count)
    #expect((0.2...0.85).contains(mean))
    #expect(variance.squareRoot() > 0.12)
  }

  @Test func `names are unique and fit for file names`() {
    let names = Sample.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil })
  }

  @Test func `no names choose every sample`() throws {
    #expect(try Sample.named([]).map(\.name) == Sample.all.map(\.name))
  }

  @Test func `names choose samples in their order`() throws {
    let chosen = try Sample.named(["impasto-knife", "harbor"])
    #expect(
      chosen.map { $0.path(in: "out") } == [
        "out/style/impasto-knife.jpg", "out/content/harbor.jpg",
      ])
  }

  @Test func `a folder may end in a slash`() {
    #expect(Sample.harbor.path(in: "out/") == "out/content/harbor.jpg")
  }

  @Test func `an unknown name is answered with the known ones in one line`() {
    let error = #expect(throws: PainterError.self) { try Sample.named(["harbour\n"]) }
    let known = Sample.all.map(\.name)
    #expect(error == .noSuchSample(name: "harbour\n", known: known))
    #expect(error?.status == 64)
    let line = error.map { "\($0)" } ?? ""
    #expect(line.hasSuffix("no such sample; there are \(known.joined(separator: ", "))"))
    #expect(!line.contains("\n"))
  }
}
