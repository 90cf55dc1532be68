internal import COpenBLAS

/// A small dense matrix in double precision, row-major: for what is done to moments, not to features.
struct DoubleMatrix {
  let rows: Int
  let columns: Int
  var elements: [Double]

  /// A matrix of zeros.
  init(rows: Int, columns: Int) {
    self.init(
      rows: rows, columns: columns, elements: [Double](repeating: 0, count: rows * columns))
  }

  init(rows: Int, columns: Int, elements: [Double]) {
    precondition(elements.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// `self · other`.
  func times(_ other: DoubleMatrix) -> DoubleMatrix {
    product(with: other, CblasNoTrans, CblasNoTrans)
  }

  /// `self · otherᵀ`.
  func timesTransposed(_ other: DoubleMatrix) -> DoubleMatrix {
    product(with: other, CblasNoTrans, CblasTrans)
  }

  /// `selfᵀ · self`.
  var gram: DoubleMatrix { product(with: self, CblasTrans, CblasNoTrans) }

  private func product(
    with other: DoubleMatrix, _ transposition: CBLAS_TRANSPOSE,
    _ otherTransposition: CBLAS_TRANSPOSE
  ) -> DoubleMatrix {
    let (rows, inner) = transposition == CblasTrans ? (columns, self.rows) : (self.rows, columns)
    let isOtherTransposed = otherTransposition == CblasTrans
    precondition(inner == (isOtherTransposed ? other.columns : other.rows))
    var product = DoubleMatrix(
      rows: rows, columns: isOtherTransposed ? other.rows : other.columns)
    guard !product.elements.isEmpty, inner > 0 else { return product }
    BLAS.singleThreaded
    cblas_dgemm(
      CblasRowMajor, transposition, otherTransposition, Int32(rows), Int32(product.columns),
      Int32(inner), 1, elements, Int32(columns), other.elements, Int32(other.columns), 0,
      &product.elements, Int32(product.columns))
    return product
  }

  /// The sum of the diagonal.
  var trace: Double {
    stride(from: 0, to: elements.count, by: columns + 1).reduce(0) { $0 + elements[$1] }
  }

  /// Eigenvalues in rising order, and the eigenvectors as rows, of a symmetric matrix; nil when it has
  /// elements that are no numbers.
  ///
  /// By LAPACK's divide and conquer (Cuppen 1981), on the calling thread.
  var eigen: (values: [Double], vectors: DoubleMatrix)? {
    precondition(rows == columns)
    // LAPACK may not come back from a matrix with a NaN in it.
    guard elements.allSatisfy(\.isFinite) else { return nil }
    var vectors = self
    var values = [Double](repeating: 0, count: rows)
    guard rows > 0 else { return (values, vectors) }
    BLAS.singleThreaded
    var order = Int32(rows)
    var status: Int32 = 0
    var workCount = Int32(1 + 6 * rows + 2 * rows * rows)
    var integerCount = Int32(3 + 5 * rows)
    var work = [Double](repeating: 0, count: Int(workCount))
    var integers = [Int32](repeating: 0, count: Int(integerCount))
    // Its eigenvectors are columns of a column-major matrix: our rows.
    dsyevd_(
      "V", "U", &order, &vectors.elements, &order, &values, &work, &workCount, &integers,
      &integerCount, &status, 1, 1)
    return status == 0 ? (values, vectors) : nil
  }
}
