import CLinux

/// How long a cycle of this CPU takes right now.
///
/// On shared machines a core changes its speed by tens of per cent for seconds at a time, with its neighbours' load and
/// with its clock, and no counter of the guest shows it. A chain of dependent additions does: each takes one cycle on every
/// current core, so its time says how much of a core there is, without saying anything about what is being measured.
package enum CycleProbe {
  /// Additions in one probe: two microseconds or so, of which the clock's own cost is one per cent.
  private static let additions: UInt32 = 8000

  /// Nanoseconds that one probe takes now.
  package static func sample() -> UInt64 {
    let start = Clock.now()
    clinux_dependent_additions(additions)
    return Clock.now() &- start
  }

  /// Nanoseconds per cycle, from the nanoseconds of a probe.
  package static func cycleNs(_ sample: Double) -> Double { sample / Double(additions) }

  /// The shortest of several probes in a row, in nanoseconds per cycle: for work without rounds to probe between.
  package static func best(of count: Int = 16) -> Double {
    cycleNs(Double((0..<count).map { _ in sample() }.min() ?? 0))
  }
}
