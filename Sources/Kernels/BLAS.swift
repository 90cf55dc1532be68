internal import COpenBLAS

/// OpenBLAS's matrix products, each on the calling thread: the parallel loops are `Workers`' own.
enum BLAS {
  /// Done once: OpenBLAS's threads on top of ours would compete for the same cores.
  static let singleThreaded: Void = openblas_set_num_threads(1)

  /// `c = alpha * a * b + beta * c`, all row-major and dense.
  ///
  /// - Parameters:
  ///   - a: `(rows, inner)`.
  ///   - b: `(inner, columns)`.
  ///   - c: `(rows, columns)`.
  static func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
    rows: Int, columns: Int, inner: Int, alpha: Float = 1, beta: Float = 0
  ) {
    singleThreaded
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(inner),
      alpha, a, Int32(inner), b, Int32(columns), beta, c, Int32(columns))
  }

  /// A matrix that a product reads, or its transpose.
  struct Operand {
    let start: UnsafePointer<Float>
    /// From row to row, in floats.
    let stride: Int
    var isTransposed = false
  }

  /// `c = alpha * a * b + beta * c`, row-major, where `c` has rows of `stride` floats.
  static func multiply(
    _ a: Operand, _ b: Operand, into c: UnsafeMutablePointer<Float>, stride: Int,
    rows: Int, columns: Int, inner: Int, alpha: Float = 1, beta: Float = 0
  ) {
    singleThreaded
    cblas_sgemm(
      CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans,
      b.isTransposed ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), Int32(inner), alpha,
      a.start, Int32(a.stride), b.start, Int32(b.stride), beta, c, Int32(stride))
  }
}

/// What the BLAS says of itself.
public enum BLASDescription {
  /// The version and the build options, such as `OpenBLAS 0.3.21 … DYNAMIC_ARCH`.
  public static var configuration: String { String(cString: openblas_get_config()) }

  /// The kind of core whose kernels it runs, such as `Zen`.
  public static var core: String { String(cString: openblas_get_corename()) }
}
