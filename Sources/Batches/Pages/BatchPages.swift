import Files
import Foundation
import Pictures
import Tensors

/// What shows a batch at a glance: a sheet of small pictures, and pages for any browser.
public struct BatchPages: Sendable {
  /// The name of the sheet.
  public static let sheet = "contact-sheet.png"

  /// The name of the first page.
  public static let index = "index.html"

  /// How many pictures a page shows.
  private static let pageLength = 600

  private let items: [BatchItem]
  private let folder: BatchFolder

  /// Pages for items in a folder.
  public init(of items: [BatchItem], in folder: BatchFolder) {
    self.items = items
    self.folder = folder
  }

  /// Whether they are there.
  public var exist: Bool {
    [Self.sheet, Self.index].allSatisfy { access("\(folder.path)/\($0)", F_OK) == 0 }
  }

  /// Takes the first page away, so that none shows what is no longer so; it is the last one written.
  public func retract() { unlink("\(folder.path)/\(Self.index)") }

  /// Writes them; pictures that cannot be read are left blank.
  ///
  /// - Parameter faults: why items are missing, by their index.
  /// - Throws: `BatchError.file`, `PictureError`.
  public func write(faults: [Int: BatchFault]) throws {
    try folder.create(for: [])
    try PictureEncoder.write(
      ContactSheetPicture(of: items, in: folder).picture(), to: "\(folder.path)/\(Self.sheet)")
    let pages = max(1, items.count.dividedUp(by: Self.pageLength))
    for number in (0..<pages).reversed() {
      let range = number * Self.pageLength..<min((number + 1) * Self.pageLength, items.count)
      let page = BatchPage(
        items: items, range: range, number: number, count: pages, faults: faults,
        isThere: { access(folder.path(of: $0), F_OK) == 0 })
      do {
        try AtomicFile.write(
          page.html.utf8, to: "\(folder.path)/\(BatchPage.name(of: number))")
      } catch {
        throw BatchError.file(error)
      }
    }
  }
}
