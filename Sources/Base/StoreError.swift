import Glibc

/// A run's folder or file that can't be made, written or read. The message names it and says what is wrong.
package struct StoreError: Error, Hashable, Sendable {
  package let message: String

  package init(_ message: String) { self.message = message }

  package init(writing path: String, errno code: Int32) {
    self.init("\(path): can't be written: \(String(cString: strerror(code)))")
  }
}
