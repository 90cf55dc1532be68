import Files
import Foundation
import Recipes
import TestSupport
import Testing

@testable import Batches

@Suite struct BatchPlanFileTests {
  /// Reads a plan in a folder of empty pictures.
  private func plan(
    _ yaml: String, files: [String: String] = [:], _ body: (BatchPlan, String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder)/photos", withIntermediateDirectories: true)
      for name in [
        "photos/b.jpg", "photos/a.png", "photos/notes.txt", "photos/.c.png", "monet.jpg",
      ] {
        try Data().write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
      for (name, text) in files {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
      try Data(yaml.utf8).write(to: URL(fileURLWithPath: "\(folder)/plan.yaml"))
      try body(try BatchPlanFile.read("\(folder)/plan.yaml"), folder)
    }
  }

  @Test func `photographs, styles and variations are multiplied`() throws {
    try plan(
      """
      contents: [photos, missing.jpg]
      styles:
        - monet.jpg
        - {name: both, mix: [monet.jpg, {picture: klee.jpg, weight: 2}]}
      recipe: {method: instant, size: 64}
      variations:
        full:
        soft: {strength: 0.5}
      output: results
      jobs: 2
      slurm: [--partition=main]
      """
    ) { plan, folder in
      let items = try plan.items()
      #expect(
        items.map(\.output) == [
          "a-monet-full.png", "a-monet-soft.png", "a-both-full.png", "a-both-soft.png",
          "b-monet-full.png", "b-monet-soft.png", "b-both-full.png", "b-both-soft.png",
          "missing-monet-full.png", "missing-monet-soft.png", "missing-both-full.png",
          "missing-both-soft.png",
        ])
      #expect(items[0].recipe.content == "\(folder)/photos/a.png")
      #expect(
        items[3].recipe.styles.map(\.picture) == ["\(folder)/monet.jpg", "\(folder)/klee.jpg"])
      #expect(items[3].recipe.styles.map(\.weight) == [1, 2])
      #expect(items.map(\.recipe.strength).prefix(2) == [1, 0.5])
      #expect(items.allSatisfy { $0.recipe.size == 64 && $0.recipe.method == .instant })
      #expect(plan.output == "\(folder)/results" && plan.jobs == 2 && plan.threads == nil)
      #expect(plan.slurmOptions == ["--partition=main"])
    }
  }

  @Test func `built-in styles need no paintings, and are painted once`() throws {
    try plan("contents: photos/*\nrecipe: {method: 'builtin:3:0.5,4'}\n") { plan, _ in
      let names = try plan.items().map(\.output)
      #expect(names == ["a-builtin-3-0.5,4.png", "b-builtin-3-0.5,4.png"])
    }
  }

  @Test func `the rows of a table are items with recipes of their own`() throws {
    try plan(
      "tables: more.csv\nrecipe: {iterations: 9, size: 64}\n",
      files: [
        "more.csv":
          "content,style,size,styleLayers,output\r\n\"x, y.jpg\",monet.jpg:2|klee.jpg,32,"
          + "\"[conv1_1, conv2_1]\",one.png\r\n\r\nphotos/a.png,monet.jpg,,,"
      ]
    ) { plan, folder in
      let items = try plan.items()
      #expect(items.map(\.output) == ["one.png", "a-monet.png"])
      #expect(items.map(\.recipe.size) == [32, 64])
      #expect(items.map(\.recipe.iterations) == [9, 9])
      #expect(items[0].recipe.styleLayers == ["conv1_1", "conv2_1"])
      #expect(items[0].recipe.content == "\(folder)/x, y.jpg")
      #expect(items[0].recipe.styles.map(\.weight) == [2, 1])
    }
  }

  @Test(
    arguments: [
      (
        "contents: photos\nstyle: monet.jpg\n", "line 2", "unknown key 'style'",
        "did you mean styles?"
      ),
      (
        "contents: photos\nrecipe:\n  iteration: 3\n", "line 3", "unknown key 'iteration'",
        "did you mean iterations?"
      ),
      (
        "contents: photos\nvariations:\n  a: {}\n  b:\n    size: 8\n", "line 5",
        "size is 8; it must be 16 to 16384 pixels", nil
      ),
      ("contents: photos\nrecipe:\n  color: pink\n", "line 3", nil, nil),
      ("contents: photos\nrecipe: {styles: [a]}\n", "line 2", "unknown key 'styles'", nil),
      (
        "contents: photos\njobs: 0\n", "line 2", "jobs: it must be a whole number from 1 to 256",
        nil
      ),
      (
        "contents: photos\nname: '{contnt}.png'\n", "line 2", "name: there is no field {contnt}",
        "did you mean {content}?"
      ),
      ("contents: [photos\n", "line 2", nil, nil),
      ("- contents\n", nil, "it must be lines of 'key: value'", nil),
      ("", nil, "it must be lines of 'key: value'", nil),
      ("tables: more.csv\n", "row 3", "it has 1 cells, the first row has 3", nil),
    ] as [(String, String?, String?, String?)])
  func `what makes no sense is told with its line`(
    yaml: String, place: String?, reason: String?, hint: String?
  ) throws {
    let error = #expect(throws: BatchError.self) {
      try plan(yaml, files: ["more.csv": "content,style,size\na.png,monet.jpg,\nx\n"]) { _, _ in }
    }
    guard case .malformed(_, let foundPlace, let foundReason, let foundHint) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(foundPlace == place)
    if let reason { #expect(foundReason == reason) }
    if let hint { #expect(foundHint == hint) }
  }

  @Test(arguments: [
    "size,style\n1,2\n", "content,stile\na,b\n", "content,style,size\na.png,m.jpg,big\n",
    "content,style\n,m.jpg\n", "content,style\na.png,\n", "content,style\n\"a.png,b", "", "\n\n",
    "content,style\na\"b\",c\n",
  ])
  func `tables that make no sense are refused`(table: String) throws {
    #expect(throws: BatchError.self) {
      try plan("tables: more.csv\n", files: ["more.csv": table]) { _, _ in }
    }
  }

  @Test func `files of the same name are told apart before the work`() throws {
    var plan = BatchPlan(
      contents: ["/a/x.jpg", "/b/x.jpg"], looks: [.init(styles: [.init(picture: "/m.jpg")])],
      variations: [.init(recipe: Recipe())])
    #expect(
      throws: BatchError.sameOutput(
        "x-m.png", first: "/a/x.jpg · m", second: "/b/x.jpg · m")
    ) { try plan.items() }
    plan.name = try NameTemplate("{folder}/{content}.png")
    #expect(try plan.items().map(\.output) == ["a/x.png", "b/x.png"])
    plan.name = try NameTemplate("contact-sheet.png")
    #expect(throws: BatchError.self) { try plan.items() }
  }

  @Test func `plans without photographs or paintings, and patterns of nothing, are refused`() throws
  {
    #expect(throws: BatchError.nothingToPaint(what: "photograph")) {
      try BatchPlan(contents: [], looks: [], variations: []).items()
    }
    #expect(throws: BatchError.nothingToPaint(what: "painting")) {
      try BatchPlan(contents: ["a.png"], looks: [], variations: [.init(recipe: Recipe())]).items()
    }
    #expect(throws: BatchError.noPictures("/nowhere/*.jpg")) {
      try BatchPlan.contents(["/nowhere/*.jpg"])
    }
    #expect(try BatchPlan.contents(["/nowhere/a.jpg"]) == ["/nowhere/a.jpg"])
  }

  @Test func `a frozen plan says the same, and nonsense is refused`() throws {
    try withTemporaryFolder { folder in
      var recipe = Recipe()
      recipe.content = "/a.png"
      recipe.adam.clip = .infinity
      let items = (0..<3).map {
        BatchItem(output: "\($0).png", content: "a", style: "s", variation: "", recipe: recipe)
      }
      let path = "\(folder)/plan.jsonl"
      try FrozenPlan.write(items[...], to: path)
      #expect(try FrozenPlan.read(path) == items)
      try AtomicFile.write(Array("{}\n".utf8), to: path)
      #expect(throws: BatchError.self) { try FrozenPlan.read(path) }
    }
  }
}
