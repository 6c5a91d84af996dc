import CUring
import Glibc

/// A ring of its own with one group of two buffers, in which a fault is provoked.
struct FaultTrial: ~Copyable {
  static let bufferSize = 4096
  private static let entries = 2

  private var ring: Ring
  private let memory: UnsafeMutableRawPointer

  /// The first buffer.
  var buffer: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: memory + Self.bufferSize, count: Self.bufferSize)
  }

  /// Nil where the kernel does not offer such a group.
  ///
  /// - Parameter flags: `IOU_PBUF_RING_INC`, or 0.
  init?(flags: Int32) {
    guard let ring = try? Ring(entries: 4, completions: 8) else { return nil }
    let size = (Self.entries + 1) * Self.bufferSize
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: sysconf(Int32(_SC_PAGESIZE)))
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    var registration = curing_buf_reg()
    registration.ring_addr = UInt64(UInt(bitPattern: memory))
    registration.ring_entries = UInt32(Self.entries)
    registration.flags = UInt16(flags)
    guard curing_register_buf_ring(ring.handle, &registration) == 0 else {
      memory.deallocate()
      return nil
    }
    for index in 0..<Self.entries {
      let address = UInt64(UInt(bitPattern: memory + (index + 1) * Self.bufferSize))
      curing_buf_ring_set_entry(memory, UInt32(index), address, UInt32(Self.bufferSize), UInt16(index))
    }
    curing_buf_ring_set_tail(memory, UInt16(Self.entries))
    self.ring = ring
    self.memory = memory
  }

  deinit {
    _ = curing_unregister_buf_ring(ring.handle, 0)
    memory.deallocate()
  }

  /// Whether the kernel says that it knows bundles.
  var hasBundles: Bool { ring.handle.pointee.features & UInt32(CURING_FEAT_RECVSEND_BUNDLE) != 0 }

  /// Receives what a socket has into a buffer of the group, without waiting for more.
  mutating func receive(_ socket: Int32, length: Int, bundle: Bool = false) -> Completion? {
    ring.completion { entry in
      io_uring_prep_recv(entry, socket, nil, length, Int32(MSG_DONTWAIT))
      if bundle { entry.pointee.ioprio |= UInt16(CURING_RECVSEND_BUNDLE) }
      entry.pointee.flags |= UInt8(truncatingIfNeeded: CURING_IOSQE_BUFFER_SELECT)
    }
  }

  /// Reads from the beginning of a file into a buffer of the group.
  mutating func read(_ file: Int32, length: Int) -> Completion? {
    ring.completion { entry in
      io_uring_prep_read(entry, file, nil, UInt32(length), 0)
      entry.pointee.flags |= UInt8(truncatingIfNeeded: CURING_IOSQE_BUFFER_SELECT)
    }
  }
}

/// Two ends of something that is closed again.
struct FaultEnds: ~Copyable {
  private(set) var ends: [Int32] = [-1, -1]

  /// A pair of sockets of the type, such as `SOCK_STREAM`; nil where there are no descriptors left.
  init?(sockets type: Int32) {
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { return nil }
  }

  /// A pipe.
  init?(pipe: Void) {
    guard Glibc.pipe(&ends) == 0 else { return nil }
  }

  deinit { for end in ends where end >= 0 { close(end) } }

  /// Closes the end that sends.
  mutating func closeSender() {
    close(ends[1])
    ends[1] = -1
  }

  /// Sends as many bytes that are all 1.
  func send(_ count: Int) -> Bool { write(ends[1], [UInt8](repeating: 1, count: count), count) == count }
}
