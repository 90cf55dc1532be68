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
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Names the BLAS that multiplies matrices.
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas"),
    // Names the library that reads Keras weight files.
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5"),
    // libpng, libjpeg-turbo, libwebp, libexif, lcms2 behind three functions.
    .target(
      name: "CImageCodecs",
      cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))],
      linkerSettings: ["png", "jpeg", "webp", "webpdemux", "exif", "lcms2", "z"].map {
        .linkedLibrary($0)
      }),
    // Files written whole or not at all, read within limits; names that are safe to print.
    .target(name: "Files"),
    // Shaped float storage, parallel loops.
    .target(name: "Tensors", swiftSettings: optimizedInDebug),
    // Picture files to sRGB pixels and back, pixels to tensors and back, resampling.
    .target(
      name: "Pictures", dependencies: ["CImageCodecs", "Files", "Tensors"],
      swiftSettings: optimizedInDebug),
    // Paints the sample pictures.
    .executableTarget(
      name: "Painter",
      dependencies: [
        "Files", "Pictures", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: optimizedInDebug),
    // Seeded random numbers, tensor comparison, finite differences.
    .target(name: "TestSupport", dependencies: ["Tensors"], path: "Tests/TestSupport"),
    .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "TestSupport"]),
    .testTarget(
      name: "PicturesTests", dependencies: ["Files", "Pictures", "Tensors", "TestSupport"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "PainterTests", dependencies: ["Painter", "Tensors", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
