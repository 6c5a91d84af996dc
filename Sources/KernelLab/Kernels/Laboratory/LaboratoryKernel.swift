package import Base

/// A kernel that ringbench builds from the recipe in `Kernel/`.
package enum LaboratoryKernel: String, CaseIterable, Sendable {
  /// The kernel for measurements.
  case lab
  /// The same kernel with the debugging checks of kernel developers, for tests.
  case debug = "lab-debug"

  /// Takes the name from the command line.
  package init(argument: String) throws(RingbenchError) {
    guard let kernel = Self(rawValue: argument) else {
      let names = Self.allCases.map(\.rawValue).joined(separator: " or ")
      throw RingbenchError.badInput("unknown laboratory kernel '\(argument)': \(names) is needed")
    }
    self = kernel
  }

  /// Files of `Kernel/config`. Each one overrides those before it.
  var fragments: [String] {
    switch self {
    case .lab: ["lab.config"]
    case .debug: ["lab.config", "debug.config"]
    }
  }

  /// The approximate number of files that a build compiles, for the progress line.
  var expectedSteps: Int {
    switch self {
    case .lab: 1850
    case .debug: 1900
    }
  }
}
