import TestSupport
import Tensors
import Testing

@testable import Kernels

@Suite struct GaussianTransportTests {
  // scipy 1.x: R = sqrtm(T); trace(S + T - 2 sqrtm(R S R)); R inv(sqrtm(R S R)) R.
  static let source = [
    0.4244791666666667, -0.3723958333333333, 0.0234375, 0.2604166666666667,
    -0.3723958333333333, 0.4817708333333333, 0.19010416666666666, -0.359375,
    0.0234375, 0.19010416666666666, 0.7734375, -0.026041666666666668,
    0.2604166666666667, -0.359375, -0.026041666666666668, 0.5859375,
  ]
  static let target = [
    0.5572916666666666, -0.0859375, -0.3776041666666667, 0.049479166666666664,
    -0.0859375, 0.3697916666666667, 0.13541666666666666, 0.0390625,
    -0.3776041666666667, 0.13541666666666666, 0.4505208333333333, -0.2994791666666667,
    0.049479166666666664, 0.0390625, -0.2994791666666667, 0.6197916666666666,
  ]
  static let cost = 0.8803835459968262
  static let map = [
    1.8324409325287945, 1.0200516289611623, -0.6629910779273337, -0.012337198707162506,
    1.0200516289611612, 2.05453540940209, -0.3351045644199888, 0.6387220632933512,
    -0.6629910779273328, -0.3351045644199886, 0.6834771084774324, -0.35277684035455864,
    -0.012337198707163937, 0.6387220632933495, -0.3527768403545583, 1.297732441348623,
  ]

  /// A random covariance of features with unequal directions.
  private func covariance(_ channels: Int, seed: UInt64) -> [Double] {
    var random = SeededRandom(seed: seed)
    let features = random.uniform([3 * channels, 1, channels])
    let scaled = Tensor(
      features.elements.enumerated().map { $1 / Float(1 + $0 % channels) }, shape: features.shape)
    return Moments(of: scaled, on: Workers(threads: 1)).covariance
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  @Test func `cost and map agree with scipy's`() {
    let transport = GaussianTransport(to: Self.target, channels: 4, ridge: 0)
    let (value, gradient) = transport.cost(of: Self.source)
    #expect(abs(value - Self.cost) < 1e-9)
    let map = gradient.indices.map { ($0 % 5 == 0 ? 1 : 0) - gradient[$0] }
    #expect(distance(map, Self.map) < 1e-8)
  }

  @Test(arguments: [1, 5, 24])
  func `the map carries the one covariance over into the other`(channels: Int) {
    let (source, target) = (covariance(channels, seed: 1), covariance(channels, seed: 2))
    let transport = GaussianTransport(to: target, channels: channels, ridge: 0)
    let gradient = transport.cost(of: source).gradient
    var map = DoubleMatrix(rows: channels, columns: channels, elements: gradient.map { -$0 })
    for i in 0..<channels { map.elements[i * (channels + 1)] += 1 }
    let from = DoubleMatrix(rows: channels, columns: channels, elements: source)
    let carried = map.times(from).timesTransposed(map).elements
    // But for the least directions, which are left out.
    let trace = (0..<channels).reduce(0) { $0 + target[$1 * (channels + 1)] }
    #expect(distance(carried, target) < 2e-3 * trace)
  }

  @Test func `the gradient agrees with finite differences`() {
    let channels = 6
    let (source, target) = (covariance(channels, seed: 3), covariance(channels, seed: 4))
    let transport = GaussianTransport(to: target, channels: channels, ridge: 1e-4)
    let gradient = transport.cost(of: source).gradient
    for row in 0..<channels {
      for column in 0...row {
        func cost(_ step: Double) -> Double {
          var moved = source
          moved[row * channels + column] += step
          if row != column { moved[column * channels + row] += step }
          return transport.cost(of: moved).value
        }
        let expected = (cost(1e-5) - cost(-1e-5)) / 2e-5
        let found = gradient[row * channels + column] * (row == column ? 1 : 2)
        #expect(abs(found - expected) < 1e-4 * max(1, abs(expected)))
      }
    }
  }

  @Test func `nothing costs next to nothing`() {
    let own = covariance(24, seed: 5)
    let trace = (0..<24).reduce(0) { $0 + own[$1 * 25] }
    let value = GaussianTransport(to: own, channels: 24, ridge: 1e-6).cost(of: own).value
    #expect((0...2e-3 * trace).contains(value))
  }

  @Test func `what makes a target no covariance is left out`() {
    // Turned by 45°: variance 2 one way, -1 the other.
    let indefinite = [0.5, 1.5, 1.5, 0.5]
    let positive = [1.0, 1, 1, 1]
    let source = [0.7, 0.1, 0.1, 0.4]
    let found = GaussianTransport(to: indefinite, channels: 2, ridge: 1e-6).cost(of: source)
    let expected = GaussianTransport(to: positive, channels: 2, ridge: 1e-6).cost(of: source)
    #expect(abs(found.value - expected.value) < 1e-9)
  }

  @Test func `flat pictures are carried without infinities`() {
    let (flat, some) = ([Double](repeating: 0, count: 576), covariance(24, seed: 6))
    for (source, target) in [(flat, some), (some, flat), (flat, flat)] {
      for ridge in [0, 1e-4] {
        let (value, gradient) = GaussianTransport(to: target, channels: 24, ridge: ridge)
          .cost(of: source)
        #expect(value.isFinite && value > -1e-9 && gradient.allSatisfy(\.isFinite))
      }
    }
  }

  @Test func `no number has no cost`() {
    var broken = Self.source
    broken[3] = .nan
    let transport = GaussianTransport(to: Self.target, channels: 4, ridge: 0)
    #expect(transport.cost(of: broken).value.isNaN)
    #expect(
      GaussianTransport(to: broken, channels: 4, ridge: 0).cost(of: Self.source).value.isNaN)
  }
}
