import Batches
import Files
import Foundation
import Studio

extension BatchCommand.Paint {
  /// Lists what a batch would paint, and changes nothing.
  func list(_ runner: BatchRunner, jobs: Int?, threads: Int?) throws {
    let survey = runner.survey()
    let outline = try runner.outline(survey, jobs: jobs, threads: threads)
    let (estimate, capacity) = (outline.estimate, outline.capacity)
    if json {
      for (index, item) in runner.items.enumerated() {
        try JSONLine.print(
          ListedItem(item, survey.standings[index], estimate.items[index]))
      }
      return try JSONLine.print(ListedTotal(outline))
    }
    let width = min(60, runner.items.map(\.output.count).max() ?? 0)
    for (index, item) in runner.items.enumerated() {
      print(Self.line(item, survey.standings[index], estimate.items[index], width: width))
    }
    let bytes = estimate.bytes > 0 ? ", \(Format.bytes(estimate.bytes)) each at most" : ""
    print(
      "\(survey.todo.count) of \(runner.items.count) pictures to paint, \(capacity.jobs) at once on "
        + "\(capacity.threads) \(capacity.threads == 1 ? "thread" : "threads") each: "
        + "about \(Format.duration(outline.seconds))\(bytes)")
  }

  private static func line(
    _ item: BatchItem, _ standing: BatchSurvey.Standing, _ estimate: BatchEstimate.Item?,
    width: Int
  ) -> String {
    var line = item.output.printable.padded(to: width + 2) + standing.rawValue.padded(to: 9)
    guard standing != .current else { return line.trimmingCharacters(in: .whitespaces) }
    guard let estimate else { return line + "the photograph cannot be read" }
    line += "\(estimate.width)×\(estimate.height)".padded(to: 12)
    if let seconds = estimate.seconds {
      line += "\(Format.significant(seconds, 2)) s".padded(to: 9)
    }
    if let bytes = estimate.bytes { line += Format.bytes(bytes) }
    return line
  }

  private struct ListedItem: Encodable {
    private let event = "item"
    private let output: String
    private let standing: BatchSurvey.Standing
    private let content: String?
    private let styles: [String]
    private let variation: String
    private let width: Int?
    private let height: Int?
    private let seconds: Double?
    private let bytes: Int?

    init(_ item: BatchItem, _ standing: BatchSurvey.Standing, _ estimate: BatchEstimate.Item?) {
      output = item.output
      self.standing = standing
      content = item.recipe.content
      styles = item.recipe.styles.map(\.picture)
      variation = item.variation
      width = estimate?.width
      height = estimate?.height
      seconds = estimate?.seconds
      bytes = estimate?.bytes
    }
  }

  private struct ListedTotal: Encodable {
    private let event = "planned"
    private let items: Int
    private let todo: Int
    private let jobs: Int
    private let threads: Int
    private let seconds: Double
    private let bytes: Int

    init(_ outline: BatchOutline) {
      items = outline.items
      todo = outline.items - outline.current
      jobs = outline.capacity.jobs
      threads = outline.capacity.threads
      seconds = outline.seconds
      bytes = outline.estimate.bytes
    }
  }
}
