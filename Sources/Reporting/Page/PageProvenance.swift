import Base
import Documents
import Vocabulary

/// Where the numbers come from, how to get them again, and what they don't say.
struct PageProvenance: Sendable {
  let document: ResultsDocument

  init(_ document: ResultsDocument) { self.document = document }

  /// What is known, in the order of its importance. A fact without a value is left out.
  private var facts: [(name: String, value: String)] {
    let host = document.host
    let nodes = host.nodes.map { node in
      let memory = node.memoryBytes > 0 ? ", \(node.memoryBytes >> 20) MiB" : ""
      return "\(node.id): CPUs \(node.cpus.map(String.init).joined(separator: ","))\(memory)"
    }
    let mitigations = host.mitigations.filter { $0.value != "Not affected" }.sorted { $0.key < $1.key }
    let all: [(String, String?)] = [
      ("command", ShellWords.joined(document.command)),
      ("seed", "\(document.seed)"), ("started", document.started), ("finished", document.finished ?? "interrupted"),
      (
        "took turns", document.turns.map { "as the \($0.side.rawValue) of \($0.id), \($0.trialsPerTurn) trials a turn" }
      ),
      ("stops at a precision of", document.precision.map { "\(Decimals.shortest($0)) %" }),
      ("part of a run", document.shard.map { "\($0.number) of \($0.count)" }),
      ("tool", document.tool.text), ("kernel", "\(host.kernelRelease) \(host.kernelVersion)"),
      ("kernel command line", host.kernelCommandLine), ("kernel-managed rings", host.kernelManagedExtension),
      ("CPU", "\(host.cpuModel), \(host.cpus) CPUs, \(host.machine)"), ("virtualization", host.virtualization),
      ("clock source", host.clockSource), ("NUMA nodes", nodes.joined(separator: "; ")),
      ("mitigations", mitigations.map { "\($0.key): \($0.value)" }.joined(separator: "; ")),
      ("transparent huge pages", host.transparentHugepage),
      ("locked memory", host.memlockBytes.map { "\($0) bytes" } ?? "unlimited"), ("liburing", host.liburingVersion),
      ("SHA-256 of the kernel", document.fingerprint?.kernelImage),
      ("SHA-256 of the initramfs", document.fingerprint?.initramfs), ("QEMU", document.fingerprint?.qemu),
      ("machine", document.fingerprint?.machine),
    ]
    return all.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : (name, $0) } }
  }

  var text: String {
    let host = document.host
    let rows = facts.map { HTMLText.row($0.name, [$0.value]) }.joined()
    let counted =
      host.countsInstructions
      ? "These are instructions that an emulator counted. They say nothing about caches, and time can't be held against them. "
      : ""
    let limits =
      "\(counted)Patterns answer different questions: don't compare a drain with a stream. Over byte streams a multishot "
      + "receive takes many messages at once, where a one-shot request of a drain asks for one. "
      + "Two runs of one machine are compared by 'ringbench compare'; two machines never are."
    let table = "<table class=\"prose\"><tbody>\n\(rows)</tbody></table>"
    return HTMLText.section(
      "provenance", "Where this comes from", HTMLText.scrolling("Provenance", table) + HTMLText.paragraph(limits))
  }
}
