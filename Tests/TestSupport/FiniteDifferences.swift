import Tensors

/// The gradient of `value` at `point` by central differences, one element at a time.
///
/// - Parameters:
///   - point: where.
///   - step: half the distance between the two evaluations.
///   - value: a scalar function of a tensor of `point`'s shape.
public func finiteDifferences(
  at point: Tensor, step: Float = 1e-2, of value: (Tensor) -> Double
) -> Tensor {
  var gradient = Tensor(shape: point.shape)
  for i in 0..<point.count {
    var (up, down) = (point, point)
    up[i] += step
    down[i] -= step
    gradient[i] = Float((value(up) - value(down)) / Double(up[i] - down[i]))
  }
  return gradient
}

/// `Σ a · b` in double precision.
public func innerProduct(_ a: Tensor, _ b: Tensor) -> Double {
  zip(a.elements, b.elements).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}
