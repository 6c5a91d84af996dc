import Vocabulary

/// The rounds of a trial, each with the ``SyscallProbe`` taken just before it.
///
/// The median covers only the rounds before which the core was undisturbed. The probes alone decide which rounds these
/// are, never the durations, so the choice cannot favour a result.
package struct RoundSamples: Sendable {
  private var times: [UInt64] = []
  private var probes: [UInt64] = []
  /// The longest probe of an undisturbed core, in nanoseconds; nil when it is not known beforehand.
  private let undisturbedProbe: UInt64?
  /// Rounds whose probe was not longer than that.
  private(set) package var undisturbed = 0

  /// The fewest rounds to take a median of.
  private static let fewest = 8

  /// - Parameters:
  ///   - capacity: rounds to make room for. Further rounds make the arrays grow, so append between timed regions.
  ///   - undisturbedSyscallNs: the longest syscall probe of an undisturbed core, per call, if other trials showed it.
  package init(capacity: Int, undisturbedSyscallNs: Double? = nil) {
    times.reserveCapacity(capacity)
    probes.reserveCapacity(capacity)
    undisturbedProbe = undisturbedSyscallNs.map(SyscallProbe.sample(of:))
  }

  package var count: Int { times.count }

  /// - Parameters:
  ///   - nanoseconds: the duration of the round.
  ///   - probe: nanoseconds of the probe before the round; 0 for a round without a probe, which counts as undisturbed.
  package mutating func append(_ nanoseconds: UInt64, probe: UInt64) {
    times.append(nanoseconds)
    probes.append(probe)
    if let undisturbedProbe, probe <= undisturbedProbe { undisturbed += 1 }
  }

  /// The middle duration of the undisturbed rounds; nil without rounds.
  package func summary() -> Summary? {
    guard let limit else { return nil }
    let counted = times.indices.filter { Double(probes[$0]) <= limit }
    guard let time = Self.median(counted.map { times[$0] }), let probe = Self.median(counted.map { probes[$0] })
    else { return nil }
    return Summary(medianNs: time, syscallNs: SyscallProbe.syscallNs(probe), undisturbed: counted.count)
  }

  /// The longest probe of a round that counts. A trial with too few undisturbed rounds uses the rounds with its own
  /// shortest probes; its `syscallNs` then shows that it was disturbed.
  private var limit: Double? {
    if let undisturbedProbe, undisturbed >= Self.fewest { return Double(undisturbedProbe) }
    return probes.min().map { Double($0) * CoreSpeed.tolerance }
  }

  package struct Summary: Hashable, Sendable {
    /// The median of the undisturbed rounds, in nanoseconds.
    package var medianNs: Double
    /// The median syscall probe before those rounds, in nanoseconds per call.
    package var syscallNs: Double
    /// How many rounds the median covers.
    package var undisturbed: Int
  }

  /// The middle value, or the mean of the middle two.
  private static func median(_ values: [UInt64]) -> Double? {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return nil }
    return (Double(sorted[(sorted.count - 1) / 2]) + Double(sorted[sorted.count / 2])) / 2
  }
}
