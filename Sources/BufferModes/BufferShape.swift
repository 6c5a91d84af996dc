package import Vocabulary

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
  /// How many groups there are, each with `count` buffers.
  package var groups = 1
  /// Bytes from the start of a buffer to that of the next: the size, or more where buffers are aligned.
  @usableFromInline package var stride: Int
  /// The pages of the buffers, and of the ring where the application allocates it.
  package var backing = Backing.system
  /// How many buffers are handed back at once; 0 for those of a reaped batch.
  @usableFromInline package var handBack = 0
  /// Incremental modes: a buffer with less room than this is not filled further, in bytes; 1 for one that is full.
  @usableFromInline package var minLeft = 1

  /// For vectored receives: how many buffers one request names.
  @usableFromInline package var vectorCount = 1
  /// For vectored receives: the bytes of each buffer that a request offers.
  @usableFromInline package var vectorLength = 0

  package init(count: Int, size: Int, node: Int, group: UInt16 = 0) {
    self.count = count
    self.size = size
    self.node = node
    self.group = group
    stride = size
  }

  /// Bytes in all buffers.
  package var byteCount: Int { count * stride }
}
