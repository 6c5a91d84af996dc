public import CUring

/// A completion queue entry with all its fields: `userData`, `result` and `flags` all matter for an error, too.
@usableFromInline
package struct Completion: Sendable {
  @usableFromInline package let userData: UInt64
  /// Bytes transferred, or a negated errno.
  @usableFromInline package let result: Int32
  @usableFromInline package let flags: UInt32

  @inlinable
  @inline(__always)
  init(_ entry: io_uring_cqe) {
    userData = entry.user_data
    result = entry.res
    flags = entry.flags
  }

  /// Whether a multishot request stays armed (`IORING_CQE_F_MORE`). If not, it has ended, whatever `result` says.
  @inlinable package var hasMore: Bool { flags & UInt32(IORING_CQE_F_MORE) != 0 }

  /// Whether the kernel picked a buffer of a group (`IORING_CQE_F_BUFFER`). Errors and end of file may carry one, too.
  @inlinable package var hasBuffer: Bool { flags & UInt32(IORING_CQE_F_BUFFER) != 0 }

  /// Whether the kernel goes on filling the same buffer (`IORING_CQE_F_BUF_MORE`, incremental rings).
  @inlinable package var keepsBuffer: Bool { flags & UInt32(CURING_CQE_F_BUF_MORE) != 0 }

  /// The picked buffer, if `hasBuffer`.
  @inlinable package var bufferID: UInt16 { UInt16(truncatingIfNeeded: flags >> CURING_CQE_BUFFER_SHIFT) }
}
