internal import CImageCodecs

/// The libraries that read and write pictures.
public enum PictureLibraries {
  /// Their versions by their names.
  public static var versions: [String: String] {
    var versions: [String: String] = [:]
    var buffer = [CChar](repeating: 0, count: Int(CODEC_VERSION_SIZE))
    var index: Int32 = 0
    while let name = codec_library(index, &buffer) {
      versions[String(cString: name)] = buffer.withUnsafeBufferPointer {
        $0.baseAddress.map { String(cString: $0) }
      }
      index += 1
    }
    return versions
  }
}
