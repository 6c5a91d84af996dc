import Base
import Glibc

/// The host's end of the second serial line: a file to which QEMU appends what the guest sends.
struct GuestChannel: ~Copyable {
  private let descriptor: Int32
  private var frames = FrameReader()

  init(path: String) throws(RingbenchError) {
    try Files.write([], to: path)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw RingbenchError.failed("\(path): can't be read") }
    self.init(descriptor: descriptor)
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// The messages since the last call. A message that the guest never finishes is discarded.
  ///
  /// - Throws: `failed` when the guest sent something else.
  mutating func messages() throws(RingbenchError) -> [GuestMessage] {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(descriptor, &block, block.count), count > 0 { frames.add(block[..<count]) }
    var messages: [GuestMessage] = []
    while let payload = try frames.next() {
      guard let message = try? GuestMessage(payload: payload) else {
        throw RingbenchError.failed("the guest sent a message that ringbench does not know")
      }
      messages.append(message)
    }
    return messages
  }
}
