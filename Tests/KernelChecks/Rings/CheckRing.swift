import CUring
import Glibc

/// A completion queue entry.
struct Reply: Sendable {
  var userData: UInt64
  var outcome: Outcome
  var flags: UInt32

  var result: Int { Int(outcome.value) }
  var hasMore: Bool { flags & UInt32(IORING_CQE_F_MORE) != 0 }
  /// The buffer that the entry names.
  var buffer: Int? { flags & UInt32(IORING_CQE_F_BUFFER) != 0 ? Int(flags >> 16) : nil }
}

typealias Entry = UnsafeMutablePointer<io_uring_sqe>

/// A bare io_uring, with the fewest possible conveniences.
final class CheckRing {
  /// In seconds. Nothing takes longer on a slow debugging kernel.
  static let patience = 60

  let handle: UnsafeMutablePointer<io_uring>
  private var isOpen = true

  init(entries: UInt32 = 64, flags: UInt32 = 0) throws {
    handle = .allocate(capacity: 1)
    handle.initialize(to: io_uring())
    let result = io_uring_queue_init(entries, handle, flags)
    guard result == 0 else { throw CheckFailure("io_uring_setup: \(Outcome(result))") }
  }

  deinit {
    close()
    handle.deallocate()
  }

  /// A ring whose completions run in the thread that asks for them, as in the benchmarks.
  static func deferred() throws -> CheckRing {
    try CheckRing(flags: UInt32(IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN))
  }

  private var isPolling: Bool { handle.pointee.flags & UInt32(IORING_SETUP_IOPOLL) != 0 }

  var descriptor: Int32 { handle.pointee.ring_fd }

  /// Whether the kernel keeps completions that have no room in the queue.
  var hasOverflowed: Bool { handle.pointee.sq.kflags.pointee & UInt32(IORING_SQ_CQ_OVERFLOW) != 0 }

  func close() {
    if isOpen { io_uring_queue_exit(handle) }
    isOpen = false
  }

  func entry() -> Entry {
    if let entry = curing_get_sqe(handle) { return entry }
    io_uring_submit(handle)
    return curing_get_sqe(handle)!
  }

  @discardableResult
  func submit() -> Int32 { io_uring_submit(handle) }

  /// The next completion.
  func wait(_ what: @autoclosure () -> String = "a completion", seconds: Int = patience) throws -> Reply {
    // A ring that polls returns early when a worker has the request.
    for _ in 0..<(isPolling ? seconds * 1000 : 0) {
      if let reply = poll() { return reply }
      usleep(1000)
    }
    var time = __kernel_timespec(tv_sec: Int64(seconds), tv_nsec: 0)
    var cqe: UnsafeMutablePointer<io_uring_cqe>?
    var result: Int32
    repeat { result = io_uring_wait_cqe_timeout(handle, &cqe, &time) } while result == -EINTR
    guard result == 0, let cqe else { throw CheckFailure("waiting for \(what()): \(Outcome(result))") }
    return take(cqe)
  }

  /// The next completion if it is there, or if pending task work makes it; nil otherwise.
  func poll() -> Reply? {
    io_uring_get_events(handle)
    guard curing_cq_ready(handle) > 0 else { return nil }
    return take(UnsafeMutablePointer(mutating: curing_cqe(handle, 0)!))
  }

  private func take(_ cqe: UnsafeMutablePointer<io_uring_cqe>) -> Reply {
    let entry = cqe.pointee
    curing_cq_advance(handle, 1)
    return Reply(userData: entry.user_data, outcome: Outcome(entry.res), flags: entry.flags)
  }

  /// Submits one request and takes its completion; nothing else may be in flight.
  func complete(_ prepare: (Entry) -> Void) throws -> Reply {
    let entry = entry()
    prepare(entry)
    submit()
    return try wait("the request's completion")
  }

  /// Fails when there is a completion.
  func expectSilence(_ what: String) throws {
    if let reply = poll() { throw CheckFailure("\(what): an unexpected completion, \(reply)") }
  }

  /// Cancels the request with this user data. The caller takes both completions.
  func cancel(_ userData: UInt64) {
    let entry = entry()
    io_uring_prep_cancel64(entry, userData, 0)
    entry.pointee.user_data = ~0
    submit()
  }
}
