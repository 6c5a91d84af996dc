package import Base
package import Uring
package import Vocabulary

/// Why a mode, a transport or a ring could not be set up: what a cell reports instead of numbers.
@usableFromInline
package struct SetupFailure: Error, Hashable, Sendable {
  package var stage: Stage
  /// The positive errno, where a system call said no.
  package var errno: Int32?
  /// One sentence saying what was wrong and, where it is known, what would be right.
  package var message: String

  package init(stage: Stage, errno: Int32?, message: String) {
    self.stage = stage
    self.errno = errno
    self.message = message
  }

  package init(_ stage: Stage, _ error: RingError, _ advice: String = "") {
    self.init(stage: stage, errno: error.errno, message: Self.sentence(error.call, error.errno, advice))
  }

  package init(_ stage: Stage, _ error: SystemError, _ advice: String = "") {
    self.init(stage: stage, errno: error.errno, message: Self.sentence(error.call, error.errno, advice))
  }

  /// The reason in the form of the results.
  package var reason: Reason {
    Reason(stage: stage, errno: errno.map(errnoName), message: message)
  }

  private static func sentence(_ call: String, _ errno: Int32, _ advice: String) -> String {
    let said = SystemError(call: call, errno: errno).description
    return advice.isEmpty ? said : "\(said): \(advice)"
  }
}
