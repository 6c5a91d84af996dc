package import Documents

/// The CPUs that a trial runs on.
package struct CPUPair: Hashable, Sendable {
  package let worker: Int
  /// Where a sender or peer runs; nil when the node has no second CPU, so that it shares the worker's.
  package let peer: Int?
  /// The CPU that registers rings: one on the memory's node if that node has a CPU, otherwise the worker's.
  package let registrar: Int

  /// Takes the two highest-numbered allowed CPUs of a node, because the lowest tend to serve the machine's interrupts.
  ///
  /// - Parameter memory: the node that rings and buffers are to lie on; nil for the same node.
  /// - Returns: nil when the process may use no CPU of the node.
  package init?(on node: HostNode, memory: HostNode? = nil) {
    let descending = node.cpus.sorted(by: >)
    guard let worker = descending.first else { return nil }
    self.worker = worker
    peer = descending.dropFirst().first
    let isRemote = memory != nil && memory?.id != node.id
    registrar = isRemote ? memory?.cpus.max() ?? worker : worker
  }
}
