import Files
import Foundation
import Pictures
import Synchronization
import Terminal
import TestSupport
import Testing

@testable import Studio

/// A studio with the file browser open on `folder` with `entries`.
func openedStudio(
  _ size: Size = Size(columns: 80, rows: 24), role: SourceRole = .content,
  folder: String = "/home/ada/Pictures", entries: [PickerEntry],
  traits: TerminalTraits = TerminalTraits(glyphs: .full)
) -> StudioState {
  var state = studio(size, traits: traits)
  _ = openPicker(&state, for: role)
  let parent = PickerEntry(name: RawPath(".."), kind: .parent)
  let listing = PickerListing(folder: RawPath(folder), entries: [parent] + entries)
  _ = updatePicker(&state, report: .listed(listing, request: state.picker.request))
  return state
}

/// A studio with the file browser's places set and nothing else.
func studio(
  _ size: Size = Size(columns: 80, rows: 24), traits: TerminalTraits = TerminalTraits(glyphs: .full)
) -> StudioState {
  var state = StudioState(size: size, traits: traits, themes: [.standard])
  state.picker.places = PickerPlaces(
    contentSamples: RawPath("/samples/content"), styleSamples: RawPath("/samples/style"),
    home: RawPath("/home/ada"), workingFolder: RawPath("/work"),
    pictures: RawPath("/home/ada/Pictures"))
  return state
}

extension PickerEntry {
  static func folder(_ name: String) -> PickerEntry {
    PickerEntry(name: RawPath(name), kind: .folder)
  }

  static func picture(
    _ name: String, bytes: Int = 2_345_678, modified seconds: Int64 = 1_769_850_300
  ) -> PickerEntry {
    PickerEntry(
      name: RawPath(name), kind: .picture, byteCount: bytes, modified: seconds * 1_000_000_000)
  }
}

/// Presses keys one after the other and returns what they asked for.
@discardableResult
func press(_ state: inout StudioState, _ keys: KeyPress...) -> [StudioEffect] {
  keys.flatMap { updatePicker(&state, input: .key($0)) }
}

/// Types text letter by letter.
@discardableResult
func type(_ state: inout StudioState, _ text: String) -> [StudioEffect] {
  text.flatMap { updatePicker(&state, input: .key(KeyPress(.character($0)))) }
}

extension Picker {
  /// The names shown, in their order.
  var names: [String] { shown.map { entries[$0].title } }
}

extension Surface {
  /// The rows as text; `▒` where a picture is, nothing at the ends of rows.
  var text: String {
    (0..<size.rows).map { row in
      var line = ""
      for column in 0..<size.columns {
        switch self[column, row].content {
        case .text(let text): line += text
        case .continuation: break
        case .picture: line += "▒"
        }
      }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}

/// A picture whose colors depend on `seed`.
func samplePicture(width: Int = 40, height: Int = 30, seed: Int = 1) -> Picture {
  Picture(
    width: width, height: height,
    rgb: (0..<3 * width * height).map { UInt8(truncatingIfNeeded: $0 / 7 * seed) })
}

/// Services in a folder of their own, and what they report.
final class RunningServices: Sendable {
  private let reports = Mutex<[PickerEvent]>([])
  private let arrival = DispatchSemaphore(value: 0)
  let folder: String
  private let services = Mutex<PickerServices?>(nil)

  init(in folder: String) {
    self.folder = folder
    let made = PickerServices(
      cacheFolder: "\(folder)/cache", stateFolder: "\(folder)/state"
    ) { [weak self] event in
      self?.reports.withLock { $0.append(event) }
      self?.arrival.signal()
    }
    services.withLock { $0 = made }
  }

  /// Asks.
  func run(_ effect: PickerEffect) { services.withLock { $0 }?.run(effect) }

  /// Asks, and waits for the first report that `find` takes for an answer.
  func answer<A>(to effect: PickerEffect, _ find: (PickerEvent) -> A?) -> A? {
    run(effect)
    while arrival.wait(timeout: .now() + 60) == .success {
      let event = reports.withLock { $0.removeFirst() }
      if let answer = find(event) { return answer }
    }
    Issue.record("no answer to \(effect)")
    return nil
  }

  /// What is in a folder.
  func listing(_ path: RawPath) -> PickerListing? {
    answer(to: .list(path, request: 1)) { event in
      if case .listed(let listing, _) = event { listing } else { nil }
    }
  }

  /// What is found out about a file.
  func inspected(_ wish: PickerWish) -> (PickerFacts, IdentifiedPicture?)? {
    answer(to: .inspect([wish], request: 1)) { event in
      if case .inspected(wish.path.name, let facts, let picture, _) = event {
        (facts, picture)
      } else {
        nil
      }
    }
  }
}

extension PickerListing {
  /// The wish for a file of this name.
  func wish(_ name: RawPath, thumbnail: Bool = true) throws -> PickerWish {
    let entry = try #require(entries.first { $0.name == name })
    return PickerWish(
      path: folder.appending(name), byteCount: entry.byteCount, modified: entry.modified,
      isThumbnailWanted: thumbnail)
  }
}

/// Writes bytes to a file whose name is any bytes.
func write(_ bytes: [UInt8], to path: RawPath) throws {
  let file = try #require(path.withCString { fopen($0, "w") })
  fwrite(bytes, 1, bytes.count, file)
  fclose(file)
}
