import CUring
import Glibc

let pageSize = 4096

/// A kernel-managed group, registered and mapped.
final class Group {
  static let mmapFlag = UInt16(CURING_PBUF_RING_MMAP)
  static let managedFlag = UInt16(CURING_PBUF_RING_KERNEL_MANAGED)
  /// `IOU_PBUF_RING_REFILL`, a flag of the laboratory kernel alone (`Kernel/io_uring/kmbuf.h`).
  static let refillFlag: UInt16 = 0x8000
  /// Fills the memory that the kernel must not write.
  static let guardByte: UInt8 = 0xA5

  let ring: CheckRing
  let id: UInt16
  let entries: Int
  let size: Int
  let hasRefill: Bool
  private(set) var base: UnsafeMutableRawPointer
  private var isMapped = true

  init(
    _ ring: CheckRing, id: UInt16 = 0, entries: Int = 8, size: Int = pageSize, hasRefill: Bool = false
  ) throws {
    (self.ring, self.id, self.entries, self.size, self.hasRefill) = (ring, id, entries, size, hasRefill)
    let result = Self.register(ring, id: id, entries: UInt32(entries), size: UInt64(size), hasRefill: hasRefill)
    guard result == .success else { throw CheckFailure("register \(entries) buffers of \(size): \(result)") }
    let bytes = Self.byteCount(entries, size, hasRefill)
    guard let base = Self.map(ring, id: id, byteCount: bytes) else {
      throw CheckFailure("mmap of \(bytes) bytes: \(Outcome.failure(errno))")
    }
    self.base = base
  }

  deinit { unmap() }

  // MARK: The calls themselves

  static func register(
    _ ring: CheckRing, id: UInt16, entries: UInt32, size: UInt64, flags: UInt16? = nil, hasRefill: Bool = false,
    reserved: (UInt64, UInt64, UInt64) = (0, 0, 0)
  ) -> Outcome {
    var registration = curing_buf_reg()
    registration.ring_addr = size
    registration.ring_entries = entries
    registration.bgid = id
    registration.flags = flags ?? (mmapFlag | managedFlag | (hasRefill ? refillFlag : 0))
    registration.resv = reserved
    return Outcome(curing_register_buf_ring(ring.handle, &registration))
  }

  static func unregister(_ ring: CheckRing, id: UInt16) -> Outcome {
    Outcome(curing_unregister_buf_ring(ring.handle, id))
  }

  static func map(_ ring: CheckRing, id: UInt16, byteCount: Int) -> UnsafeMutableRawPointer? {
    let offset = CURING_OFF_PBUF_RING | UInt64(id) << UInt64(CURING_OFF_PBUF_SHIFT)
    let mapped = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_SHARED, ring.descriptor, off_t(offset))
    return mapped == MAP_FAILED ? nil : mapped
  }

  static func byteCount(_ entries: Int, _ size: Int, _ hasRefill: Bool) -> Int {
    entries * size + (hasRefill ? (64 + 2 * entries + pageSize - 1) / pageSize * pageSize : 0)
  }

  /// How many buffers the kernel has taken from the group (`IORING_REGISTER_PBUF_STATUS`), 16 bits of it.
  static func head(_ ring: CheckRing, id: UInt16) throws -> Int {
    var status = curing_buf_status()
    status.buf_group = UInt32(id)
    let result = Outcome(curing_buf_ring_status(ring.handle, &status))
    guard result == .success else { throw CheckFailure("IORING_REGISTER_PBUF_STATUS: \(result)") }
    return Int(status.head)
  }

  // MARK: The group

  func head() throws -> Int { try Self.head(ring, id: id) }

  var byteCount: Int { Self.byteCount(entries, size, hasRefill) }

  func unmap() {
    if isMapped { munmap(base, byteCount) }
    isMapped = false
  }

  func unregister() -> Outcome { Self.unregister(ring, id: id) }

  func bytes(_ buffer: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: base + buffer * size, count: size)
  }

  /// Prepares `PROVIDE_BUFFERS` with exactly these fields.
  static func provide(
    _ entry: Entry, id: UInt16, first: UInt64, count: Int32, address: UInt64 = 0, length: UInt32 = 0
  ) {
    io_uring_prep_rw(Int32(IORING_OP_PROVIDE_BUFFERS.rawValue), entry, count, nil, length, first)
    entry.pointee.addr = address
    curing_sqe_set_buf_group(entry, id)
    entry.pointee.user_data = 0xBAC0
  }

  /// Hands buffers back. No other request may complete meanwhile.
  func provide(_ first: Int, _ count: Int = 1, address: UInt64 = 0, length: UInt32 = 0) throws -> Outcome {
    let reply = try ring.complete {
      Self.provide($0, id: id, first: UInt64(first), count: Int32(count), address: address, length: length)
    }
    return reply.outcome
  }

  /// Hands a buffer back while other requests may complete. Returns their completions.
  func giveBack(_ buffer: Int) throws -> [Reply] {
    Self.provide(ring.entry(), id: id, first: UInt64(buffer), count: 1)
    ring.submit()
    var others: [Reply] = []
    while true {
      let reply = try ring.wait("PROVIDE_BUFFERS")
      if reply.userData == 0xBAC0 {
        try expect("handing back buffer \(buffer)", reply.outcome, .success)
        return others
      }
      others.append(reply)
    }
  }
}
