/// Which of our pictures a Kitty terminal holds, and under which numbers.
///
/// A picture that replaces another gets a number of its own, and the old one is deleted after the cells
/// have changed over: what is on the screen is never half a picture.
///
/// The numbers travel as colors of text: 16…255 where there is a palette; where all of sRGB is, the
/// process's identifier stands before them, lest two programs in one terminal meet.
struct KittyNumbers {
  private var held: [String: (number: Int, identity: Int)] = [:]
  /// Those in the terminal that no cell shows any more.
  private var retired: [Int] = []
  private var free: [Int]
  private let process: Int32
  private var isDirect = false

  init(process: Int32) {
    self.process = process
    free = Self.numbers(process: process, isDirect: false)
  }

  private static func numbers(process: Int32, isDirect: Bool) -> [Int] {
    let prefix = isDirect ? Int(process & 0x7FFF) << 8 : 0
    return (16...255).map { prefix | $0 }
  }

  /// Everything that the terminal may still hold.
  var all: [Int] { retired + held.values.map(\.number).sorted() }

  /// Starts a frame: gives up the pictures of slots that it does not show.
  ///
  /// - Returns: what the terminal must delete.
  mutating func begin(keeping slots: Set<String>, isDirect: Bool) -> [Int] {
    if self.isDirect != isDirect { forget() }
    for (slot, picture) in held where !slots.contains(slot) {
      retired.append(picture.number)
      held[slot] = nil
    }
    defer {
      if self.isDirect == isDirect {
        free += retired
      } else {
        free = Self.numbers(process: process, isDirect: isDirect)
        self.isDirect = isDirect
      }
      retired = []
    }
    return retired.sorted()
  }

  /// The number under which a slot shows a rendering, and whether it must be sent; nil when there are
  /// more pictures than numbers.
  mutating func number(slot: String, identity: Int) -> (number: Int, mustSend: Bool)? {
    if let picture = held[slot], picture.identity == identity { return (picture.number, false) }
    guard !free.isEmpty else { return nil }
    let number = free.removeFirst()
    if let old = held.updateValue((number, identity), forKey: slot) { retired.append(old.number) }
    return (number, true)
  }

  /// Takes the terminal to have lost all pictures, or to be about to.
  mutating func forget() {
    retired += held.values.map(\.number)
    held = [:]
  }
}
