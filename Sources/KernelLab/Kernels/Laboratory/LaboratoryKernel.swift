package import Base

/// A kernel of our own making, from the recipe in `Kernel/`.
package enum LaboratoryKernel: String, CaseIterable, Sendable {
  /// What is measured.
  case lab
  /// The same with the checks of a kernel developer built in: what is tested.
  case debug = "lab-debug"

  /// The word of the command line.
  package init(argument: String) throws(RingbenchError) {
    guard let kernel = Self(rawValue: argument) else {
      let names = Self.allCases.map(\.rawValue).joined(separator: " or ")
      throw RingbenchError.badInput("unknown laboratory kernel '\(argument)': \(names) is needed")
    }
    self = kernel
  }

  /// Files of `Kernel/config`, each over the one before.
  var fragments: [String] {
    switch self {
    case .lab: ["lab.config"]
    case .debug: ["lab.config", "debug.config"]
    }
  }

  /// Files that a build compiles, roughly: what the progress line counts to.
  var expectedSteps: Int {
    switch self {
    case .lab: 1850
    case .debug: 1900
    }
  }
}
