import ArgumentParser
import Files
import Foundation
import Pictures
import Tensors

/// Paints the sample pictures and writes them as JPEG files.
@main
struct PainterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Painter", abstract: "Paints the sample pictures, the same ones each time.",
    discussion: "Samples:\n"
      + Sample.all.map { "  \($0.name): \($0.title)" }.joined(separator: "\n"))

  @Argument(help: "The folder that gets content/ and style/.")
  var folder = "samples"

  @Argument(help: ArgumentHelp("The samples to paint; all of them by default.", valueName: "name"))
  var names: [String] = []

  @Option(help: "The longer side in pixels, for trials; by default each has its own.")
  var size: Int?

  func validate() throws {
    if let size, !(16...4096).contains(size) {
      throw ValidationError("--size is 16 to 4096.")
    }
  }

  func run() throws {
    do {
      try paint()
    } catch {
      FileHandle.standardError.write(Data("Painter: error: \(error)\n".utf8))
      throw ExitCode(error.status)
    }
  }

  private func paint() throws(PainterError) {
    let workers = Workers()
    for sample in try Sample.named(names) {
      let path = sample.path(in: folder)
      do {
        try Self.createFolder(sample.folder(in: folder))
        let (width, height) = sample.dimensions(longerSide: size)
        let picture = Picture(sample.paint(width, height, workers))
        try PictureEncoder.write(picture, to: path, jpegQuality: sample.quality)
      } catch {
        throw .picture(error)
      }
      print(path.printable)
    }
  }

  /// Makes a folder, and those it lies in, where there are none yet.
  private static func createFolder(_ path: String) throws(PictureError) {
    let parents = path.indices.filter { $0 > path.startIndex && path[$0] == "/" }
    for end in parents + [path.endIndex] {
      let part = String(path[..<end])
      if mkdir(part, 0o777) != 0, errno != EEXIST {
        throw .file(.cannotCreate(path: part, errno: errno))
      }
    }
  }
}
