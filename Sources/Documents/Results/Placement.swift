/// Pages per NUMA node, keyed by the node's number in decimal, as the kernel reports them and not as requested.
package typealias PagesPerNode = [String: Int]

/// Where the memory of a trial really lies.
package struct Placement: Codable, Hashable, Sendable {
  /// The buffers that data is received into.
  package var buffers: PagesPerNode
  /// The buffer ring; empty for modes without one.
  package var ring: PagesPerNode

  package init(buffers: PagesPerNode = [:], ring: PagesPerNode = [:]) {
    self.buffers = buffers
    self.ring = ring
  }
}
