package import Results

/// The CPUs that a trial runs on.
package struct CPUPair: Hashable, Sendable {
  /// A node that this process may not compute on.
  package struct NoAllowedCPU: Error, Hashable, Sendable, CustomStringConvertible {
    package let node: Int

    package var description: String { "node \(node) has no CPU that this process may use" }
  }

  package let worker: Int
  /// Where a sender or peer runs; nil when the node has no second CPU, and they share the worker's.
  package let peer: Int?

  /// The two highest-numbered allowed CPUs of a node: the lowest ones tend to serve the machine's interrupts.
  package init(on node: HostNode) throws(NoAllowedCPU) {
    let descending = node.cpus.sorted(by: >)
    guard let worker = descending.first else { throw NoAllowedCPU(node: node.id) }
    self.worker = worker
    peer = descending.dropFirst().first
  }
}
