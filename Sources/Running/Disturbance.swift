import Base
import Documents
import Vocabulary

/// Finds the trials that a shared machine disturbed, as far as that can be seen.
///
/// A trial is judged by its circumstances only, never by how long its operations took.
struct Disturbance: Sendable {
  /// The share of the worker's CPU time that the hypervisor may take.
  private static let stealLimit = 0.05
  /// The share of the elapsed time that sender and receiver together may wait for a CPU. On a quiet machine they waited
  /// for up to 5 % of it, and with a spinning process on each of their CPUs for more than 60 %.
  private static let waitLimit = 0.15
  /// For each CPU, the shortest syscall probe of any trial so far, in nanoseconds.
  private var fastestSyscall: [Int: Double] = [:]
  /// For each CPU, the shortest step of arithmetic of any trial so far, in nanoseconds.
  private var fastestStep: [Int: Double] = [:]
  /// Whether the latest trials were disturbed, the newest last; at most `recentTrials`.
  private var recent: [Bool] = []
  private static let recentTrials = 64
  /// When more of the latest trials than this were disturbed, waiting for a faster core is in vain.
  private static let hopelessFraction = 0.75

  /// Learns from a trial how fast its core can be.
  mutating func learn(from measurements: Measurements) {
    guard let cpu = measurements.whole(.cpu) else { return }
    if let call = measurements[.syscallNs], call > 0 {
      fastestSyscall[cpu] = min(fastestSyscall[cpu] ?? .infinity, call)
    }
    if let step = measurements[.computeNs], step > 0 { fastestStep[cpu] = min(fastestStep[cpu] ?? .infinity, step) }
  }

  /// The longest syscall probe of an undisturbed core, in nanoseconds; nil before any trial.
  ///
  /// Where CPUs differ this is the value of the slowest, so that no trial waits for a speed that its CPU cannot reach.
  /// It is nil too while nearly all trials are disturbed: each would go on four times as long and still end disturbed.
  var undisturbedSyscallNs: Double? {
    guard !isHopeless else { return nil }
    return fastestSyscall.values.max().map { $0 * CoreSpeed.tolerance }
  }

  private var isHopeless: Bool {
    recent.count == Self.recentTrials
      && Double(recent.count { $0 }) > Self.hopelessFraction * Double(Self.recentTrials)
  }

  /// Takes note of a trial that is over.
  mutating func note(disturbed: Bool) {
    if recent.count == Self.recentTrials { recent.removeFirst() }
    recent.append(disturbed)
  }

  /// What disturbed a trial, in words; nil when nothing was seen.
  func words(for measurements: Measurements) -> String? {
    if let steal = measurements[.stealFraction], steal > Self.stealLimit {
      return "\(Decimals.text(steal * 100, 1)) % of the CPU time was stolen"
    }
    let cpu = measurements.whole(.cpu) ?? 0
    if let planned = measurements.whole(.plannedCPU), planned != cpu {
      return "the worker was moved from CPU \(planned) to CPU \(cpu)"
    }
    if let wait = measurements[.cpuWaitNs], let elapsed = measurements[.elapsedNs], let peer = measurements[.peerCPU],
      peer != Double(cpu), wait > elapsed * Self.waitLimit
    {
      return "sender and receiver waited for a CPU for \(Decimals.text(wait / elapsed * 100, 0)) % of the time"
    }
    if let events = measurements[.throttleEvents], events > 0 { return "the core was slowed by its heat" }
    if let speed = Self.speed(measurements[.computeNs], fastestStep[cpu]) {
      return "the core's clock ran at \(speed) of its speed"
    }
    return Self.speed(measurements[.syscallNs], fastestSyscall[cpu]).map {
      "the core ran at \($0) of its speed"
    }
  }

  /// The speed in percent; nil where it is unknown or tolerable.
  private static func speed(_ now: Double?, _ best: Double?) -> String? {
    guard let now, let best, now > best * CoreSpeed.tolerance else { return nil }
    return "\(Decimals.text(best / now * 100, 0)) %"
  }
}
