import Base
import Glibc

/// A guest's messages about a program so far. The program's output goes to this process's own streams at once.
struct ProgramConversation: ~Copyable {
  private var channel: GuestChannel
  private(set) var programEnd: ProgramEnd?
  private(set) var end: GuestEnd?

  init(channel path: String, boot: BootProgress?) throws(RingbenchError) {
    channel = try GuestChannel(path: path, boot: boot)
  }

  mutating func listen() throws {
    for message in try channel.messages() {
      switch message {
      case .output(let output): try Self.pass(output)
      case .exited(let end): programEnd = end
      case .end(let end): self.end = end
      case .header, .trial, .functions, .resumed:
        throw RingbenchError.failed("the guest began a run, but it was asked for a program")
      }
    }
  }

  private static func pass(_ output: ProgramOutput) throws(RingbenchError) {
    let descriptor = output.stream == .output ? STDOUT_FILENO : STDERR_FILENO
    var rest = [UInt8](output.bytes)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        throw RingbenchError.failed("the program's output can't be written: \(String(cString: strerror(errno)))")
      }
      rest = rest.dropFirst(written)
    }
  }
}
