import HostFacts

/// Time in a deterministic virtual machine, where one nanosecond of every clock is one instruction.
package enum InstructionTime {
  /// Whether this is such a machine.
  package static let isExact = HostInformation.isDeterministic(commandLine: SmallFile.read("/proc/cmdline") ?? "")
}
