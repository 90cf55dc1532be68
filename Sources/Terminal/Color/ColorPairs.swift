/// ncurses' pairs of foreground and background, numbered as they are first needed.
///
/// A pair is never redefined while a cell may use it: ncurses would look through the whole screen each
/// time. When the numbers run out, all are forgotten and every cell is painted again.
struct ColorPairs {
  /// Colors in ncurses' numbers.
  struct Pair: Hashable {
    var foreground: Int32
    var background: Int32
  }

  /// How many pairs there are, the default one (number 0) included.
  let capacity: Int
  private var palette: TerminalPalette
  private var numbers: [Pair: Int32] = [:]
  /// Neighbors look alike.
  private var last: (foreground: Color, background: Color, number: Int32)?

  /// No pairs yet.
  init(palette: TerminalPalette, capacity: Int) {
    self.palette = palette
    self.capacity = capacity
  }

  /// The number of the pair of two colors, defined if it is new; nil when there are no more numbers.
  mutating func number(
    foreground: Color, background: Color, define: (_ number: Int32, _ pair: Pair) -> Void
  ) -> Int32? {
    guard palette.count > 0 else { return 0 }
    if let last, last.foreground == foreground, last.background == background {
      return last.number
    }
    var pair = Pair(
      foreground: palette.number(of: foreground), background: palette.number(of: background))
    if pair.foreground == pair.background, palette.count <= 16, foreground != background,
      pair.background >= 0, case .rgb = foreground
    {
      // Text must not vanish because two colors have the same nearest one.
      pair.foreground = pair.background == 7 || pair.background == 15 ? 0 : 7
    }
    guard let number = number(of: pair, define: define) else { return nil }
    last = (foreground, background, number)
    return number
  }

  private mutating func number(
    of pair: Pair, define: (_ number: Int32, _ pair: Pair) -> Void
  ) -> Int32? {
    if pair == Pair(foreground: -1, background: -1) { return 0 }
    if let number = numbers[pair] { return number }
    let number = numbers.count + 1
    guard number < capacity else { return nil }
    numbers[pair] = Int32(number)
    define(Int32(number), pair)
    return Int32(number)
  }

  /// Forgets all pairs.
  mutating func removeAll() {
    numbers.removeAll(keepingCapacity: true)
    last = nil
  }
}
