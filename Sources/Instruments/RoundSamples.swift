/// The rounds of a trial, each with what a ``SystemCallProbe`` said just before it.
///
/// The median is taken over the rounds before which the core was undisturbed. Which rounds these are is decided by the
/// probes alone, never by the durations, so the choice cannot favour a result.
package struct RoundSamples: Sendable {
  private var times: [UInt64] = []
  private var probes: [UInt64] = []
  /// The longest probe of an undisturbed core, in nanoseconds; nil when it is not known beforehand.
  private let quietProbe: UInt64?
  /// Rounds whose probe was not longer than that.
  private(set) package var quiet = 0

  /// How much slower than the fastest probe of the trial a round's probe may be, where nothing better is known.
  private static let tolerance = 1.07
  /// The fewest rounds to take a median of.
  private static let fewest = 8

  /// - Parameters:
  ///   - capacity: rounds to make room for. Further ones make the arrays grow, so append between timed regions.
  ///   - undisturbedSyscallNs: the longest empty system call of an undisturbed core, where it is known from other trials.
  package init(capacity: Int, undisturbedSyscallNs: Double? = nil) {
    times.reserveCapacity(capacity)
    probes.reserveCapacity(capacity)
    quietProbe = undisturbedSyscallNs.map(SystemCallProbe.sample(ofCallNs:))
  }

  package var count: Int { times.count }

  /// - Parameters:
  ///   - nanoseconds: what the round took.
  ///   - probe: nanoseconds of the probe before it; 0 for rounds without one, which all count as undisturbed.
  package mutating func append(_ nanoseconds: UInt64, probe: UInt64) {
    times.append(nanoseconds)
    probes.append(probe)
    if let quietProbe, probe <= quietProbe { quiet += 1 }
  }

  /// The middle duration of the undisturbed rounds; nil without rounds.
  package func summary() -> Summary? {
    guard let limit else { return nil }
    let undisturbed = times.indices.filter { Double(probes[$0]) <= limit }
    guard let time = Self.median(undisturbed.map { times[$0] }), let probe = Self.median(undisturbed.map { probes[$0] })
    else { return nil }
    return Summary(medianNs: time, systemCallNs: SystemCallProbe.callNs(probe), undisturbed: undisturbed.count)
  }

  /// The longest probe of a round that counts. A trial without enough quiet rounds falls back on its own fastest ones; its
  /// `systemCallNs` then tells that it was disturbed.
  private var limit: Double? {
    if let quietProbe, quiet >= Self.fewest { return Double(quietProbe) }
    return probes.min().map { Double($0) * Self.tolerance }
  }

  package struct Summary: Hashable, Sendable {
    /// The median of the undisturbed rounds, in nanoseconds.
    package var medianNs: Double
    /// Nanoseconds per empty system call before those rounds.
    package var systemCallNs: Double
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
