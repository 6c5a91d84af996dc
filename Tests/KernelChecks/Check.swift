import Base
import Glibc

/// Something that a kernel with kernel-managed rings has to get right.
struct Check: Sendable {
  var name: String
  var run: @Sendable () throws -> Void

  init(_ name: String, _ run: @escaping @Sendable () throws -> Void) {
    self.name = name
    self.run = run
  }
}

/// Why a check failed.
struct CheckFailure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

/// Thrown by a check that needs something the machine lacks, such as a second node. The check counts as not run.
struct CheckNotPossible: Error {
  var reason: String
}

func expect<Value: Equatable>(_ what: @autoclosure () -> String, _ seen: Value, _ expected: Value) throws {
  guard seen == expected else { throw CheckFailure("\(what()): expected \(expected), seen \(seen)") }
}

func require(_ holds: Bool, _ what: @autoclosure () -> String) throws {
  guard holds else { throw CheckFailure(what()) }
}

/// A result of io_uring: 0 and up, or a negated errno.
struct Outcome: Equatable, CustomStringConvertible {
  var value: Int32

  init(_ value: Int32) { self.value = value }

  /// The outcome with an errno, which is positive as in the C library.
  static func failure(_ errno: Int32) -> Outcome { Outcome(-errno) }

  static let success = Outcome(0)

  var description: String { value < 0 ? errnoName(-value) : "\(value)" }
}

/// Writes a line at once, so that a crash can't lose it.
func say(_ line: String, to descriptor: Int32 = STDOUT_FILENO) {
  let bytes = Array((line + "\n").utf8)
  _ = write(descriptor, bytes, bytes.count)
}
