package import Base

/// A kernel that ringbench builds from the recipe in `Kernel/`: one of the variants, made from one of the bases.
package struct LaboratoryKernel: Hashable, CaseIterable, Sendable {
  package let variant: LaboratoryVariant
  package let base: KernelBase

  package static var allCases: [Self] {
    KernelBase.all.flatMap { base in LaboratoryVariant.allCases.map { Self(variant: $0, base: base) } }
  }

  /// What the command line takes, for messages.
  package static var names: String {
    let variants = LaboratoryVariant.allCases.map(\.rawValue).joined(separator: ", ")
    let suffixes = KernelBase.all.map(\.suffix).filter { !$0.isEmpty }.joined(separator: " or ")
    return "\(variants), each also with \(suffixes)"
  }

  /// Its name on the command line and in the cache, such as `lab-debug` and `lab-debug-7`.
  package var name: String { variant.rawValue + base.suffix }

  /// What it is, for lists.
  var summary: String { base == .usual ? variant.summary : "\(variant.summary), from Linux \(base.name)" }

  private init(variant: LaboratoryVariant, base: KernelBase) {
    self.variant = variant
    self.base = base
  }

  /// - Returns: nil when no laboratory kernel has this name.
  init?(name: String) {
    guard let kernel = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = kernel
  }

  /// Takes the name from the command line.
  package init(argument: String) throws(RingbenchError) {
    guard let kernel = Self(name: argument) else {
      throw RingbenchError.badInput("unknown laboratory kernel '\(argument)': one of \(Self.names) is needed")
    }
    self = kernel
  }

  /// The same variant made from another base.
  ///
  /// - Throws: `badInput` when the name has another base already.
  package func made(from base: KernelBase) throws(RingbenchError) -> Self {
    guard self.base == base || self.base == .usual else {
      throw RingbenchError.badInput(
        "\(name) with --source \(base.name): \(name) is made from \(self.base.name): leave --source out, or name "
          + variant.rawValue)
    }
    return Self(variant: variant, base: base)
  }
}
