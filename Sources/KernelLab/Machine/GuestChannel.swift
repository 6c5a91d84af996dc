import Base
import Glibc

/// The host's end of the second serial line: a file to which QEMU appends what the guest sends.
struct GuestChannel: ~Copyable {
  private let descriptor: Int32
  private var frames = FrameReader()

  init(path: String) throws(LabError) {
    try Files.write([], to: path)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LabError("\(path): can't be read") }
    self.init(descriptor: descriptor)
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// The messages that have come since. What is left of one that a guest did not finish is never one.
  ///
  /// - Throws: `LabError` when something is no message.
  mutating func messages() throws(LabError) -> [GuestMessage] {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(descriptor, &block, block.count), count > 0 { frames.add(block[..<count]) }
    var messages: [GuestMessage] = []
    while let payload = try nextPayload() {
      guard let message = try? GuestMessage(payload: payload) else {
        throw LabError("the guest sent no message of ours")
      }
      messages.append(message)
    }
    return messages
  }

  private mutating func nextPayload() throws(LabError) -> [UInt8]? {
    do throws(FrameError) { return try frames.next() } catch { throw LabError("the guest sent \(error.message)") }
  }
}
