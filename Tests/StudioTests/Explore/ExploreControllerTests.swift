import Dispatch
import Pictures
import Recipes
import Styling
import Terminal
import TestSupport
import Testing

@testable import Studio

@Suite struct ExploreControllerTests {
  private struct NoModel: Error, CustomStringConvertible {
    let description = "there is no model"
  }

  private var stylists: StylistShelf {
    StylistShelf(
      StylistSource(
        installed: { [] }, networks: { [] }, open: { _ in throw NoModel() },
        install: { _, _, _ in throw NoModel() }))
  }

  private func recipe(_ content: String) -> Recipe {
    var recipe = Recipe()
    recipe.content = content
    recipe.styles = [.init(picture: content)]
    return recipe
  }

  @Test func `what cannot be explored says why`() throws {
    let woken = DispatchSemaphore(value: 0)
    let mailbox = Mailbox { woken.signal() }
    let controller = ExploreController(
      models: ModelShelf { _, _ in throw NoModel() }, stylists: stylists, pictures: PictureShelf(),
      mailbox: mailbox, threads: 1)
    let recipe = recipe("/no such folder/a.png")
    controller.run(.develop([.init(id: 1, recipe: recipe)], shared: recipe))
    woken.wait()
    guard case .explore(.failed(let reason))? = mailbox.drain().first else {
      Issue.record("no failure was reported")
      return
    }
    #expect(reason.hasPrefix("a.png: "))
    controller.run(.stop)
    controller.waitUntilIdle()
  }

  @Test func `without the network that paints a start, it is told that there is none`() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.png"
      try PictureEncoder.write(Picture(width: 1, height: 1, rgb: [1, 2, 3]), to: path)
      let mailbox = Mailbox {}
      let controller = ExploreController(
        models: ModelShelf { _, _ in throw NoModel() }, stylists: stylists,
        pictures: PictureShelf(), mailbox: mailbox, threads: 1)
      var recipe = recipe(path)
      recipe.start = .instant
      controller.run(.develop([.init(id: 1, recipe: recipe)], shared: recipe))
      controller.waitUntilIdle()
      let events: [ExploreEvent] = mailbox.drain().compactMap { event in
        if case .explore(let event) = event { event } else { nil }
      }
      #expect(
        events == [.startsFromPhotograph("there is no model"), .failed("there is no model")])
    }
  }

  @Test func `a newer report takes the place of one that nobody has seen`() {
    let mailbox = Mailbox {}
    let picture = IdentifiedPicture(Picture(width: 1, height: 1, rgb: [1, 2, 3]))
    for (id, iteration) in [(1, 1), (2, 1), (1, 2), (2, 2), (1, 3)] {
      mailbox.post(
        .developed(
          id: id, picture: picture, iteration: iteration, content: 0, style: 0, isLast: false),
        ofRun: id)
    }
    let seen: [[Int]] = mailbox.drain().map { event in
      if case .explore(.developed(let id, _, let iteration, _, _, _)) = event {
        [id, iteration]
      } else {
        []
      }
    }
    #expect(seen == [[2, 2], [1, 3]])
  }
}
