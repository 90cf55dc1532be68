/// How tmux is told to hand a sequence on: `ESC P tmux; … ESC \`, each ESC within doubled.
///
/// tmux does so only with its option `allow-passthrough`.
enum TmuxPassthrough {
  /// A sequence wrapped for tmux.
  static func wrapped(_ sequence: [UInt8]) -> [UInt8] {
    let escape: UInt8 = 0x1B
    var result = Array("\u{1B}Ptmux;".utf8)
    result.reserveCapacity(sequence.count + 16)
    for byte in sequence {
      if byte == escape { result.append(escape) }
      result.append(byte)
    }
    return result + [escape, UInt8(ascii: "\\")]
  }
}
