package import Documents

/// The CPUs that a trial runs on.
package struct CPUPair: Hashable, Sendable {
  package let worker: Int
  /// Where a sender or peer runs; nil when the node has no second CPU, and they share the worker's.
  package let peer: Int?
  /// Where rings are registered: on the node of the memory, where that has a CPU; otherwise the worker's.
  package let registrar: Int

  /// The two highest-numbered allowed CPUs of a node: the lowest ones tend to serve the machine's interrupts.
  ///
  /// - Parameter memory: the node that rings and buffers are to lie on; nil for the same.
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
