/// A reason to read a comparison with care.
package struct ComparisonWarning: Codable, Hashable, Sendable {
  package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    case host, kernel, mitigations, liburing, tool, deterministic, options, cells, lost, disturbed, interrupted
    case kernelManagedExtension = "kernel_managed_extension"
    case machineSpeed = "machine_speed"
    case tooFewTrials = "too_few_trials"
    /// Trials of a deterministic run that are not equal.
    case notConstant = "not_constant"
    /// Deterministic results that should be equal and are not: a defect of ringbench or of QEMU.
    case notRepeatable = "not_repeatable"
  }

  package var kind: Kind
  /// One sentence.
  package var message: String

  package init(kind: Kind, message: String) {
    self.kind = kind
    self.message = message
  }
}
