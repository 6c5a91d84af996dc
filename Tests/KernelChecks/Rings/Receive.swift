import CKernelChecks
import CUring
import Glibc
import Synchronization

/// The requests that pick a buffer of a group.
enum Receive: String, CaseIterable, Sendable {
  case read, readv, recv, recvmsg
  case readMultishot = "read-multishot"
  case recvMultishot = "recv-multishot"
  case recvmsgMultishot = "recvmsg-multishot"

  /// Whether this is a read, which takes files of every kind.
  var isRead: Bool { self == .read || self == .readv || self == .readMultishot }
  var isMultishot: Bool { self == .readMultishot || self == .recvMultishot || self == .recvmsgMultishot }

  func isPossible(on transport: Transport) -> Bool {
    transport.isSocket || isRead
  }
}

/// A request and the memory it refers to. The kernel uses the memory until the request is submitted, or with a message
/// header until it completes. It therefore stays for a while when the request is gone.
final class Request {
  let receive: Receive
  /// Room for a sender's name in a multishot `recvmsg`, before the payload.
  var nameLength = 0
  var controlLength = 0
  /// The most bytes to receive; 0 for the whole buffer. Multishot allows only 0.
  var length = 0
  var messageFlags: Int32 = 0
  var isAsynchronous = false
  var isBundle = false
  /// Waits for data before it looks for a buffer (`IORING_RECVSEND_POLL_FIRST`).
  var isPollFirst = false
  /// A read that fails with EAGAIN where it would wait (`RWF_NOWAIT`).
  var mustNotWait = false
  /// `RWF_NOWAIT`, whose definition Swift can't import.
  private static let noWaitFlag: Int32 = 8
  private let header = UnsafeMutablePointer<msghdr>.allocate(capacity: 1)
  private let vector = UnsafeMutablePointer<iovec>.allocate(capacity: 1)
  private let name = UnsafeMutablePointer<sockaddr_storage>.allocate(capacity: 1)
  private let control = UnsafeMutableRawPointer.allocate(byteCount: 256, alignment: 16)

  init(_ receive: Receive) { self.receive = receive }

  deinit {
    let blocks = [
      UnsafeMutableRawPointer(header), UnsafeMutableRawPointer(vector), UnsafeMutableRawPointer(name), control,
    ]
    Self.free(blocks.map { UInt(bitPattern: $0) })
  }

  /// The memory of the requests that went last.
  private static let last = Mutex<[UInt]>([])

  private static func free(_ blocks: [UInt]) {
    last.withLock { last in
      last += blocks
      guard last.count > 2048 else { return }
      for block in last.prefix(1024) { UnsafeMutableRawPointer(bitPattern: block)?.deallocate() }
      last.removeFirst(1024)
    }
  }

  /// The number of bytes that a multishot `recvmsg` puts before the payload.
  var prefix: Int {
    receive == .recvmsgMultishot ? MemoryLayout<io_uring_recvmsg_out>.size + nameLength + controlLength : 0
  }

  /// The sender's name that a one-shot `recvmsg` received.
  var senderName: sockaddr_in { UnsafeRawPointer(name).load(as: sockaddr_in.self) }
  var senderNameLength: Int { Int(header.pointee.msg_namelen) }
  var messageFlagsSeen: Int32 { header.pointee.msg_flags }
  /// The descriptor that came with a message, if `controlLength` left room for one.
  var receivedDescriptor: Int32? {
    let descriptor = cchecks_received_descriptor(control, header.pointee.msg_controllen)
    return descriptor < 0 ? nil : descriptor
  }

  func prepare(_ entry: Entry, _ descriptor: Int32, group: UInt16, offset: UInt64 = ~0, userData: UInt64 = 1) {
    switch receive {
    case .read: io_uring_prep_read(entry, descriptor, nil, UInt32(length), offset)
    case .readv:
      vector.pointee = iovec(iov_base: nil, iov_len: length)
      io_uring_prep_readv(entry, descriptor, vector, 1, offset)
    case .readMultishot: curing_prep_read_multishot(entry, descriptor)
    case .recv, .recvMultishot: io_uring_prep_recv(entry, descriptor, nil, length, messageFlags)
    case .recvmsg, .recvmsgMultishot:
      fillHeader()
      io_uring_prep_recvmsg(entry, descriptor, header, UInt32(messageFlags))
    }
    if receive == .recvMultishot || receive == .recvmsgMultishot {
      entry.pointee.ioprio |= UInt16(IORING_RECV_MULTISHOT)
    }
    if isPollFirst { entry.pointee.ioprio |= UInt16(IORING_RECVSEND_POLL_FIRST) }
    if mustNotWait { entry.pointee.rw_flags = Self.noWaitFlag }
    if isBundle { entry.pointee.ioprio |= UInt16(CURING_RECVSEND_BUNDLE) }
    entry.pointee.flags |= UInt8(CURING_IOSQE_BUFFER_SELECT)
    if isAsynchronous { entry.pointee.flags |= UInt8(1 << IOSQE_ASYNC_BIT) }
    curing_sqe_set_buf_group(entry, group)
    entry.pointee.user_data = userData
  }

  private func fillHeader() {
    header.pointee = msghdr()
    vector.pointee = iovec(iov_base: nil, iov_len: length)
    if receive == .recvmsg {
      header.pointee.msg_iov = vector
      header.pointee.msg_iovlen = 1
      header.pointee.msg_name = UnsafeMutableRawPointer(name)
      header.pointee.msg_namelen = socklen_t(MemoryLayout<sockaddr_storage>.size)
      header.pointee.msg_control = control
    } else {
      header.pointee.msg_namelen = socklen_t(nameLength)
    }
    header.pointee.msg_controllen = controlLength
  }
}
