import Glibc

/// Why a command could not do its job: one line for people, and an exit status.
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

  /// The new side of a comparison can do nothing of what the baseline can.
  package static func lost(_ message: String, console: [String] = []) -> RingbenchError {
    RingbenchError(status: .worse, message: message, console: console)
  }

  /// A file that can't be written, with the errno of the failed call.
  package static func failed(writing path: String, errno code: Int32) -> RingbenchError {
    failed("\(path): can't be written: \(String(cString: strerror(code)))")
  }

  /// The same error with `what` before its message.
  package func about(_ what: String) -> RingbenchError {
    RingbenchError(status: status, message: "\(what): \(message)", console: console)
  }

  /// The same error as bad input, with the option before its message.
  package func asBadInput(_ option: String) -> RingbenchError { .badInput("\(option): \(message)") }
}
