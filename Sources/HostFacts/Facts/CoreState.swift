import CLinux

/// The state of a CPU at the start of a trial, to compare with its state afterwards.
package struct CoreState: Sendable {
  private let cpu: Int
  private let steal: StealTime
  private let throttleCount: Int?

  package init(cpu: Int) {
    self.cpu = cpu
    steal = StealTime.now(cpu: cpu)
    throttleCount = Self.throttleCount(cpu)
  }

  package func changeUntilNow() -> Change {
    let count = Self.throttleCount(cpu)
    return Change(
      stealFraction: StealTime.now(cpu: cpu).fraction(since: steal), cpu: Int(clinux_current_cpu()),
      throttleEvents: throttleCount.flatMap { before in count.map { max(0, $0 - before) } })
  }

  /// What happened to a CPU during a trial.
  package struct Change: Hashable, Sendable {
    /// The part of the CPU's time that the hypervisor took, 0...1.
    package var stealFraction: Double
    /// The CPU that the calling thread runs on now.
    package var cpu: Int
    /// How often heat slowed the CPU; nil where the kernel doesn't show it, as in most virtual machines.
    package var throttleEvents: Int?
  }

  /// Counts since boot (Linux, `arch/x86/kernel/cpu/mce/therm_throt.c`).
  private static func throttleCount(_ cpu: Int) -> Int? {
    SmallFile.trimmed("/sys/devices/system/cpu/cpu\(cpu)/thermal_throttle/core_throttle_count").flatMap { Int($0) }
  }
}
