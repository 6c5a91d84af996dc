import CTransport
import Glibc
import Vocabulary

/// Messages that a sender hands to the kernel together: by one `write(2)` into a byte stream, one `sendmmsg(2)` on a socket
/// that keeps messages apart, and one `write(2)` each into a pipe in packet mode.
struct Burst: ~Copyable {
  /// The most messages in a burst.
  let most: Int
  private let size: Int
  private let transport: Transport
  private let memory: UnsafeMutableRawBufferPointer

  /// The most bytes in a burst.
  private static let limit = 64 << 10

  init(size: Int, most: Int, _ transport: Transport) {
    self.most = min(most, max(1, Self.limit / size))
    self.size = size
    self.transport = transport
    memory = .allocate(byteCount: self.most * size, alignment: 8)
    for index in 0..<self.most { Message.write(0, to: Self.message(index, size, memory), whole: true) }
  }

  deinit {
    memory.deallocate()
  }

  private static func message(
    _ index: Int, _ size: Int, _ memory: UnsafeMutableRawBufferPointer
  ) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: memory[index * size..<(index + 1) * size])
  }

  /// Sends messages with consecutive numbers; false when the other end is gone.
  mutating func send(_ count: Int, from sequence: UInt64, to descriptor: Int32) -> Bool {
    for index in 0..<count {
      Message.write(
        sequence + UInt64(index), to: Self.message(index, size, memory), whole: TestHooks.checksEveryByte)
    }
    let bytes = UnsafeMutableRawBufferPointer(rebasing: memory[..<(count * size)])
    guard transport.keepsMessageBoundaries else { return Sender.writeAll(bytes, to: descriptor) }
    guard transport.workload == .socket else {
      return (0..<count).allSatisfy { Sender.writeAll(Self.message($0, size, memory), to: descriptor) }
    }
    return ctransport_send_messages(descriptor, bytes.baseAddress, size, UInt32(count)) == 0
  }
}
