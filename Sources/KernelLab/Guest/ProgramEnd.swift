package import FoundationEssentials
import Glibc

/// Bytes that a program wrote in the guest.
package struct ProgramOutput: Codable, Hashable, Sendable {
  package enum Stream: String, Codable, Sendable {
    case output, error
  }

  package var stream: Stream
  package var bytes: Data
}

/// How a program ended in the guest.
package enum ProgramEnd: Codable, Hashable, Sendable {
  case exited(Int32)
  case signalled(Int32)
  /// The kernel did not start it, with this errno.
  case notStarted(Int32)

  /// What `wait(2)` reports of a process that ended.
  init(waitStatus status: Int32) {
    let signal = status & 0x7F
    self = signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }

  /// What is wrong, as the end of a sentence that begins with the program; nil where nothing is.
  var problem: String? {
    switch self {
    case .exited(0): nil
    case .exited(let status): "ended with status \(status)"
    case .signalled(let signal): "was ended by signal \(signal) (\(String(cString: strsignal(signal))))"
    case .notStarted(let errno): "was not started: \(String(cString: strerror(errno)))"
    }
  }
}
