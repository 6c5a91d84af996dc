import CUring
import Uring

/// `IORING_OP_RECV`, one request per receive.
enum SocketReceive: ReceiveOperation {
  @inline(__always)
  static func prepare(_ entry: Submission, descriptor: Int32, offset: UInt64) {
    io_uring_prep_recv(entry, descriptor, nil, 0, 0)
  }
}

/// `IORING_OP_RECV` with `IORING_RECV_MULTISHOT`.
enum SocketReceiveMultishot: ReceiveOperation {
  static var isMultishot: Bool { true }

  @inline(__always)
  static func prepare(_ entry: Submission, descriptor: Int32, offset: UInt64) {
    io_uring_prep_recv_multishot(entry, descriptor, nil, 0, 0)
  }
}

/// A multishot receive whose completions each take as many buffers as there is data for (`IORING_RECVSEND_BUNDLE`).
enum SocketReceiveBundle: ReceiveOperation {
  static var isMultishot: Bool { true }
  static var spansBuffers: Bool { true }

  @inline(__always)
  static func prepare(_ entry: Submission, descriptor: Int32, offset: UInt64) {
    SocketReceiveMultishot.prepare(entry, descriptor: descriptor, offset: offset)
    entry.pointee.ioprio |= UInt16(CURING_RECVSEND_BUNDLE)
  }
}

/// `IORING_OP_RECVMSG` over an array of buffers; the message header comes with the buffers.
enum SocketReceiveVectored: ReceiveOperation {
  static var spansBuffers: Bool { true }

  @inline(__always)
  static func prepare(_ entry: Submission, descriptor: Int32, offset: UInt64) {
    io_uring_prep_rw(Int32(IORING_OP_RECVMSG.rawValue), entry, descriptor, nil, 1, 0)
  }
}
