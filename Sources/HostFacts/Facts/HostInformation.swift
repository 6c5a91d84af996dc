package import Documents
import Glibc

/// The facts about the machine and its kernel that need no special rights.
package enum HostInformation {
  /// Reads all facts. A fact that `/proc` or `/sys` does not offer is empty, or `unknown` where a word is expected.
  ///
  /// - Parameters:
  ///   - nodes: The nodes, read before the thread was pinned.
  ///   - kernelManagedExtension: Names the kernel's own extension to kernel-managed rings; nil for an ordinary kernel.
  ///   - knownFaults: The known faults of receives that the kernel has.
  package static func collect(
    nodes: [HostNode], liburingVersion: String, kernelManagedExtension: String?, knownFaults: [KernelFault]
  ) -> Host {
    let kernel = KernelName.current()
    let commandLine = SmallFile.trimmed("/proc/cmdline") ?? ""
    return Host(
      kernelRelease: kernel.release, kernelVersion: kernel.version, kernelCommandLine: commandLine,
      machine: kernel.machine, cpuModel: CPUModel.name(cpuinfo: SmallFile.read("/proc/cpuinfo") ?? ""),
      cpus: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), virtualization: Virtualization.current(),
      deterministic: isDeterministic(commandLine: commandLine),
      clockUnit: countsInstructions(commandLine: commandLine) ? .instructions : .nanoseconds,
      clockSource: clockSource(), mitigations: mitigations(),
      transparentHugepage: chosenWord(SmallFile.read("/sys/kernel/mm/transparent_hugepage/enabled") ?? "") ?? "unknown",
      memlockBytes: memlockBytes(), liburingVersion: liburingVersion,
      kernelManagedExtension: kernelManagedExtension, knownFaults: knownFaults, nodes: nodes)
  }

  /// Whether the same run gives the same digits in this virtual machine. Nothing inside the machine shows it, so the
  /// command that starts such a machine says it on the kernel's command line.
  package static func isDeterministic(commandLine: String) -> Bool {
    commandLine.fields.contains("ringbench.deterministic=1")
  }

  /// Whether one nanosecond is one instruction. A machine that is not deterministic says so with a word of its own.
  package static func countsInstructions(commandLine: String) -> Bool {
    isDeterministic(commandLine: commandLine) || commandLine.fields.contains("ringbench.clock=instructions")
  }

  private static func clockSource() -> String {
    SmallFile.trimmed("/sys/devices/system/clocksource/clocksource0/current_clocksource") ?? "unknown"
  }

  /// The kernel's sentence about each CPU vulnerability it knows.
  private static func mitigations() -> [String: String] {
    let folder = "/sys/devices/system/cpu/vulnerabilities"
    return SmallFile.names(in: folder).reduce(into: [:]) { $0[$1] = SmallFile.trimmed("\(folder)/\($1)") }
  }

  /// The word in brackets, as in `always [madvise] never`.
  static func chosenWord(_ choices: String) -> String? {
    choices.fields.first { $0.hasPrefix("[") && $0.hasSuffix("]") }.map { String($0.dropFirst().dropLast()) }
  }

  /// The soft `RLIMIT_MEMLOCK` (`getrlimit(2)`); nil when it is infinite.
  private static func memlockBytes() -> Int? {
    var limit = rlimit()
    guard getrlimit(Int32(__RLIMIT_MEMLOCK.rawValue), &limit) == 0 else { return nil }
    return Int(exactly: limit.rlim_cur)
  }
}
