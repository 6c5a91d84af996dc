package import Documents
import Vocabulary

/// A probe for people: the host, the features, and the transfers as a matrix.
package struct ProbeText: Sendable {
  private let document: ProbeDocument

  package init(_ document: ProbeDocument) { self.document = document }

  package var text: String {
    let matrix = TransferMatrix(document.transfers)
    return [host, features, managed + faults, matrix.text, matrix.legend].joined(separator: "\n")
  }

  private var host: String {
    let host = document.host
    let machine = "Linux \(host.kernelRelease) on \(host.machine), \(host.cpuModel), \(host.cpus) CPUs"
    let virtual = host.virtualization == "none" ? "" : " (\(host.virtualization))"
    let nodes = host.nodes.map { node in
      let cpus = node.cpus.isEmpty ? "no CPU" : "CPU \(node.cpus.map(String.init).joined(separator: ","))"
      return "node \(node.id): \(cpus), \(node.memoryBytes >> 20) MiB, distances "
        + node.distances.map(String.init).joined(separator: " ")
    }
    return (["\(machine)\(virtual); liburing \(host.liburingVersion)"] + nodes).map { $0 + "\n" }.joined()
  }

  private var features: String {
    let titles = ["asked by", "feature", "since Linux", "here"].map(TerminalTable.Title.word)
    var previous = ""
    let rows = document.features.map { feature in
      defer { previous = feature.kind }
      let here = feature.supported ? "yes" : feature.errno.map { "no: \($0)" } ?? "no"
      return [feature.kind == previous ? "" : feature.kind, feature.name, feature.since ?? "none", here]
    }
    return TerminalTable(titles: titles, rows: rows).text
  }

  private var faults: String {
    guard let faults = document.host.knownFaults else { return "" }
    guard !faults.isEmpty else { return "known faults of receives: none of those looked for\n" }
    let lines = faults.map { "  \($0.name): \($0.summary) (\($0.fix.map { "mended by \($0)" } ?? "not mended yet"))\n" }
    return "known faults of receives here:\n\(lines.joined())"
  }

  private var managed: String {
    let rings = document.kernelManagedRings
    let name = document.host.kernelManagedExtension.map { "extension of this kernel: \($0)\n" } ?? ""
    return "kernel-managed rings: \(rings.state.rawValue)\(rings.reason.map { " (\($0.message))" } ?? "")\n\(name)"
  }
}
