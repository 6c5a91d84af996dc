import Base
import Glibc

/// The host's end of the second serial line: a file to which QEMU appends what the guest sends.
struct GuestChannel: ~Copyable {
  private let descriptor: Int32
  private var frames = FrameReader()
  private var boot: BootProgress?

  /// - Parameter boot: is shown until the first message; nil for a guest that has booted.
  init(path: String, boot: BootProgress?) throws(RingbenchError) {
    try Files.write([], to: path)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw RingbenchError.failed("\(path): can't be read") }
    self.init(descriptor, boot)
  }

  private init(_ descriptor: Int32, _ boot: BootProgress?) {
    self.descriptor = descriptor
    self.boot = boot
  }

  deinit {
    // A guest that never said anything leaves a line.
    var boot = boot
    boot?.end()
    close(descriptor)
  }

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
    if messages.isEmpty { boot?.show() } else { boot?.end() }
    return messages
  }
}
