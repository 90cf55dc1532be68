import ArgumentParser
import Checkpoints
import Files
import Foundation
import Kernels
import Pictures
import Studio
import Tensors
import Terminal

/// `impasto doctor`: what this installation is made of, for bug reports.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show versions, processor, models and folders.")

  @Flag(help: "Print one JSON object.")
  var json = false

  private struct Report: Encodable {
    struct Model: Encodable {
      let id: String
      let installed: Bool
      let path: String?
    }

    struct Folder: Encodable {
      let path: String
      let state: String
    }

    let version: String
    let swift: String
    let system: String
    let libraries: [String: String]
    let blas: String
    let blasCore: String
    let processor: String
    let cpuFeatures: [String]
    let threads: Int
    let memoryBytes: UInt64
    let models: [Model]
    let folders: [String: Folder]
    /// What the terminal says of itself; nil when there is none.
    let terminal: TerminalReport?
  }

  func run() throws {
    let report = try makeReport()
    if json {
      try JSONLine.print(report)
      return
    }
    row("impasto", report.version)
    row("swift", report.swift)
    row("system", report.system)
    row("processor", report.processor)
    row("features", report.cpuFeatures.joined(separator: " "))
    row("threads", "\(report.threads)")
    row("memory", Format.bytes(Int(report.memoryBytes)))
    row("blas", report.blas)
    row("blas core", report.blasCore)
    for (name, version) in report.libraries.sorted(by: { $0.key < $1.key }) { row(name, version) }
    for model in report.models {
      row("model", model.id.padded(to: 12) + (model.path ?? "not installed"))
    }
    for (name, folder) in report.folders.sorted(by: { $0.key < $1.key }) {
      row(name, "\(folder.path) (\(folder.state))")
    }
    if let terminal = report.terminal { show(terminal) } else { row("terminal", "none") }
  }

  private func makeReport() throws -> Report {
    let folders = Folders()
    let processor = Processor()
    return Report(
      version: Impasto.version, swift: Self.swiftVersion,
      system: ProcessInfo.processInfo.operatingSystemVersionString,
      libraries: PictureLibraries.versions, blas: BLASDescription.configuration,
      blasCore: BLASDescription.core, processor: processor.name,
      cpuFeatures: processor.features, threads: Workers.coreCount,
      memoryBytes: ProcessInfo.processInfo.physicalMemory,
      models: try ModelStore(folder: folders.models).list().map {
        .init(id: $0.id, installed: $0.isInstalled, path: $0.path)
      },
      folders: [
        "config": Self.folder(folders.config), "data": Self.folder(folders.data),
        "state": Self.folder(folders.state), "models": Self.folder(folders.models),
      ], terminal: Self.terminal)
  }

  private static var terminal: TerminalReport? {
    let environment = ProcessInfo.processInfo.environment
    return (try? Console.requireTerminal(environment: environment)).map {
      TerminalProbe.traits(
        startingFrom: TerminalTraits(environment: environment), asked: nil, tty: STDOUT_FILENO,
        environment: environment
      ).1
    }
  }

  private func row(_ name: String, _ value: String) {
    print(name.padded(to: 14) + value.printable)
  }

  private func show(_ terminal: TerminalReport) {
    row("terminal", "\(terminal.name ?? "does not say its name"), TERM=\(terminal.term ?? "")")
    row("window", "\(terminal.window.width)×\(terminal.window.height) cells")
    let guess = terminal.isCellGuessed ? " (a guess)" : ""
    row("cell", "\(terminal.cell.width)×\(terminal.cell.height) pixels\(guess)")
    row("colors", terminal.colors)
    row("glyphs", terminal.glyphs)
    row("graphics", "\(terminal.graphics): \(terminal.reason)")
    if let hint = terminal.hint { row("", hint) }
    row("answered in", "\(Format.number(terminal.milliseconds, 0)) ms")
  }

  private static func folder(_ path: String) -> Report.Folder {
    let isThere = FileManager.default.fileExists(atPath: path)
    let state =
      !isThere ? "not there yet" : access(path, W_OK) == 0 ? "writable" : "not writable"
    return .init(path: path, state: state)
  }

  private static var swiftVersion: String {
    #if swift(>=6.4)
      "6.4 or later"
    #elseif swift(>=6.3)
      "6.3"
    #elseif swift(>=6.2)
      "6.2"
    #else
      "6.1"
    #endif
  }
}

/// What `/proc/cpuinfo` says of the first core.
private struct Processor {
  let name: String
  /// Those that matter to matrix products.
  let features: [String]

  init() {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    func value(_ key: String) -> String? {
      text.split(separator: "\n").first { $0.hasPrefix(key) }?
        .split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces)
    }
    name = value("model name") ?? "unknown"
    let flags = Set((value("flags") ?? "").split(separator: " ").map(String.init))
    features = [
      "sse4_2", "avx", "avx2", "fma", "f16c", "avx512f", "avx512_bf16", "avx512_vnni", "amx_bf16",
    ].filter(flags.contains)
  }
}
