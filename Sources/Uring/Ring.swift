package import Base
public import CUring

/// A submission queue entry inside the ring, valid until it is submitted.
@usableFromInline package typealias Submission = UnsafeMutablePointer<io_uring_sqe>

/// An io_uring instance that one thread drives.
///
/// It counts what it does, so that a benchmark can report enters and entries without tracing.
/// Set-up asks for `IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN` and does without them where the kernel
/// refuses them (before Linux 6.1). With them, only the thread that created the ring may enter it.
@usableFromInline
package struct Ring: ~Copyable {
  @usableFromInline let ring: UnsafeMutablePointer<io_uring>
  /// The set-up flags in force.
  package let setupFlags: UInt32
  /// Calls of `io_uring_enter(2)` so far.
  @usableFromInline package var enters = 0
  /// Submission queue entries handed out so far.
  @usableFromInline package var submissions = 0

  /// - Parameters:
  ///   - entries: submission queue entries; rounded up to a power of two by the kernel.
  ///   - completions: completion queue entries; at least `entries`.
  /// - Throws: the errno of `io_uring_setup(2)`: `ENOSYS` without io_uring, `EPERM` where it is disabled, `ENOMEM`.
  package init(entries: Int, completions: Int) throws(SystemError) {
    let ring = UnsafeMutablePointer<io_uring>.allocate(capacity: 1)
    ring.initialize(to: io_uring())
    for optional in Self.optionalFlags {
      var params = io_uring_params()
      params.flags = optional | UInt32(IORING_SETUP_CQSIZE) | UInt32(IORING_SETUP_CLAMP)
      params.cq_entries = UInt32(completions)
      let result = io_uring_queue_init_params(UInt32(entries), ring, &params)
      if result == 0 {
        self.ring = ring
        setupFlags = optional
        return
      }
      guard result == -EINVAL, optional != 0 else {
        ring.deallocate()
        throw SystemError(call: "io_uring_setup", errno: -result)
      }
    }
    preconditionFailure("the last choice has no flags left to refuse")
  }

  deinit {
    io_uring_queue_exit(ring)
    ring.deallocate()
  }

  /// The flags to ask for, best first.
  private static var optionalFlags: [UInt32] {
    let single = UInt32(IORING_SETUP_SINGLE_ISSUER)
    return [single | UInt32(IORING_SETUP_DEFER_TASKRUN), single, 0]
  }

  /// The ring's file descriptor, for `mmap(2)`.
  package var fileDescriptor: Int32 { ring.pointee.ring_fd }

  /// liburing's own handle, for set-up calls.
  package var handle: UnsafeMutablePointer<io_uring> { ring }
}

extension Ring {
  /// Registers descriptors, which requests then name by their index (`IORING_REGISTER_FILES`).
  package func register(files: [Int32]) throws(SystemError) {
    let result = io_uring_register_files(ring, files, UInt32(files.count))
    guard result == 0 else { throw SystemError(call: "io_uring_register(FILES)", errno: -result) }
  }
}

// MARK: Submission

extension Ring {
  /// The next free entry. A full queue is submitted first.
  @inlinable
  @inline(__always)
  package mutating func nextSubmission() -> Submission {
    submissions &+= 1
    if let entry = curing_get_sqe(ring) { return entry }
    return submitAndRetry()
  }

  @inline(never)
  @usableFromInline
  mutating func submitAndRetry() -> Submission {
    enters &+= 1
    _ = io_uring_submit(ring)
    guard let entry = curing_get_sqe(ring) else { preconditionFailure("no free entry after io_uring_submit") }
    return entry
  }

  /// Submits everything prepared without waiting, in at most one `io_uring_enter(2)`.
  ///
  /// - Returns: the number of entries submitted, or a negated errno.
  @inlinable
  @inline(__always)
  package mutating func submit() -> Int32 {
    enters &+= 1
    return io_uring_submit(ring)
  }

  /// Submits everything prepared and waits for at least `count` completions, in one `io_uring_enter(2)`.
  ///
  /// - Parameter count: at least 1, so that liburing enters the kernel exactly once.
  /// - Returns: the number of entries submitted, or a negated errno (`-EINTR` when a signal came).
  @inlinable
  @inline(__always)
  package mutating func submitAndWait(_ count: Int) -> Int32 {
    enters &+= 1
    return io_uring_submit_and_wait(ring, UInt32(truncatingIfNeeded: count))
  }
}

// MARK: Completion

extension Ring {
  /// How many completions can be read now without entering the kernel.
  @inlinable
  @inline(__always)
  package var readyCompletions: Int { Int(truncatingIfNeeded: curing_cq_ready(ring)) }

  /// The completion at `index`, below `readyCompletions`.
  @inlinable
  @inline(__always)
  package func completion(_ index: Int) -> Completion {
    Completion(curing_cqe(ring, UInt32(truncatingIfNeeded: index)).pointee)
  }

  /// Gives `count` completions back to the kernel; their entries must not be read again.
  @inlinable
  @inline(__always)
  package func consume(_ count: Int) {
    curing_cq_advance(ring, UInt32(truncatingIfNeeded: count))
  }
}

extension Ring {
  /// Whether the kernel works on receives that were woken only when the thread enters the ring.
  package var defersTaskRun: Bool { setupFlags & UInt32(IORING_SETUP_DEFER_TASKRUN) != 0 }

  /// The names of the set-up flags in force, for the results.
  package var flagNames: [String] {
    var names: [String] = []
    if setupFlags & UInt32(IORING_SETUP_SINGLE_ISSUER) != 0 { names.append("SINGLE_ISSUER") }
    if defersTaskRun { names.append("DEFER_TASKRUN") }
    return names
  }
}

extension Ring {
  /// The version of liburing that this was built with.
  package static var libraryVersion: String { String(cString: curing_liburing_version()) }
}
