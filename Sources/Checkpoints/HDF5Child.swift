import Foundation

internal import CHDF5Reader

/// A process that reads an HDF5 file for us and may crash on it; `CHDF5Reader` says why.
///
/// It is killed, if need be, and waited for when this value goes away.
struct HDF5Child: ~Copyable {
  /// Bytes it may allocate beyond the tensor it is asked for: chunks, conversion buffers, metadata.
  private static let memory: UInt64 = 512 << 20

  /// How long it may say nothing.
  private static let patience: Int32 = 60_000  // milliseconds

  private let process: pid_t
  private let pipe: Int32
  private var hasEnded = false

  /// Starts a child that lists the datasets of `image`; throws `errno`.
  init(listing image: [UInt8], seconds: UInt32) throws(StartFailure) {
    try self.init { process in
      image.withUnsafeBytes {
        hdf5_start_listing($0.baseAddress, $0.count, seconds, Self.memory, &process)
      }
    }
  }

  /// Starts a child that sends the `count` elements of a dataset.
  init(reading dataset: String, count: Int, from image: [UInt8], seconds: UInt32)
    throws(StartFailure)
  {
    try self.init { process in
      image.withUnsafeBytes {
        hdf5_start_reading(
          $0.baseAddress, $0.count, dataset, UInt64(count), seconds,
          Self.memory + 3 * UInt64(count) * 4, &process)
      }
    }
  }

  /// The `errno` of a fork or pipe that failed.
  struct StartFailure: Error {
    let errno: Int32
  }

  private init(_ start: (inout pid_t) -> Int32) throws(StartFailure) {
    var process: pid_t = 0
    pipe = start(&process)
    guard pipe >= 0 else { throw StartFailure(errno: errno) }
    self.process = process
  }

  deinit {
    close(pipe)
    // A child that ended by itself may be gone altogether, if SIGCHLD is ignored, and its number
    // another process's.
    if !hasEnded { kill(process, SIGKILL) }
    while waitpid(process, nil, 0) < 0, errno == EINTR {}
  }

  /// Fills `buffer` with the next bytes that the child sends.
  ///
  /// - Returns: whether it could; else the child crashed, gave up or came to no end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    var rest = buffer[...]
    while !rest.isEmpty {
      var event = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
      let ready = poll(&event, 1, Self.patience)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { return false }
      let target = UnsafeMutableRawBufferPointer(rebasing: rest)
      let got = Foundation.read(pipe, target.baseAddress, target.count)
      if got < 0, errno == EINTR { continue }
      if got == 0 { hasEnded = true }
      guard got > 0 else { return false }
      rest = rest.dropFirst(got)
    }
    return true
  }

  /// The next bytes that the child sends, as a plain C value; `nil` as for `read(into:)`.
  mutating func next<Value: BitwiseCopyable>(_ initial: Value) -> Value? {
    var value = initial
    return withUnsafeMutableBytes(of: &value) { read(into: $0) } ? value : nil
  }

  /// The next `count` bytes that the child sends, as text.
  mutating func text(count: Int) -> String? {
    var bytes = [UInt8](repeating: 0, count: count)
    return bytes.withUnsafeMutableBytes { read(into: $0) }
      ? String(validating: bytes, as: UTF8.self) : nil
  }
}
