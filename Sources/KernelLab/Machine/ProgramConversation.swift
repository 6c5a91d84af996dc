import Base
import Glibc

/// What a guest has said of a program so far: its output goes to this process's own streams at once.
struct ProgramConversation: ~Copyable {
  private var channel: GuestChannel
  private(set) var programEnd: ProgramEnd?
  private(set) var end: GuestEnd?

  init(channel path: String) throws(LabError) { channel = try GuestChannel(path: path) }

  mutating func listen() throws {
    for message in try channel.messages() {
      switch message {
      case .output(let output): try Self.pass(output)
      case .exited(let end): programEnd = end
      case .end(let end): self.end = end
      case .header, .trial: throw LabError("the guest began a run where it was asked for a program")
      }
    }
  }

  private static func pass(_ output: ProgramOutput) throws(LabError) {
    let descriptor = output.stream == .output ? STDOUT_FILENO : STDERR_FILENO
    var rest = [UInt8](output.bytes)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        throw LabError("the program's output can't be written: \(String(cString: strerror(errno)))")
      }
      rest = rest.dropFirst(written)
    }
  }
}
