/// The rounds of a trial, each with what a ``CycleProbe`` said just before it.
///
/// The median is taken over the rounds that ran while the core was as fast as it ever was in the trial. Which rounds these
/// are is decided by the probes alone, never by the durations, so the choice cannot favour a result.
package struct RoundSamples: Sendable {
  private var times: [UInt64] = []
  private var probes: [UInt64] = []

  /// How much slower than the fastest probe of the trial a round's probe may be.
  private static let tolerance = 1.04

  /// - Parameter capacity: rounds to make room for. Further ones make the arrays grow, so append between timed regions.
  package init(capacity: Int) {
    times.reserveCapacity(capacity)
    probes.reserveCapacity(capacity)
  }

  package var count: Int { times.count }

  /// - Parameters:
  ///   - nanoseconds: what the round took.
  ///   - probe: nanoseconds of the probe before it; 0 for rounds without one, which all count as undisturbed.
  package mutating func append(_ nanoseconds: UInt64, probe: UInt64) {
    times.append(nanoseconds)
    probes.append(probe)
  }

  /// The middle duration of the undisturbed rounds; nil without rounds.
  package func summary() -> Summary? {
    guard let fastest = probes.min() else { return nil }
    let limit = Double(fastest) * Self.tolerance
    let undisturbed = times.indices.filter { Double(probes[$0]) <= limit }
    guard let time = Self.median(undisturbed.map { times[$0] }), let probe = Self.median(undisturbed.map { probes[$0] })
    else { return nil }
    return Summary(medianNs: time, cycleNs: CycleProbe.cycleNs(probe), undisturbed: undisturbed.count)
  }

  package struct Summary: Hashable, Sendable {
    /// The median of the undisturbed rounds, in nanoseconds.
    package var medianNs: Double
    /// Nanoseconds per cycle in those rounds.
    package var cycleNs: Double
    /// How many rounds they were.
    package var undisturbed: Int
  }

  /// The middle value, or the mean of the middle two.
  private static func median(_ values: [UInt64]) -> Double? {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return nil }
    return (Double(sorted[(sorted.count - 1) / 2]) + Double(sorted[sorted.count / 2])) / 2
  }
}
