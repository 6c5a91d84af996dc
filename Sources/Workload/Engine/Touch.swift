/// What a program does that reads what it receives.
enum Touch {
  /// Reads every byte.
  ///
  /// It stays out of the loops that call it: they get too large to be inlined where they are specialised.
  ///
  /// - Returns: a sum that depends on all of them.
  @inline(never)
  static func sum(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    var sum: UInt64 = 0
    var offset = 0
    while offset &+ 8 <= count {
      sum &+= bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      offset &+= 8
    }
    while offset < count {
      sum &+= UInt64(bytes.load(fromByteOffset: offset, as: UInt8.self))
      offset &+= 1
    }
    return sum
  }
}
