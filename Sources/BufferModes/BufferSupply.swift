public import Uring

/// What a mode does for every receive, inside timed loops.
///
/// The engine is generic over this protocol and specialised per mode: nothing here may allocate, count references or
/// dispatch dynamically. The calls for one completion come in this order: `bytes`, then `release`; where it spans buffers:
/// `first`, then for each of them `segment`, `successor` and `release`, then `releaseSpan`. `publish` follows once per
/// reaped batch.
@usableFromInline
package protocol BufferSupply: ~Copyable {
  /// Writes into a prepared receive of a connection where its buffer comes from.
  ///
  /// - Returns: a token for the lower half of the request's user data, by which `bytes` finds the buffer again.
  mutating func supply(_ entry: Submission, connection: Int, length: UInt32) -> UInt32

  /// Where the bytes of a successful completion start.
  func bytes(_ completion: Completion) -> UnsafeRawPointer

  /// Notes that the `received` bytes of a completion are no longer needed.
  ///
  /// Also called for errors and end of file, with `received` 0: they can carry a buffer, which must not be lost.
  mutating func release(_ completion: Completion, received: Int, _ ring: inout Ring)

  /// Makes the released buffers available to the kernel again: at once, or with the next submission.
  mutating func publish(_ ring: inout Ring)

  /// Where a completion spans buffers: the first buffer.
  mutating func first(_ completion: Completion, _ ring: inout Ring) -> UInt16

  /// Where a completion spans buffers: the part of a buffer that the kernel had not filled before.
  func segment(_ id: UInt16) -> UnsafeRawBufferPointer

  /// Where a completion spans buffers: the buffer that is filled after `id`, the next to be released.
  func successor(of id: UInt16) -> UInt16

  /// Where a completion spans buffers: notes that `received` bytes of a buffer are no longer needed. `keeps` says that
  /// the kernel goes on filling the buffer.
  mutating func release(_ id: UInt16, received: Int, keeps: Bool, _ ring: inout Ring)

  /// Where a completion spans buffers: follows the release of the last of them.
  mutating func releaseSpan(_ completion: Completion)
}

extension BufferSupply where Self: ~Copyable {
  @inlinable
  @inline(__always)
  package func first(_ completion: Completion, _ ring: inout Ring) -> UInt16 { completion.bufferID }

  @inlinable
  package func segment(_ id: UInt16) -> UnsafeRawBufferPointer { preconditionFailure("no buffer group") }

  @inlinable
  package func successor(of id: UInt16) -> UInt16 { preconditionFailure("no known order of buffers") }

  @inlinable
  package mutating func release(_ id: UInt16, received: Int, keeps: Bool, _ ring: inout Ring) {
    preconditionFailure("no buffer group")
  }

  @inlinable
  @inline(__always)
  package mutating func releaseSpan(_ completion: Completion) {}
}
