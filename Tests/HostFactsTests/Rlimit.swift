import Glibc

/// What the process may lock (`getrlimit(2)`).
enum Rlimit {
  /// The soft `RLIMIT_MEMLOCK` in bytes.
  static var memlock: UInt {
    var limit = rlimit()
    getrlimit(Int32(__RLIMIT_MEMLOCK.rawValue), &limit)
    return UInt(limit.rlim_cur)
  }

  static func allowsLocking(_ byteCount: UInt) -> Bool {
    memlock >= byteCount
  }
}
