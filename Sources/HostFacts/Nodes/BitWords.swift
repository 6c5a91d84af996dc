/// A set of small non-negative integers in the layout that `cpu_set_t` and the kernel's `nodemask` share.
struct BitWords {
  var words: [UInt]

  /// All clear, with room for at least `bitCount` members.
  init(bitCount: Int) {
    words = Array(repeating: 0, count: max(1, (bitCount + UInt.bitWidth - 1) / UInt.bitWidth))
  }

  init(only member: Int) {
    self.init(bitCount: member + 1)
    words[member / UInt.bitWidth] = 1 << UInt(member % UInt.bitWidth)
  }

  var bitCount: Int { words.count * UInt.bitWidth }
  var byteCount: Int { words.count * MemoryLayout<UInt>.size }

  /// In ascending order.
  var members: [Int] {
    (0..<bitCount).filter { words[$0 / UInt.bitWidth] >> UInt($0 % UInt.bitWidth) & 1 == 1 }
  }
}
