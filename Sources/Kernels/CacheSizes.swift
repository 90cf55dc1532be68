import Foundation

/// The processor's caches, by which work is cut into blocks.
struct CacheSizes: Sendable {
  /// Bytes of the second cache, each core's own.
  let second: Int

  /// Bytes of the third cache, which cores share.
  let third: Int

  /// Those of this machine, as the C library knows them; modest ones where it does not.
  static let current = CacheSizes(
    second: size(Int32(_SC_LEVEL2_CACHE_SIZE), orElse: 256 << 10),
    third: size(Int32(_SC_LEVEL3_CACHE_SIZE), orElse: 4 << 20))

  private static func size(_ name: Int32, orElse fallback: Int) -> Int {
    let size = sysconf(name)
    return size > 0 ? size : fallback
  }
}
