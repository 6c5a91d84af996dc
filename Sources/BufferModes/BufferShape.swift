/// How many buffers of which size a mode is to supply, and where.
@usableFromInline
package struct BufferShape: Hashable, Sendable {
  /// The number of buffers; a power of two for ring modes.
  @usableFromInline package var count: Int
  /// Bytes in one buffer.
  @usableFromInline package var size: Int
  /// The NUMA node for buffers and ring.
  package var node: Int
  /// The buffer group's id.
  package var group: UInt16

  /// For vectored receives: how many buffers one request names.
  @usableFromInline package var vectorCount = 1
  /// For vectored receives: the bytes of each buffer that a request offers.
  @usableFromInline package var vectorLength = 0

  package init(count: Int, size: Int, node: Int, group: UInt16 = 0) {
    self.count = count
    self.size = size
    self.node = node
    self.group = group
  }

  /// Bytes in all buffers.
  package var byteCount: Int { count * size }
}
