import Glibc

/// How long a system call that does nothing takes on this CPU right now.
///
/// On shared machines, a core loses a quarter of its speed to its neighbours' load for seconds at a time, and a guest's
/// counters do not show it. Kernel entries suffer more from it than user code, and so do the measured operations. Four
/// probes were tried: a chain of dependent additions, a wide mix of independent additions, copies within the first
/// cache, and `getppid(2)`. The last told slow phases from fast phases best.
package enum SyscallProbe {
  /// Calls in one probe, which takes about three microseconds; reading the clock is one per cent of that.
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
