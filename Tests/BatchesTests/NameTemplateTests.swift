import Recipes
import Testing

@testable import Batches

@Suite struct NameTemplateTests {
  private func name(_ template: String, content: String = "harbor") throws -> String {
    var recipe = Recipe()
    recipe.content = "/photos/sea/\(content).jpg"
    return try NameTemplate(template).name(
      recipe: recipe, content: content, style: "monet", variation: "soft", index: 4, count: 120)
  }

  @Test(arguments: [
    ("{content}-{style}-{variation}.png", "harbor-monet-soft.png"),
    ("{folder}/{content}.webp", "sea/harbor.webp"),
    ("{index}.jpg", "005.jpg"),
    ("{size}px-{seed}.png", "512px-0.png"),
  ])
  func `fields stand for what an item is`(template: String, expected: String) throws {
    #expect(try name(template) == expected)
  }

  @Test func `a fan spreads names over folders, the same name always into the same`() throws {
    let first = try name("{fan}/{content}.png")
    #expect(try first == name("{fan}/{content}.png"))
    #expect(first.wholeMatch(of: /[0-9a-f]{2}\/harbor\.png/) != nil, "\(first)")
    let folders = try Set(
      (0..<200).map { try name("{fan}/{content}.png", content: "p\($0)").prefix(2) })
    #expect(folders.count > 80)
  }

  @Test(arguments: [
    ("{contents}.png", "there is no field {contents}"),
    ("{content.png", "'{' without '}'"),
    ("{content}", "the name does not say which kind of picture it is"),
    ("../{content}.png", "makes the name '../harbor.png'"),
    ("/tmp/{content}.png", "makes the name '/tmp/harbor.png'"),
    (".{content}.png", "makes the name '.harbor.png'"),
  ])
  func `what makes no name is said`(template: String, reason: String) throws {
    let error = #expect(throws: BatchError.self) { _ = try name(template) }
    #expect(error?.description == reason)
  }

  @Test func `a photograph's name leads nowhere else`() throws {
    #expect(try name("{content}.png", content: "a/b") == "a_b.png")
    #expect(throws: BatchError.self) { try name("{content}.png", content: "..") }
    #expect(throws: BatchError.self) {
      try name("{content}.png", content: String(repeating: "x", count: 252))
    }
  }
}
