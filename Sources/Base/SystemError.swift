import CLinux
import Glibc

/// A system call that failed.
package struct SystemError: Error, Hashable, Sendable {
  /// The call's name without parentheses, such as `mmap`.
  package let call: String
  package let errno: Int32

  package init(call: String, errno: Int32) {
    self.call = call
    self.errno = errno
  }

  /// The error's symbol, such as `EINVAL`.
  package var name: String { errnoName(errno) }

  /// The C library's sentence for the error, such as `Invalid argument`.
  package var message: String { strerror(errno).map { String(cString: $0) } ?? name }
}

extension SystemError: CustomStringConvertible {
  package var description: String { "\(call): \(name) (\(message))" }
}

/// The symbol of an error number, such as `EINVAL` (`strerrorname_np(3)`); the number in decimal when it has none.
package func errnoName(_ errno: Int32) -> String {
  clinux_errno_name(errno).map { String(cString: $0) } ?? String(errno)
}
