import Results

/// What a machine that is shared with others does to trials, as far as it can be seen.
///
/// Nothing here looks at how long the operations took: a trial is judged by its circumstances only.
struct Disturbance: Sendable {
  /// The share of the worker's CPU time that the hypervisor may take.
  private static let stealLimit = 0.05
  /// How much longer an empty system call may take than it ever took on the core in the run.
  private static let callTolerance = 1.09

  /// For each CPU, the shortest empty system call of any trial so far, in nanoseconds.
  private var fastest: [Int: Double] = [:]

  /// Learns from a trial how fast its core can be.
  mutating func learn(from measurements: Measurements) {
    guard measurements.systemCallNs > 0 else { return }
    fastest[measurements.cpu] = min(fastest[measurements.cpu] ?? .infinity, measurements.systemCallNs)
  }

  /// The longest empty system call of an undisturbed core, in nanoseconds; nil before any trial.
  ///
  /// Where CPUs differ it is that of the slowest, so that no trial is kept waiting for what its CPU cannot do.
  var quietCallNs: Double? { fastest.values.max().map { $0 * Self.callTolerance } }

  /// What disturbed a trial, in words; nil when nothing was seen.
  func words(for measurements: Measurements) -> String? {
    if measurements.stealFraction > Self.stealLimit {
      return "\(Decimals.text(measurements.stealFraction * 100, 1)) % of the CPU time was stolen"
    }
    guard let best = fastest[measurements.cpu], measurements.systemCallNs > best * Self.callTolerance else {
      return nil
    }
    return "the core ran at \(Decimals.text(best / measurements.systemCallNs * 100, 0)) % of its speed"
  }
}
