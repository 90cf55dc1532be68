/// A matrix of three rows and columns, for the moments of colors.
struct Matrix3: Equatable, Sendable {
  var columns: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)

  static let identity = Matrix3(diagonal: SIMD3(repeating: 1))

  init(_ first: SIMD3<Double>, _ second: SIMD3<Double>, _ third: SIMD3<Double>) {
    columns = (first, second, third)
  }

  init(diagonal: SIMD3<Double>) {
    self.init(
      SIMD3(diagonal.x, 0, 0), SIMD3(0, diagonal.y, 0), SIMD3(0, 0, diagonal.z))
  }

  /// The outer product `x yᵀ`.
  init(_ x: SIMD3<Double>, times y: SIMD3<Double>) {
    self.init(x * y.x, x * y.y, x * y.z)
  }

  subscript(row: Int, column: Int) -> Double {
    switch column {
    case 0: columns.0[row]
    case 1: columns.1[row]
    default: columns.2[row]
    }
  }

  var transposed: Matrix3 {
    Matrix3(
      SIMD3(columns.0.x, columns.1.x, columns.2.x), SIMD3(columns.0.y, columns.1.y, columns.2.y),
      SIMD3(columns.0.z, columns.1.z, columns.2.z))
  }

  static func == (a: Matrix3, b: Matrix3) -> Bool { a.columns == b.columns }

  static func + (a: Matrix3, b: Matrix3) -> Matrix3 {
    Matrix3(a.columns.0 + b.columns.0, a.columns.1 + b.columns.1, a.columns.2 + b.columns.2)
  }

  static func * (factor: Double, a: Matrix3) -> Matrix3 {
    Matrix3(factor * a.columns.0, factor * a.columns.1, factor * a.columns.2)
  }

  static func * (a: Matrix3, x: SIMD3<Double>) -> SIMD3<Double> {
    a.columns.0 * x.x + a.columns.1 * x.y + a.columns.2 * x.z
  }

  static func * (a: Matrix3, b: Matrix3) -> Matrix3 {
    Matrix3(a * b.columns.0, a * b.columns.1, a * b.columns.2)
  }
}

extension Matrix3 {
  /// The eigenvalues of a symmetric matrix, and their eigenvectors as the columns of a rotation.
  ///
  /// By Jacobi's rotations, which converge in a handful of rounds.
  var eigensystem: (values: SIMD3<Double>, vectors: Matrix3) {
    var matrix = self
    var vectors = Matrix3.identity
    for _ in 0..<16 {
      for (p, q) in [(0, 1), (0, 2), (1, 2)] {
        let offDiagonal = matrix[p, q]
        guard offDiagonal != 0 else { continue }
        let slope = (matrix[q, q] - matrix[p, p]) / (2 * offDiagonal)
        let tangent =
          (slope < 0 ? -1 : 1) / (abs(slope) + (slope * slope + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let rotation = Matrix3.rotation(p, q, cosine: cosine, sine: tangent * cosine)
        matrix = rotation.transposed * matrix * rotation
        vectors = vectors * rotation
      }
    }
    return (SIMD3(matrix[0, 0], matrix[1, 1], matrix[2, 2]), vectors)
  }

  /// The symmetric matrix with the same eigenvectors and other eigenvalues.
  func mappingEigenvalues(_ map: (Double) -> Double) -> Matrix3 {
    let (values, vectors) = eigensystem
    let mapped = Matrix3(diagonal: SIMD3(map(values.x), map(values.y), map(values.z)))
    return vectors * mapped * vectors.transposed
  }

  private static func rotation(_ p: Int, _ q: Int, cosine: Double, sine: Double) -> Matrix3 {
    var columns = [SIMD3<Double>(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)]
    columns[p][p] = cosine
    columns[q][q] = cosine
    columns[q][p] = sine
    columns[p][q] = -sine
    return Matrix3(columns[0], columns[1], columns[2])
  }
}
