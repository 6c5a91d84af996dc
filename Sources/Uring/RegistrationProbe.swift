import CUring
import Glibc

/// Registers and unregisters buffers and buffer rings of every kind.
enum RegistrationProbe {
  private static let entries = 8
  private static let pageSize = sysconf(Int32(_SC_PAGESIZE))

  static func all(_ ring: inout Ring) -> [Feature] {
    let page = UnsafeMutableRawPointer.allocate(byteCount: pageSize, alignment: pageSize)
    defer { page.deallocate() }
    let inc = UInt16(CURING_PBUF_RING_INC)
    let managed = UInt16(CURING_PBUF_RING_MMAP | CURING_PBUF_RING_KERNEL_MANAGED)
    let address = UInt64(UInt(bitPattern: page))
    return [
      buffers(ring, page),
      registered(ring, "PBUF_RING", since: "5.19") { $0.ring_addr = address },
      status(ring, address),
      registered(ring, "PBUF_RING INC", since: "6.12") { ($0.ring_addr, $0.flags) = (address, inc) },
    ]
      + mapped(ring, "PBUF_RING MMAP", since: "6.4") { $0.flags = UInt16(CURING_PBUF_RING_MMAP) }
      + mapped(ring, "PBUF_RING KERNEL_MANAGED", since: nil) {
        ($0.buf_size, $0.flags) = (UInt32(pageSize), managed)
      }
      + mapped(ring, "PBUF_RING KERNEL_MANAGED REFILL", since: nil) {
        ($0.buf_size, $0.flags) = (UInt32(pageSize), managed | UInt16(CURING_PBUF_RING_REFILL))
      }
  }

  /// Registered buffers, which mode `fixed` reads into.
  private static func buffers(_ ring: borrowing Ring, _ page: UnsafeMutableRawPointer) -> Feature {
    var vector = iovec(iov_base: page, iov_len: pageSize)
    let result = io_uring_register_buffers(ring.handle, &vector, 1)
    if result >= 0 { io_uring_unregister_buffers(ring.handle) }
    return Feature(.register, "BUFFERS", since: "5.1", result: result)
  }

  private static func registered(
    _ ring: borrowing Ring, _ name: String, since: String?, configure: (inout curing_buf_reg) -> Void
  ) -> Feature {
    let result = register(ring, configure)
    if result >= 0 { _ = curing_unregister_buf_ring(ring.handle, 0) }
    return Feature(.register, name, since: since, result: result)
  }

  /// `IORING_REGISTER_PBUF_STATUS` of a registered ring.
  private static func status(_ ring: borrowing Ring, _ address: UInt64) -> Feature {
    let registered = register(ring) { $0.ring_addr = address }
    var status = curing_buf_status()
    let result = registered < 0 ? registered : curing_buf_ring_status(ring.handle, &status)
    if registered >= 0 { _ = curing_unregister_buf_ring(ring.handle, 0) }
    return Feature(.register, "PBUF_STATUS", since: "6.8", result: result)
  }

  /// Registers a ring that the kernel allocates, and maps what the kernel allocated.
  private static func mapped(
    _ ring: borrowing Ring, _ name: String, since: String?, configure: (inout curing_buf_reg) -> Void
  ) -> [Feature] {
    let result = register(ring, configure)
    let registered = Feature(.register, name, since: since, result: result)
    // Without a ring there is nothing to map.
    guard registered.isSupported else { return [registered, Feature(.mmap, name, since: since, isSet: false)] }
    defer { _ = curing_unregister_buf_ring(ring.handle, 0) }
    return [registered, Feature(.mmap, name, since: since, result: map(ring))]
  }

  private static func register(_ ring: borrowing Ring, _ configure: (inout curing_buf_reg) -> Void) -> Int32 {
    var registration = curing_buf_reg()
    registration.ring_entries = UInt32(entries)
    configure(&registration)
    return curing_register_buf_ring(ring.handle, &registration)
  }

  /// Maps the first page of group 0's memory. Returns 0 or the negated errno.
  private static func map(_ ring: borrowing Ring) -> Int32 {
    let mapping = mmap(
      nil, pageSize, PROT_READ | PROT_WRITE, MAP_SHARED, ring.fileDescriptor, off_t(CURING_OFF_PBUF_RING))
    guard let mapping, mapping != MAP_FAILED else { return -errno }
    munmap(mapping, pageSize)
    return 0
  }
}
