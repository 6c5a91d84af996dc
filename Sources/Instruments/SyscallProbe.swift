import Glibc

/// How long a system call that does nothing takes on this CPU right now.
///
/// On shared machines a core loses a quarter of its speed for seconds at a time to its neighbours' load, and no counter of
/// a guest shows it. Entering the kernel suffers from it more than user code does, as the operations do that are measured:
/// of a chain of dependent additions, a wide mix of independent ones, copies within the first cache and `getppid(2)`, the
/// last told slow phases from fast ones best.
package enum SyscallProbe {
  /// Calls in one probe: three microseconds or so, of which the clock's own cost is one per cent.
  private static let calls = 20

  /// Nanoseconds that one probe takes now.
  package static func sample() -> UInt64 {
    let start = Clock.now()
    for _ in 0..<calls { _ = getppid() }
    return Clock.now() &- start
  }

  /// Nanoseconds per call, from the nanoseconds of a probe.
  package static func syscallNs(_ sample: Double) -> Double { sample / Double(calls) }

  /// Nanoseconds of a probe whose calls take `syscallNs` each.
  static func sample(of syscallNs: Double) -> UInt64 { UInt64(syscallNs * Double(calls)) }

  /// The median of several probes in a row, in nanoseconds per call: for work without rounds to probe between.
  package static func typical(of count: Int = 15) -> Double {
    syscallNs(Double((0..<count).map { _ in sample() }.sorted()[count / 2]))
  }
}
