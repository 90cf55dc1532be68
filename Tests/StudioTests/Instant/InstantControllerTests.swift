import Dispatch
import Networks
import Pictures
import Recipes
import Styling
import Synchronization
import Tensors
import Terminal
import TestSupport
import Testing

@testable import Studio

@Suite struct InstantControllerTests {
  private struct NoModel: Error, CustomStringConvertible {
    let description = "there is no model"
  }

  private func picture(_ seed: UInt64) -> IdentifiedPicture {
    var random = SeededRandom(seed: seed)
    return IdentifiedPicture(Picture(random.uniform([24, 36, 3], in: 0...1)))
  }

  private func request(
    _ method: Recipe.Method, of content: IdentifiedPicture, strength: Double = 1
  ) -> InstantRequest {
    var recipe = Recipe()
    recipe.method = method
    recipe.strength = strength
    return InstantRequest(
      content: content, styles: [.init(picture: picture(2), weight: 1)], recipe: recipe, side: 32)
  }

  private func source(
    _ open: @escaping @Sendable (String) throws -> InstantStylist
  ) -> StylistSource {
    StylistSource(
      installed: { [] }, networks: { [] }, open: open,
      install: { _, progress, _ in
        progress(0.5)
        throw NoModel()
      })
  }

  /// A controller of networks of random weights, and where it reports.
  private func controller(
    _ open: @escaping @Sendable (String) throws -> InstantStylist = { model in
      InstantStylist(
        try Stylizer(
          checkpoint: RandomStylizer(model == "magenta" ? .magenta : .multistyle26)))
    }
  ) -> (InstantController, Mailbox, DispatchSemaphore) {
    let woken = DispatchSemaphore(value: 0)
    let mailbox = Mailbox { woken.signal() }
    let source = source(open)
    return (
      InstantController(
        source: source, stylists: StylistShelf(source), mailbox: mailbox, threads: 2), mailbox,
      woken
    )
  }

  @Test func `of requests that wait the newest is painted`() throws {
    let gate = DispatchSemaphore(value: 0)
    let opened = Mutex(0)
    let (controller, mailbox, _) = controller { _ in
      opened.withLock { $0 += 1 }
      gate.wait()
      return InstantStylist(try Stylizer(checkpoint: RandomStylizer(.magenta)))
    }
    let content = picture(1)
    let requests = [1, 0.75, 0.5, 0.25].map {
      request(.instant, of: content, strength: $0)
    }
    for request in requests { controller.run(.paint(request)) }
    gate.signal()
    controller.waitUntilIdle()
    let painted = mailbox.drain().compactMap { event in
      if case .instant(.painted(let request, let picture)) = event {
        return (request, picture.picture)
      }
      return nil as (InstantRequest, Picture)?
    }
    #expect(painted.count <= 2 && painted.last?.0 == requests[3])
    #expect(painted.last.map { max($0.1.width, $0.1.height) } == 32)
    #expect(opened.withLock { $0 } == 1)
  }

  @Test func `the sheet is painted style by style, as each style paints alone`() throws {
    let (controller, mailbox, _) = controller()
    let request = request(.builtin([.init(number: 0)]), of: picture(1))
    controller.run(.paintSheet(request, styles: [5, 3, 9]))
    controller.waitUntilIdle()
    let developed = mailbox.drain().compactMap { event in
      if case .instant(.developed(_, let style, let picture)) = event {
        return (style, picture.picture)
      }
      return nil as (Int, Picture)?
    }
    #expect(developed.map(\.0) == [5, 3, 9])
    var alone = request
    alone.look.method = .builtin([.init(number: 3)])
    controller.run(.paint(alone))
    controller.waitUntilIdle()
    guard case .instant(.painted(_, let picture))? = mailbox.drain().last else {
      Issue.record("nothing was painted")
      return
    }
    #expect(picture.picture == developed[1].1 && picture.picture != developed[0].1)
  }

  @Test func `what cannot be painted says why`() throws {
    let (controller, mailbox, _) = controller { model in
      if model == "magenta" { throw NoModel() }
      return InstantStylist(try Stylizer(checkpoint: RandomStylizer(.magenta)))
    }
    controller.run(.paint(request(.instant, of: picture(1))))
    controller.waitUntilIdle()
    controller.run(.paint(request(.model("mosaic"), of: picture(1))))
    controller.waitUntilIdle()
    let reasons = mailbox.drain().map { event in
      if case .instant(.failed(_, let reason)) = event { reason } else { "" }
    }
    #expect(reasons == ["there is no model", "mosaic: is a network of another kind"])
  }

  @Test func `a model that cannot be fetched says why`() {
    let (controller, mailbox, _) = controller()
    controller.run(.fetch(model: "magenta"))
    controller.finish()
    let events = mailbox.drain()
    guard events.count == 2, case .instant(.fetching("magenta", share: 0.5)) = events[0],
      case .instant(.fetched("magenta", failure: "there is no model")) = events[1]
    else {
      Issue.record("\(events)")
      return
    }
  }
}
