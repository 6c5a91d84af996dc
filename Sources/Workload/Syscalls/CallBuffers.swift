import BufferModes
import CTransport
import Glibc
import HostFacts
import Vocabulary

/// The buffers that every receive of a worker goes into: one, or an array of them. Data is used before the next call, so no
/// other buffers are needed.
struct CallBuffers: ~Copyable {
  let memory: MappedMemory
  /// Bytes from one buffer to the next.
  let size: Int
  /// Bytes of each buffer that a call offers.
  let length: Int
  let count: Int
  /// An element for each buffer.
  let vectors: UnsafeMutablePointer<iovec>
  /// For each buffer, a message that it takes alone.
  let messages: UnsafeMutablePointer<ctransport_message>
  /// A message that takes all buffers.
  let whole: UnsafeMutablePointer<msghdr>

  /// - Parameter count: how many buffers a call names.
  init(_ shape: WorkloadShape, count: Int) throws(Reason) {
    var buffers = shape.buffers
    buffers.count = count
    memory = try buffers.mapBuffers()
    size = buffers.size
    length = Int(shape.receiveLength)
    self.count = count
    vectors = .allocate(capacity: count)
    messages = .allocate(capacity: count)
    for index in 0..<count {
      (vectors + index).initialize(to: iovec(iov_base: memory.base + index * size, iov_len: length))
      (messages + index).initialize(to: ctransport_message())
      messages[index].header.vectors = vectors + index
      messages[index].header.vector_count = 1
    }
    whole = .allocate(capacity: 1)
    whole.initialize(to: msghdr())
    whole.pointee.msg_iov = vectors
    whole.pointee.msg_iovlen = count
  }

  deinit {
    vectors.deallocate()
    messages.deallocate()
    whole.deallocate()
  }

  /// Where the bytes of a buffer start.
  @inline(__always)
  func bytes(_ index: Int) -> UnsafeMutableRawPointer { memory.base + index &* size }
}
