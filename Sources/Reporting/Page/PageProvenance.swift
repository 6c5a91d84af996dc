import Documents
import Vocabulary

/// Where the numbers come from, how to get them again, and what they don't say.
struct PageProvenance: Sendable {
  let document: ResultsDocument

  init(_ document: ResultsDocument) { self.document = document }

  var text: String {
    let host = document.host
    let facts: [(String, String)] = [
      ("command", document.command.map(Self.quoted).joined(separator: " ")),
      ("seed", "\(document.seed)"), ("started", document.started), ("finished", document.finished ?? "interrupted"),
      ("tool", document.tool.text), ("kernel", "\(host.kernelRelease) \(host.kernelVersion)"),
      ("kernel command line", host.kernelCommandLine), ("CPU", "\(host.cpuModel), \(host.cpus) CPUs, \(host.machine)"),
      ("virtualization", host.virtualization), ("clock source", host.clockSource),
      ("liburing", host.liburingVersion), ("NUMA nodes", "\(host.nodes.count)"),
    ]
    let rows = facts.map { HTMLText.row($0.0, [$0.1]) }.joined()
    let counted =
      host.countsInstructions
      ? "These are instructions that an emulator counted. They say nothing about caches, and time can't be held against them. "
      : ""
    let limits =
      "\(counted)Patterns answer different questions: don't compare a drain with a stream. Over byte streams a multishot "
      + "receive takes many messages at once, where a one-shot request of a drain asks for one. "
      + "Two runs of one machine are compared by 'ringbench compare'; two machines never are."
    return """
      <section id="provenance">
      <h2>Where this comes from</h2>
      \(HTMLText.scrolling("Provenance", "<table class=\"prose\"><tbody>\n\(rows)</tbody></table>"))\
      <p>\(HTMLText.escaped(limits))</p>
      </section>

      """
  }

  /// An argument as a shell takes it.
  private static func quoted(_ argument: String) -> String {
    let plain = argument.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./,=:@+%".contains($0)) }
    return plain && !argument.isEmpty ? argument : "'\(argument.replacing("'", with: "'\\''"))'"
  }
}
