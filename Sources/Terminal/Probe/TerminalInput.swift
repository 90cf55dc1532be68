import Foundation

/// Reading within a time.
enum TerminalInput {
  /// What arrives until there is enough, nothing more will come, or time is up; at most 8 KiB.
  ///
  /// - Parameters:
  ///   - descriptor: where to read.
  ///   - limit: how long to wait in all.
  ///   - isEnough: whether what has been read so far will do.
  static func read(
    _ descriptor: Int32, within limit: Duration, until isEnough: ([UInt8]) -> Bool
  ) -> [UInt8] {
    let deadline = ContinuousClock.now + limit
    let mostBytes = 8192
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1024)
    while bytes.count < mostBytes && !isEnough(bytes) {
      let left = deadline - .now
      guard left > .zero else { break }
      let milliseconds = left / .milliseconds(1)
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, Int32(milliseconds.rounded(.up)))
      if ready < 0 && errno == EINTR { continue }
      guard ready > 0 else { break }
      let count = Foundation.read(descriptor, &chunk, chunk.count)
      if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
      guard count > 0 else { break }
      bytes += chunk.prefix(count)
    }
    return bytes
  }
}
