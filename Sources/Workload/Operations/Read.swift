import CUring
import Uring

/// `IORING_OP_READ` on a pipe, one request per read. Position -1 means the file's own position; a pipe ignores it.
enum PipeRead: ReceiveOperation {
  @inline(__always)
  static func prepare(_ entry: Submission, descriptor: Int32, offset: UInt64) {
    io_uring_prep_read(entry, descriptor, nil, 0, UInt64.max)
  }
}

/// `IORING_OP_READ` at a position of a regular file.
enum FileRead: ReceiveOperation {
  static var isPositioned: Bool { true }

  @inline(__always)
  static func prepare(_ entry: Submission, descriptor: Int32, offset: UInt64) {
    io_uring_prep_read(entry, descriptor, nil, 0, offset)
  }
}

/// `IORING_OP_READ_MULTISHOT`, for files that can be polled: pipes, but not regular files.
enum ReadMultishot: ReceiveOperation {
  static var isMultishot: Bool { true }

  @inline(__always)
  static func prepare(_ entry: Submission, descriptor: Int32, offset: UInt64) {
    curing_prep_read_multishot(entry, descriptor)
  }
}

/// `IORING_OP_READV` on a pipe over an array of buffers; the array comes with the buffers.
enum PipeReadVectored: ReceiveOperation {
  static var spansBuffers: Bool { true }

  @inline(__always)
  static func prepare(_ entry: Submission, descriptor: Int32, offset: UInt64) {
    io_uring_prep_rw(Int32(IORING_OP_READV.rawValue), entry, descriptor, nil, 0, UInt64.max)
  }
}

/// `IORING_OP_READV` at a position of a regular file over an array of buffers.
enum FileReadVectored: ReceiveOperation {
  static var spansBuffers: Bool { true }
  static var isPositioned: Bool { true }

  @inline(__always)
  static func prepare(_ entry: Submission, descriptor: Int32, offset: UInt64) {
    io_uring_prep_rw(Int32(IORING_OP_READV.rawValue), entry, descriptor, nil, 0, offset)
  }
}
