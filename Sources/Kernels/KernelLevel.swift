internal import CKernels

/// The vector instructions that inner loops are compiled for; one binary has them all.
public enum KernelLevel: Int, CaseIterable, Sendable {
  /// What every processor of the architecture has: 128 bits on x86-64.
  case baseline
  /// 256 bits and fused multiplication; most x86 processors since 2013.
  case avx2
  /// 512 bits.
  case avx512

  /// The levels that this processor can run.
  public static let supported = allCases.filter { kernelTable(Int32($0.rawValue)) != nil }

  /// The widest of them.
  public static let best = supported.last ?? .baseline

  /// The inner loops.
  var kernels: KernelTable {
    guard let table = kernelTable(Int32(rawValue)) else {
      preconditionFailure("this processor cannot run \(self)")
    }
    return table.pointee
  }
}
