// swift-tools-version:6.1
import PackageDescription

// Targets stand in the order in which data flows through them; each may import only what it names
// (`swift build --explicit-target-dependency-import-check error`).

/// For targets full of arithmetic: a debug build of theirs would be some fifty times slower.
let optimizedInDebug: [SwiftSetting] = [
  .unsafeFlags(["-O"], .when(configuration: .debug))
]

let package = Package(
  name: "Impasto",
  products: [
    .executable(name: "impasto", targets: ["impasto"]),
    // The engine, for programs of other people.
    .library(
      name: "ImpastoEngine",
      targets: ["Checkpoints", "Networks", "Pictures", "Recipes", "Styling"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // Names the BLAS that multiplies matrices.
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas"),
    // Names the library that reads Keras weight files.
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5"),
    // Reads Keras weight files in a child process, where a hostile one can do no harm.
    .target(name: "CHDF5Reader", dependencies: ["CHDF5"]),
    // Names the library that unpacks the wheels models come in.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
    // PNG, JPEG, WebP, EXIF and ICC behind a few C functions, where `setjmp` is legal.
    .target(
      name: "CImageCodecs",
      cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))],
      linkerSettings: ["png", "jpeg", "webp", "webpdemux", "exif", "lcms2", "z"].map {
        .linkedLibrary($0)
      }),
    // The vectorized inner loops, once for each level of vector instructions.
    .target(
      name: "CKernels", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
    // Files written whole or not at all, read within limits; names that are safe to print.
    .target(name: "Files", swiftSettings: optimizedInDebug),
    // Zip archives: what wheels and exported favorites are.
    .target(
      name: "Archives", dependencies: ["CZlib", "Files"], swiftSettings: optimizedInDebug),
    // Other programs: found, started beside ours, waited for.
    .target(name: "Programs"),
    // Shaped float storage, parallel loops.
    .target(name: "Tensors", swiftSettings: optimizedInDebug),
    // Picture files to pixels to tensors, and back.
    .target(
      name: "Pictures", dependencies: ["CImageCodecs", "Files", "Tensors"],
      swiftSettings: optimizedInDebug),
    // Forward and backward numerical primitives.
    .target(
      name: "Kernels", dependencies: ["CKernels", "COpenBLAS", "Tensors"],
      swiftSettings: optimizedInDebug),
    // Weight files to named tensors; the models that are installed.
    .target(
      name: "Checkpoints",
      dependencies: ["Archives", "CHDF5Reader", "Files", "Programs", "Tensors"],
      swiftSettings: optimizedInDebug),
    // VGG: features out, gradient back; networks that paint in one pass.
    .target(
      name: "Networks", dependencies: ["Checkpoints", "Kernels", "Tensors"],
      swiftSettings: optimizedInDebug),
    // What the user asked for, as values.
    .target(name: "Recipes", dependencies: ["Files", "Yams"]),
    // One run: objective, optimizer, steering.
    .target(
      name: "Styling",
      dependencies: [
        "Checkpoints", "Files", "Kernels", "Networks", "Pictures", "Recipes", "Tensors",
      ], swiftSettings: optimizedInDebug),
    // Results that are worth keeping, with their recipes, in SQLite.
    .target(
      name: "Favorites",
      dependencies: [
        "Archives", "Files", "Pictures", "Recipes", "Tensors",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    // Runs as they are recorded: what it takes to go on with them, and to look at them later.
    .target(
      name: "History",
      dependencies: [
        "Favorites", "Files", "Networks", "Pictures", "Recipes", "Styling", "Tensors",
      ]),
    // Moving pictures: read and written by ffmpeg, painted frame by frame along their motion.
    .target(
      name: "Films",
      dependencies: [
        "Files", "Kernels", "Networks", "Pictures", "Programs", "Recipes", "Styling", "Tensors",
      ], swiftSettings: optimizedInDebug),
    // Many pictures by one plan, here or on the nodes of a cluster.
    .target(
      name: "Batches",
      dependencies: [
        "Checkpoints", "Favorites", "Files", "Networks", "Pictures", "Programs", "Recipes",
        "Styling", "SwiftCSV", "Tensors", "Yams",
      ], swiftSettings: optimizedInDebug),
    // Names the library that draws lines and text.
    .systemLibrary(name: "CCairo", pkgConfig: "cairo"),
    // Curves to look at outside the studio.
    .target(name: "Charts", dependencies: ["CCairo"]),
    // Names the library that turns pictures into symbols and sixels.
    .systemLibrary(name: "CChafa", pkgConfig: "chafa"),
    // ncurses and the terminal's modes behind a few C functions; what must run in a signal handler.
    .target(
      name: "CTerminal",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    // Screen, cells, keys, themes, graphics protocols.
    .target(
      name: "Terminal",
      dependencies: ["CChafa", "CTerminal", "CZlib", "Files", "Pictures", "Tensors", "Yams"],
      swiftSettings: optimizedInDebug),
    // The interactive app: state, events, update, effects, views.
    .target(
      name: "Studio",
      dependencies: [
        "Checkpoints", "Favorites", "Files", "Films", "History", "Networks", "Pictures",
        "Programs", "Recipes", "Styling", "Tensors", "Terminal",
      ]),
    // The command line, one file a subcommand.
    .executableTarget(
      name: "impasto",
      dependencies: [
        "Batches", "Charts", "Checkpoints", "Favorites", "Files", "Films", "History", "Kernels",
        "Networks", "Pictures", "Recipes", "Studio", "Styling", "Tensors", "Terminal", "Yams",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], exclude: ["Distribution"]),

    // Paints the pictures in `samples/`.
    .executableTarget(
      name: "Painter",
      dependencies: [
        "Files", "Pictures", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: optimizedInDebug),

    // Tensor comparison, finite differences, temporary folders, networks of random weights.
    .target(
      name: "TestSupport", dependencies: ["Checkpoints", "Tensors"], path: "Tests/TestSupport"),
    // Shows what it is told on a console, for tests to look at from outside.
    .executableTarget(
      name: "ConsoleHost", dependencies: ["Pictures", "Terminal"], path: "Tests/ConsoleHost"),
    .testTarget(name: "ChartsTests", dependencies: ["Charts", "Pictures", "TestSupport"]),
    .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"]),
    .testTarget(
      name: "ArchivesTests", dependencies: ["Archives", "Files", "Tensors", "TestSupport"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "ProgramsTests", dependencies: ["Programs"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "TestSupport"]),
    .testTarget(
      name: "PicturesTests", dependencies: ["Files", "Pictures", "Tensors", "TestSupport"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels", "Tensors", "TestSupport"]),
    .testTarget(
      name: "CheckpointsTests", dependencies: ["Checkpoints", "Files", "Tensors", "TestSupport"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "NetworksTests",
      dependencies: ["Checkpoints", "Networks", "Tensors", "TestSupport"],
      exclude: ["Fixtures/style_graphs.py"],
      resources: [
        "assorted.onnx", "style_graphs.safetensors", "stylizer_golden.safetensors",
        "transformer_11.onnx", "transformer_17.onnx", "transformer_9.onnx",
      ].map { .copy("Fixtures/\($0)") }),
    .testTarget(name: "RecipesTests", dependencies: ["Files", "Recipes", "TestSupport"]),
    .testTarget(
      name: "StylingTests",
      dependencies: [
        "Checkpoints", "Files", "Kernels", "Networks", "Pictures", "Recipes", "Styling", "Tensors",
        "TestSupport",
      ],
      exclude: ["Fixtures/thin_golden.py"],
      resources: [
        .copy("Fixtures/thin_golden.safetensors"), .copy("Fixtures/vgg16_golden.safetensors"),
      ]),
    .testTarget(
      name: "FavoritesTests",
      dependencies: [
        "Archives", "Favorites", "Files", "Pictures", "Recipes", "Tensors", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ], resources: [.copy("Fixtures")]),
    .testTarget(
      name: "HistoryTests",
      dependencies: [
        "Checkpoints", "Favorites", "Files", "History", "Networks", "Pictures", "Recipes",
        "Styling", "Tensors", "TestSupport",
      ]),
    .testTarget(
      name: "BatchesTests",
      dependencies: [
        "Batches", "Checkpoints", "Favorites", "Files", "Networks", "Pictures", "Recipes",
        "Styling", "Tensors", "TestSupport",
      ]),
    .testTarget(
      name: "FilmsTests",
      dependencies: [
        "Checkpoints", "Files", "Films", "Networks", "Pictures", "Programs", "Recipes", "Styling",
        "Tensors", "TestSupport",
      ]),
    .testTarget(
      name: "TerminalTests",
      dependencies: [
        "ConsoleHost", "CZlib", "Files", "Pictures", "Tensors", "Terminal", "TestSupport",
      ]),
    .testTarget(
      name: "StudioTests",
      dependencies: [
        "Checkpoints", "Favorites", "Files", "History", "Networks", "Pictures", "Recipes",
        "Programs", "Studio", "Styling", "Tensors", "Terminal", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      // Read where they are, so that they can be recorded anew.
      exclude: ["Fixtures", "Picker/Goldens"]),
    .testTarget(
      name: "impastoTests",
      dependencies: [
        "impasto", "Checkpoints", "Favorites", "Files", "Pictures", "Programs", "Recipes", "Studio",
        "Tensors", "TestSupport",
      ]),
    // The program as people use it, in a real terminal.
    .testTarget(
      name: "JourneyTests",
      dependencies: [
        "impasto", "Checkpoints", "Pictures", "Recipes", "Studio", "Tensors", "TestSupport",
      ]),
    .testTarget(
      name: "PainterTests", dependencies: ["Files", "Painter", "Tensors", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
