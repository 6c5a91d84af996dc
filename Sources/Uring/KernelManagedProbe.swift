import CUring
import Glibc

/// Finds out by transfers whether the kernel receives into kernel-managed rings, and how buffers go back to it.
///
/// No released kernel receives into them. A kernel that does has an extension, and its results must say so.
package enum KernelManagedProbe {
  /// What the extension does, in words; nil where the kernel does not offer such rings, or they take no data.
  package static func extensionName() -> String? {
    let byRequest = transfers(flags: 0) { ring, _ in handBackByRequest(&ring) }
    let byRefill = transfers(flags: UInt16(CURING_PBUF_RING_REFILL)) { _, page in handBackByRefill(page) }
    guard let most = max(byRequest, byRefill), most > 0 else { return nil }
    let ways = [(byRequest, "IORING_OP_PROVIDE_BUFFERS"), (byRefill, "a refill page")].filter { $0.0 == 2 }.map(\.1)
    let back = ways.isEmpty ? "take none back" : "take buffers back by \(ways.joined(separator: " and "))"
    return "kernel-managed rings receive, and \(back)"
  }

  private static func max(_ one: Int?, _ other: Int?) -> Int? {
    [one, other].compactMap { $0 }.max()
  }

  /// Receives twice into a ring with one buffer, which must go back in between.
  ///
  /// - Returns: how many messages arrived whole; nil where the ring can't be set up.
  private static func transfers(
    flags: UInt16, handBack: (inout Ring, UnsafeMutableRawPointer) -> Void
  ) -> Int? {
    let page = sysconf(Int32(_SC_PAGESIZE))
    guard var ring = try? Ring(entries: 4, completions: 8) else { return nil }
    var registration = curing_buf_reg()
    registration.ring_entries = 1
    registration.buf_size = UInt32(page)
    registration.flags = UInt16(CURING_PBUF_RING_MMAP | CURING_PBUF_RING_KERNEL_MANAGED) | flags
    guard curing_register_buf_ring(ring.handle, &registration) == 0 else { return nil }
    let length = flags == 0 ? page : 2 * page
    let mapping = mmap(
      nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, ring.fileDescriptor, off_t(CURING_OFF_PBUF_RING))
    guard let mapping, mapping != MAP_FAILED else { return nil }
    defer { munmap(mapping, length) }
    for message in 1...2 {
      guard receives(UInt64(message) &* 0x0123_4567_89AB_CDEF, in: mapping, &ring) else { return message - 1 }
      handBack(&ring, mapping + page)
    }
    return 2
  }

  /// Sends eight bytes through a pipe.
  private static func receives(_ message: UInt64, in buffer: UnsafeMutableRawPointer, _ ring: inout Ring) -> Bool {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return false }
    defer { for end in ends { close(end) } }
    var bytes = message
    guard write(ends[1], &bytes, 8) == 8 else { return false }
    let source = ends[0]
    let result = ring.complete { entry in
      io_uring_prep_read(entry, source, nil, 8, 0)
      entry.pointee.flags |= UInt8(truncatingIfNeeded: CURING_IOSQE_BUFFER_SELECT)
    }
    return result == 8 && buffer.loadUnaligned(as: UInt64.self) == message
  }

  private static func handBackByRequest(_ ring: inout Ring) {
    _ = ring.complete { io_uring_prep_provide_buffers($0, nil, 0, 1, 0, 0) }
  }

  private static func handBackByRefill(_ page: UnsafeMutableRawPointer) {
    curing_kmbuf_refill_set_bid(page, 0, 0)
    let tail = page.load(as: UInt32.self)
    curing_kmbuf_refill_set_tail(page, tail &+ 1)
  }
}
