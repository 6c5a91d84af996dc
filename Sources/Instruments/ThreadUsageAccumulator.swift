/// Sums what a thread used in timed regions only.
package struct ThreadUsageAccumulator: Sendable {
  package private(set) var total = ThreadUsage()

  package init() {}

  /// Adds what was used between two snapshots of the same thread.
  ///
  /// A counter that went back adds nothing: before Linux 4.2, one of the two times could go back.
  package mutating func add(from start: ThreadUsage, to end: ThreadUsage) {
    total.userNs &+= Self.difference(start.userNs, end.userNs)
    total.systemNs &+= Self.difference(start.systemNs, end.systemNs)
    total.contextSwitches &+= Self.difference(start.contextSwitches, end.contextSwitches)
  }

  private static func difference(_ start: UInt64, _ end: UInt64) -> UInt64 {
    end > start ? end &- start : 0
  }
}
