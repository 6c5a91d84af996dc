package import Base

/// A series of kernels that can be fetched by name.
package struct CatalogueEntry: Hashable, Sendable {
  package let name: String
  /// The Debian suite that contains it.
  package let suite: String
  /// How the kernel's version begins.
  let series: String

  /// Matches the versioned packages of the kernels: the image's, and those that newer kernels have for the image's file
  /// and for the modules. The cloud flavour has the same core as the others at a quarter of the size, because it leaves
  /// out drivers for real hardware.
  var packagePattern: String {
    let prefix = series.split(separator: ".").joined(separator: "[.]")
    return "^linux-(image|binary|modules)-\(prefix)[.][0-9][0-9a-z.+~-]*-cloud-amd64$"
  }
}

/// The kernels with a name. A name stands for a series, because mirrors drop a version when there is a newer one.
package enum KernelCatalogue {
  static let ofTrixie = CatalogueEntry(name: "debian-6.12", suite: "trixie", series: "6.12")
  static let ofBackports = CatalogueEntry(name: "debian-7", suite: "trixie-backports", series: "7")
  package static let entries = [
    CatalogueEntry(name: "debian-6.1", suite: "bookworm", series: "6.1"), ofTrixie, ofBackports,
  ]

  /// - Parameter others: follows the list of names in the message about an unknown one.
  package static func entry(_ name: String, or others: String) throws(RingbenchError) -> CatalogueEntry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      let list = entries.map(\.name).joined(separator: ", ")
      throw RingbenchError.badInput("unknown kernel '\(name)': one of \(list)\(others)")
    }
    return entry
  }
}
