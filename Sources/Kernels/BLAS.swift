internal import COpenBLAS

/// OpenBLAS's matrix products, each on the calling thread: the parallel loops are `Workers`' own.
enum BLAS {
  /// Done once: OpenBLAS's threads on top of ours would compete for the same cores.
  private static let singleThreaded: Void = openblas_set_num_threads(1)

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

  /// The upper triangle of `c = alpha * aᵀ * a`, row-major; the strict lower triangle keeps its values.
  ///
  /// - Parameters:
  ///   - a: `(rows, columns)`.
  ///   - c: `(columns, columns)`.
  static func multiplyTransposeByItself(
    _ a: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>, rows: Int, columns: Int,
    alpha: Float
  ) {
    singleThreaded
    cblas_ssyrk(
      CblasRowMajor, CblasUpper, CblasTrans, Int32(columns), Int32(rows), alpha, a,
      Int32(columns), 0, c, Int32(columns))
  }
}

/// What the BLAS says of itself.
public enum BLASDescription {
  /// The version and the build options, such as `OpenBLAS 0.3.21 … DYNAMIC_ARCH`.
  public static var configuration: String { String(cString: openblas_get_config()) }

  /// The kind of core whose kernels it runs, such as `Zen`.
  public static var core: String { String(cString: openblas_get_corename()) }
}
