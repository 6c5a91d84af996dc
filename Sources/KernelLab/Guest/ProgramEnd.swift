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
  /// The kernel did not start it. The number is the errno.
  case notStarted(Int32)

  /// Decodes the status that `wait(2)` reports for a process that ended.
  init(waitStatus status: Int32) {
    let signal = status & 0x7F
    self = signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }

  /// The problem, as the end of a sentence that begins with the program's name; nil for status 0.
  var problem: String? {
    switch self {
    case .exited(0): nil
    case .exited(let status): "ended with status \(status)"
    case .signalled(let signal): "was ended by signal \(signal) (\(String(cString: strsignal(signal))))"
    case .notStarted(let errno): "was not started: \(String(cString: strerror(errno)))"
    }
  }
}
