import Foundation

/// What was typed to narrow down a folder: words that a name must contain, or letters in order.
///
/// Upper and lower case, accents and full-width forms make no difference.
struct PickerFilter {
  private let words: [[UInt8]]

  init(_ text: String) {
    words = text.split(separator: " ").map { Self.key(of: String($0)) }.filter { !$0.isEmpty }
  }

  var isEmpty: Bool { words.isEmpty }

  /// A name as it is searched in: UTF-8 without what makes no difference.
  static func key(of title: String) -> [UInt8] {
    let bytes = Array(title.utf8)
    if bytes.allSatisfy({ $0 < 0x80 }) {
      return bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    }
    return Array(
      title.folding(
        options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil
      ).utf8)
  }

  /// Whether a name contains every word.
  func isContained(in key: [UInt8]) -> Bool {
    words.allSatisfy { word in
      key.withUnsafeBytes { key in
        word.withUnsafeBytes { word in Self.contains(key, word) }
      }
    }
  }

  /// `memmem`, which Swift does not see.
  private static func contains(_ key: UnsafeRawBufferPointer, _ word: UnsafeRawBufferPointer)
    -> Bool
  {
    guard let first = word.first, let start = key.baseAddress, let other = word.baseAddress else {
      return word.isEmpty
    }
    var place = 0
    while place + word.count <= key.count {
      let rest = key.count - word.count + 1 - place
      guard let found = memchr(start + place, Int32(first), rest) else { return false }
      place = UnsafeRawPointer(found) - start
      if memcmp(found, other, word.count) == 0 { return true }
      place += 1
    }
    return false
  }

  /// Whether the letters of each word occur in a name in their order, with others between them.
  func isScattered(in key: [UInt8]) -> Bool {
    words.allSatisfy { word in
      var rest = word[...]
      for byte in key where byte == rest.first { rest.removeFirst() }
      return rest.isEmpty
    }
  }
}

/// Compares names as people do: `9` before `10`, letters by their folded bytes.
enum NaturalOrder {
  static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in precedes(left, right) }
    }
  }

  private static func precedes(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      let (endI, endJ) = (endOfNumber(left, i), endOfNumber(right, j))
      if endI > i, endJ > j {
        while i < endI - 1, left[i] == UInt8(ascii: "0") { i += 1 }
        while j < endJ - 1, right[j] == UInt8(ascii: "0") { j += 1 }
        if endI - i != endJ - j { return endI - i < endJ - j }
        while i < endI {
          if left[i] != right[j] { return left[i] < right[j] }
          i += 1
          j += 1
        }
      } else {
        if left[i] != right[j] { return left[i] < right[j] }
        i += 1
        j += 1
      }
    }
    return left.count - i < right.count - j
  }

  private static func endOfNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var end = start
    while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
    return end
  }
}
