import Glibc

/// How long a fixed chain of arithmetic takes on this CPU right now. This depends on its clock, not on the kernel.
///
/// A ``SyscallProbe`` cannot tell a slower machine from a slower kernel; this probe can.
package enum ComputeProbe {
  /// Steps of one probe, which takes about a microsecond.
  private static let steps = 800

  /// Nanoseconds that one probe takes now.
  package static func sample() -> UInt64 {
    let start = Clock.now()
    // Each step needs the one before. The result is never 0, but the optimiser does not know that.
    var state = start | 1
    for _ in 0..<steps { state = (state &* 6_364_136_223_846_793_005) ^ (state >> 17) }
    let end = Clock.now()
    return state == 0 ? 0 : end &- start
  }

  /// The median of several probes in a row, in nanoseconds per step.
  package static func typical(of count: Int = 15) -> Double {
    var samples = ComputeSamples(capacity: count)
    for _ in 0..<count { samples.append(sample()) }
    return samples.stepNs ?? 0
  }

  /// Nanoseconds per step, from the nanoseconds of a probe.
  fileprivate static func stepNs(_ sample: UInt64) -> Double { Double(sample) / Double(steps) }
}

/// The results of a ``ComputeProbe`` before each round of a trial.
package struct ComputeSamples: Sendable {
  private var samples: [UInt64] = []

  /// - Parameter capacity: probes to make room for. Further probes make the array grow: append between timed regions.
  package init(capacity: Int) { samples.reserveCapacity(capacity) }

  package mutating func append(_ sample: UInt64) { samples.append(sample) }

  /// The median, in nanoseconds per step; nil without samples.
  package var stepNs: Double? {
    samples.isEmpty ? nil : ComputeProbe.stepNs(samples.sorted()[samples.count / 2])
  }
}
