import Tensors

/// The random numbers of one sample of a pixel.
struct Chance {
  var random: SeededRandom
  /// A point of the unit square; a pixel's samples spread theirs evenly over it.
  private(set) var spread: Point

  init(_ random: SeededRandom) {
    self.random = random
    spread = Point(self.random.unit(), self.random.unit())
  }

  /// Moves `spread` on, in Roberts's sequence R2: multiples of 1/p and 1/p², p the plastic number.
  mutating func step() {
    spread += Point(0.754_877_67, 0.569_840_3)
    spread -= spread.rounded(.down)
  }
}

/// Calls `color` for samples spread evenly over each pixel and averages what they return.
///
/// - Parameters:
///   - side: `side * side` samples a pixel, one in each cell of a grid, placed there at random.
///   - color: the displayed color, 0...1, at a place in pixels, for a sample with its own numbers.
/// - Returns: `(height, width, 3)` sRGB.
func rendered(
  width: Int, height: Int, side: Int, seed: UInt64, on workers: Workers,
  color: (_ place: Point, _ chance: inout Chance) -> Vector
) -> Tensor {
  var picture = Tensor(uninitialized: [height, width, 3])
  picture.withMutableFloats { pixels in
    workers.forEach(height) { y, _ in
      for x in 0..<width {
        var chance = Chance(SeededRandom(seed: seed, x, y))
        var sum = Vector.zero
        for cell in 0..<side * side {
          let corner = Point(Float(cell % side), Float(cell / side))
          let within = corner + Point(chance.random.unit(), chance.random.unit())
          chance.step()
          sum += color(Point(Float(x), Float(y)) + within / Float(side), &chance)
        }
        let mean = sum / Float(side * side)
        for channel in 0..<3 { pixels[(y * width + x) * 3 + channel] = mean[channel] }
      }
    }
  }
  return picture
}

/// An array whose elements several threads compute, a row at a time.
func filled<Element>(
  rows: Int, columns: Int, repeating blank: Element, on workers: Workers,
  _ value: (_ column: Int, _ row: Int) -> Element
) -> [Element] {
  var result = [Element](repeating: blank, count: rows * columns)
  result.withUnsafeMutableBufferPointer { elements in
    let elements = elements
    workers.forEach(rows) { row, _ in
      for column in 0..<columns { elements[row * columns + column] = value(column, row) }
    }
  }
  return result
}
