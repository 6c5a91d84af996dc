package import Vocabulary

/// What a workload executable was asked to do.
package struct TrialRequest: Sendable {
  package var cell: Cell
  package var length: TrialLength
  /// Where files are created; nil for the system's temporary folder.
  package var directory: String?
  /// When the driver started the process, in nanoseconds of `CLOCK_MONOTONIC`.
  package var startedAt: UInt64?
  /// The longest syscall probe of an undisturbed core, in nanoseconds per call, where the driver knows it.
  package var undisturbedSyscallNs: Double?
  /// The state of the kernel's allocators to begin in; nil leaves them as they are.
  package var allocatorState: UInt64?

  package init(cell: Cell, length: TrialLength, directory: String? = nil, startedAt: UInt64? = nil) {
    self.cell = cell
    self.length = length
    self.directory = directory
    self.startedAt = startedAt
  }
}
