/// Who reads the exit status: `--status`.
package enum StatusStyle: String, CaseIterable, Sendable {
  /// The statuses of `ExitStatus`.
  case plain
  /// `git bisect run`: 0 is good, 1 bad, 125 can't be told, and 128 ends the bisection.
  case bisect
  /// The kernel's selftests: 0 passed, 1 failed, 4 skipped.
  case kselftest

  /// The number to exit with.
  ///
  /// - Parameter isUndecided: nothing got worse, and of some cells nobody knows. That is never good in a bisection.
  package func code(_ status: ExitStatus, isUndecided: Bool = false) -> Int32 {
    switch (self, status) {
    case (.plain, _): status.rawValue
    case (_, .interrupted): status.rawValue
    case (_, .worse): 1
    case (.bisect, .badInput): 128
    case (.kselftest, .badInput): 1
    case (_, .done) where !isUndecided: 0
    case (.bisect, _): 125
    case (.kselftest, _): 4
    }
  }
}

/// How a command ended that did its work: the status, without a message.
package struct CommandEnd: Error, Sendable {
  package let status: ExitStatus
  package let isUndecided: Bool

  package init(_ status: ExitStatus, isUndecided: Bool = false) {
    (self.status, self.isUndecided) = (status, isUndecided)
  }
}
