import Base
import Glibc
import Vocabulary

/// The limit of open descriptors (`RLIMIT_NOFILE`), which is often 1024 until a process asks for more.
enum DescriptorLimit {
  /// What a trial has open besides its connections.
  private static let others: rlim_t = 64

  /// Raises the limit so that `count` descriptors fit; beyond the hard limit where this process may.
  ///
  /// - Returns: false where it can't be raised so far. It is as high as it can be then.
  static func raise(toHold count: Int) -> Bool {
    var limit = current
    let needed = rlim_t(count) + others
    guard limit.rlim_cur < needed else { return true }
    let hard = limit.rlim_max
    limit.rlim_cur = needed
    limit.rlim_max = max(hard, needed)
    if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 { return true }
    (limit.rlim_cur, limit.rlim_max) = (hard, hard)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return false
  }

  /// - Throws: where `count` descriptors do not fit beside others that are open.
  static func require(_ count: Int, beside open: Int) throws(Reason) {
    let needed = rlim_t(count + open) + others
    guard current.rlim_cur < needed else { return }
    throw Reason(
      .setup, SystemError(call: "RLIMIT_NOFILE", errno: EMFILE),
      "\(needed) descriptors are needed, and the hard limit is \(current.rlim_max): raise it (ulimit -Hn)")
  }

  private static var current: rlimit {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return limit
  }
}
