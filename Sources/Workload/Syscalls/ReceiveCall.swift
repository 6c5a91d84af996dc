import CTransport
import Glibc

/// The system call that receives on one kind of file.
protocol ReceiveCall {
  /// Whether a call takes several messages, each into a buffer of its own.
  static var takesMessages: Bool { get }
  /// Whether a call fills one buffer after the other.
  static var spansBuffers: Bool { get }
  /// Whether a call names its position in the file.
  static var isPositioned: Bool { get }

  /// Receives without waiting.
  ///
  /// - Parameters:
  ///   - most: how many buffers to fill at most; only calls with a position look at it.
  ///   - offset: the position in the file.
  /// - Returns: the bytes received, or the messages where a call takes several; 0 at the end of file; -1 with errno.
  static func receive(_ descriptor: Int32, _ buffers: borrowing CallBuffers, most: Int, offset: Int) -> Int
}

extension ReceiveCall {
  static var takesMessages: Bool { false }
  static var spansBuffers: Bool { false }
  static var isPositioned: Bool { false }
}

// MARK: One buffer

/// `recv(2)`.
enum ReceiveBytes: ReceiveCall {
  @inline(__always)
  static func receive(_ descriptor: Int32, _ buffers: borrowing CallBuffers, most: Int, offset: Int) -> Int {
    recv(descriptor, buffers.bytes(0), buffers.length, Int32(MSG_DONTWAIT))
  }
}

/// `read(2)` on a pipe that doesn't block.
enum ReadBytes: ReceiveCall {
  @inline(__always)
  static func receive(_ descriptor: Int32, _ buffers: borrowing CallBuffers, most: Int, offset: Int) -> Int {
    read(descriptor, buffers.bytes(0), buffers.length)
  }
}

/// `pread(2)`.
enum ReadBytesAt: ReceiveCall {
  static var isPositioned: Bool { true }

  @inline(__always)
  static func receive(_ descriptor: Int32, _ buffers: borrowing CallBuffers, most: Int, offset: Int) -> Int {
    pread(descriptor, buffers.bytes(0), buffers.length, offset)
  }
}

// MARK: An array of buffers

/// `recvmmsg(2)`, for sockets that keep messages apart.
enum ReceiveMessages: ReceiveCall {
  static var takesMessages: Bool { true }

  @inline(__always)
  static func receive(_ descriptor: Int32, _ buffers: borrowing CallBuffers, most: Int, offset: Int) -> Int {
    Int(ctransport_receive_messages(descriptor, buffers.messages, UInt32(truncatingIfNeeded: buffers.count)))
  }
}

/// `recvmsg(2)`, for sockets with a stream of bytes.
enum ReceiveVector: ReceiveCall {
  static var spansBuffers: Bool { true }

  @inline(__always)
  static func receive(_ descriptor: Int32, _ buffers: borrowing CallBuffers, most: Int, offset: Int) -> Int {
    recvmsg(descriptor, buffers.whole, Int32(MSG_DONTWAIT))
  }
}

/// `readv(2)` on a pipe that doesn't block.
enum ReadVector: ReceiveCall {
  static var spansBuffers: Bool { true }

  @inline(__always)
  static func receive(_ descriptor: Int32, _ buffers: borrowing CallBuffers, most: Int, offset: Int) -> Int {
    readv(descriptor, buffers.vectors, Int32(truncatingIfNeeded: buffers.count))
  }
}

/// `preadv(2)`.
enum ReadVectorAt: ReceiveCall {
  static var spansBuffers: Bool { true }
  static var isPositioned: Bool { true }

  @inline(__always)
  static func receive(_ descriptor: Int32, _ buffers: borrowing CallBuffers, most: Int, offset: Int) -> Int {
    preadv(descriptor, buffers.vectors, Int32(truncatingIfNeeded: min(most, buffers.count)), offset)
  }
}
