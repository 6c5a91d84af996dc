import HostFacts

/// Time in a virtual machine where one nanosecond of every clock is one instruction.
package enum InstructionTime {
  /// Whether this is such a machine.
  package static let isCounted = HostInformation.countsInstructions(commandLine: SmallFile.read("/proc/cmdline") ?? "")
}
