package import Base

/// The outcome of a cell.
package enum CellStatus: String, Codable, Sendable {
  case ok
  /// This kernel, file system or combination does not offer it: a result, with its reason.
  case unsupported
  /// It should have worked and did not: wrong data, a crash, an unexpected errno.
  case failed
}

/// How far a cell got.
package enum Stage: String, Codable, Sendable {
  case setup, register, mmap, provide, receive, verify, spawn, timeout
}

/// Why a cell has no numbers. A failed set-up throws it.
package struct Reason: Error, Codable, Hashable, Sendable {
  package var stage: Stage
  /// The symbolic name, such as `EINVAL`; null where no system call failed.
  @Nullable package var errno: String?
  /// One sentence: what was wrong and, where it is known, what would be right.
  package var message: String

  package init(stage: Stage, errno: String? = nil, message: String) {
    self.stage = stage
    self.errno = errno
    self.message = message
  }

  /// A system call failed.
  ///
  /// - Parameter advice: what would be right, where it is known.
  package init(_ stage: Stage, _ error: SystemError, _ advice: String = "") {
    self.init(
      stage: stage, errno: error.name, message: advice.isEmpty ? error.description : "\(error.description): \(advice)")
  }
}
