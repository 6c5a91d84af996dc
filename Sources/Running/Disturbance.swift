import Base
import Documents

/// What a machine that is shared with others does to trials, as far as it can be seen.
///
/// Nothing here looks at how long the operations took: a trial is judged by its circumstances only.
struct Disturbance: Sendable {
  /// The share of the worker's CPU time that the hypervisor may take.
  private static let stealLimit = 0.05
  /// How much longer an empty system call, or a step of arithmetic, may take than it ever took on the core in the run.
  ///
  /// Where a neighbour shares the core, operations were seen to take 30 to 40 % longer while a system call takes 5 to
  /// 7 % longer; undisturbed, it varies by a few tenths of a per cent.
  private static let tolerance = 1.04

  /// For each CPU, the shortest empty system call of any trial so far, in nanoseconds.
  private var fastestCall: [Int: Double] = [:]
  /// For each CPU, the shortest step of arithmetic of any trial so far, in nanoseconds.
  private var fastestStep: [Int: Double] = [:]

  /// Learns from a trial how fast its core can be.
  mutating func learn(from measurements: Measurements) {
    let cpu = measurements.cpu
    if measurements.systemCallNs > 0 {
      fastestCall[cpu] = min(fastestCall[cpu] ?? .infinity, measurements.systemCallNs)
    }
    if let step = measurements.computeNs, step > 0 { fastestStep[cpu] = min(fastestStep[cpu] ?? .infinity, step) }
  }

  /// The longest empty system call of an undisturbed core, in nanoseconds; nil before any trial.
  ///
  /// Where CPUs differ it is that of the slowest, so that no trial is kept waiting for what its CPU cannot do.
  var undisturbedSyscallNs: Double? { fastestCall.values.max().map { $0 * Self.tolerance } }

  /// What disturbed a trial, in words; nil when nothing was seen.
  func words(for measurements: Measurements) -> String? {
    if measurements.stealFraction > Self.stealLimit {
      return "\(Decimals.text(measurements.stealFraction * 100, 1)) % of the CPU time was stolen"
    }
    if let planned = measurements.plannedCpu, planned != measurements.cpu {
      return "the worker was moved from CPU \(planned) to CPU \(measurements.cpu)"
    }
    if let events = measurements.throttleEvents, events > 0 { return "the core was slowed by its heat" }
    if let speed = Self.speed(measurements.computeNs, fastestStep[measurements.cpu]) {
      return "the core's clock ran at \(speed) of its speed"
    }
    return Self.speed(measurements.systemCallNs, fastestCall[measurements.cpu]).map {
      "the core ran at \($0) of its speed"
    }
  }

  /// The speed in percent, where it is below what is tolerated.
  private static func speed(_ now: Double?, _ best: Double?) -> String? {
    guard let now, let best, now > best * tolerance else { return nil }
    return "\(Decimals.text(best / now * 100, 0)) %"
  }
}
