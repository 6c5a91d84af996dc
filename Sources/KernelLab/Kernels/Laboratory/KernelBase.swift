package import Base

/// The kernel series from which laboratory kernels are made: a source package of Debian.
package struct KernelBase: Hashable, Sendable {
  /// The Debian kernel of the same series.
  private let debian: CatalogueEntry
  /// Whether this system's own apt sources are asked before Debian's suite.
  let isInSystem: Bool

  /// The base of kernels whose name and command don't say another.
  static let usual = KernelBase(debian: KernelCatalogue.ofTrixie, isInSystem: true)
  package static let all = [usual, KernelBase(debian: KernelCatalogue.ofBackports, isInSystem: false)]

  private init(debian: CatalogueEntry, isInSystem: Bool) {
    self.debian = debian
    self.isInSystem = isInSystem
  }

  /// Takes the value of `--source`.
  package init(argument: String) throws(RingbenchError) {
    guard let base = Self.all.first(where: { $0.name == argument }) else {
      let names = Self.all.map(\.name).joined(separator: " or ")
      throw RingbenchError.badInput("unknown source '\(argument)': \(names) is needed")
    }
    self = base
  }

  /// How its versions begin: the value of `--source`, and the name of its folder in `Kernel/series`.
  package var name: String { debian.series }

  /// The end of the names of its kernels.
  var suffix: String { self == .usual ? "" : "-" + name }

  /// The Debian suite that has the package.
  var suite: String { debian.suite }

  /// Matches its packages: `linux-source-6.12`; for a series of several kernels, each of them.
  var packagePattern: String {
    let prefix = name.split(separator: ".").joined(separator: "[.]")
    return "^linux-source-\(prefix)([.][0-9]+)?$"
  }
}
