import Base
import CTestRing
import Glibc
import HostFacts

/// An io_uring and the map of its queues.
struct TestRing: ~Copyable {
  private let descriptor: Int32
  let memory: MappedMemory

  init(entries: UInt32) throws(SystemError) {
    let ring = ctestring_open(entries)
    guard ring >= 0 else { throw SystemError(call: "io_uring_setup", errno: -ring) }
    // Each of the 2 * entries completions has 16 bytes.
    let byteCount = Int(entries) * 32
    guard let base = ctestring_map(ring, byteCount) else {
      close(ring)
      throw SystemError(call: "mmap", errno: errno)
    }
    descriptor = ring
    memory = MappedMemory(adopting: base, byteCount: byteCount)
  }

  deinit {
    close(descriptor)
  }

  static let pagesAreOrdinary = mapFlags?.contains("mm") == true
  static let pagesAreRawFrames = mapFlags?.contains("pf") == true

  /// The `VmFlags` of a ring's map in `/proc/self/smaps`; nil where there is no io_uring.
  private static let mapFlags: [Substring]? = {
    guard let ring = try? TestRing(entries: 256) else { return nil }
    return MemoryMapFlags.flags(at: ring.memory.base)
  }()
}
