import Testing

@testable import Base

/// What `git bisect run` and the kernel's selftests make of a status.
@Suite struct StatusStyleTests {
  private static let all: [Base.ExitStatus] = [
    .done, .worse, .badInput, .failed, .notComparable, .cannotRun, .interrupted,
  ]

  @Test func plainIsTheStatusItself() {
    #expect(Self.all.map { StatusStyle.plain.code($0) } == Self.all.map(\.rawValue))
    #expect(StatusStyle.plain.code(.done, isUndecided: true) == 0)
  }

  /// Only what is known to be no worse is good; bad input ends the bisection, and so does Ctrl-C.
  @Test func inABisectionNothingUnknownIsGood() {
    #expect(Self.all.map { StatusStyle.bisect.code($0) } == [0, 1, 128, 125, 125, 125, 130])
    #expect(StatusStyle.bisect.code(.done, isUndecided: true) == 125)
    #expect(StatusStyle.bisect.code(.worse, isUndecided: true) == 1)
  }

  @Test func aSelftestIsSkippedWhereNothingIsKnown() {
    #expect(Self.all.map { StatusStyle.kselftest.code($0) } == [0, 1, 1, 4, 4, 4, 130])
    #expect(StatusStyle.kselftest.code(.done, isUndecided: true) == 4)
  }
}
