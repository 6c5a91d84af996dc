import CKernelChecks
import CUring
import Glibc

/// Makes allocations of this thread fail (`Documentation/fault-injection/fault-injection.rst`).
final class FaultInjection {
  private static let folder = "/sys/kernel/debug/"
  private static let kinds = ["failslab", "fail_page_alloc"]

  /// `fail-nth` of this thread: the Nth allocation fails, once.
  private let nth: Int32
  /// `make-it-fail` of this thread: what the files in debugfs say applies to it.
  private let makeItFail: Int32

  init() throws {
    _ = KernelLeaks.isAvailable()
    mount("debugfs", "/sys/kernel/debug", "debugfs", 0, nil)
    nth = open("/proc/thread-self/fail-nth", O_RDWR)
    makeItFail = open("/proc/thread-self/make-it-fail", O_RDWR)
    let hasFiles = Self.kinds.allSatisfy { access(Self.folder + $0, F_OK) == 0 }
    guard nth >= 0, makeItFail >= 0, hasFiles else {
      throw CheckNotPossible(reason: "CONFIG_FAILSLAB, CONFIG_FAIL_PAGE_ALLOC and their files in debugfs are needed")
    }
    for kind in Self.kinds {
      // Allocations that may wait, and quietly.
      try set(kind, ["probability": "0", "ignore-gfp-wait": "N", "task-filter": "Y", "verbose": "0", "times": "-1"])
    }
    try set("fail_page_alloc", ["min-order": "0", "ignore-gfp-highmem": "N"])
  }

  deinit {
    for kind in Self.kinds { writeFile(Self.folder + "\(kind)/probability", "0") }
    close(nth)
    close(makeItFail)
  }

  private func set(_ kind: String, _ values: [String: String]) throws {
    for (name, value) in values {
      try require(writeFile(Self.folder + "\(kind)/\(name)", value), "\(kind)/\(name): \(Outcome.failure(errno))")
    }
  }

  /// Runs a call whose Nth allocation fails, counted from 1.
  ///
  /// - Returns: whether there was such an allocation.
  func failing(_ number: Int, _ call: () -> Void) throws -> Bool {
    var text = Array("\(number)\n".utf8)
    try expect("fail-nth", pwrite(nth, text, text.count, 0), text.count)
    call()
    text = [UInt8](repeating: 0, count: 16)
    let count = pread(nth, &text, text.count, 0)
    _ = pwrite(nth, "0", 1, 0)
    try require(count > 0, "reading fail-nth: \(Outcome.failure(errno))")
    return text[0] == UInt8(ascii: "0")
  }

  /// Registers while each allocation of one kind fails, once the first `space` units have been given out: pages, or
  /// bytes of slabs.
  func register(_ ring: CheckRing, _ registration: inout curing_buf_reg, failing kind: String, after space: Int) throws
    -> Outcome
  {
    try set(kind, ["space": "\(space)", "probability": "100"])
    let opcode = UInt32(IORING_REGISTER_PBUF_RING)
    let result = cchecks_register_failing(makeItFail, ring.descriptor, opcode, &registration)
    try set(kind, ["probability": "0", "space": "0"])
    return Outcome(result)
  }
}
