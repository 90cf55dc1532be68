import Files
internal import CImageCodecs

/// What a call of a C codec came to.
struct Outcome {
  private var status = CODEC_OK
  private var message = ""

  init() {}

  /// Calls a codec with a buffer for its message.
  init(_ call: (_ message: UnsafeMutablePointer<CChar>) -> codec_status) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CODEC_MESSAGE_SIZE)) { buffer in
      buffer.initialize(repeating: 0)
      guard let start = buffer.baseAddress else { return }
      status = call(start)
      message = String(cString: start).printable
    }
  }

  var isSuccess: Bool { status == CODEC_OK }

  func error(reading path: String, format: PictureFormat) -> PictureError? {
    switch status {
    case CODEC_OK: nil
    case CODEC_UNRECOGNIZED: .unrecognized(path: path)
    case CODEC_UNSUPPORTED: .unsupported(path: path, format: format, reason: message)
    case CODEC_OUT_OF_MEMORY: .outOfMemory(path: path)
    default: .damaged(path: path, format: format, reason: message)
    }
  }

  func error(writing path: String, format: PictureFormat) -> PictureError? {
    switch status {
    case CODEC_OK: nil
    case CODEC_OUT_OF_MEMORY: .outOfMemory(path: path)
    default: .unencodable(path: path, format: format, reason: message)
    }
  }
}
