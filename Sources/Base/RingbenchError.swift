import Glibc

/// Why a command ends without what it was asked for: one line for people, and the exit status that goes with it.
package struct RingbenchError: Error, Hashable, Sendable, CustomStringConvertible {
  package let status: ExitStatus
  /// One line: what was wrong, where, and what would be right.
  package var message: String
  /// What the guest's console showed last; empty where there is no guest.
  package var console: [String] = []

  package var description: String { message }

  /// Bad usage or bad input, found before anything was written.
  package static func badInput(_ message: String) -> RingbenchError {
    RingbenchError(status: .badInput, message: message)
  }

  /// Nothing can be measured on this machine. The message has the reason and the remedy.
  package static func cannotRun(_ message: String) -> RingbenchError {
    RingbenchError(status: .cannotRun, message: message)
  }

  /// Something that should have worked did not: a file, a kernel, a virtual machine.
  package static func failed(_ message: String, console: [String] = []) -> RingbenchError {
    RingbenchError(status: .failed, message: message, console: console)
  }

  /// A file that can't be written, with the errno of the call that said so.
  package static func failed(writing path: String, errno code: Int32) -> RingbenchError {
    failed("\(path): can't be written: \(String(cString: strerror(code)))")
  }

  /// The same error, named after what it happened to.
  package func about(_ what: String) -> RingbenchError {
    RingbenchError(status: status, message: "\(what): \(message)", console: console)
  }

  /// The same error as a fault of what the user gave, named after the option.
  package func asBadInput(_ option: String) -> RingbenchError { .badInput("\(option): \(message)") }
}
