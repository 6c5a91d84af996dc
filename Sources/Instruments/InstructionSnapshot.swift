/// What the kernel writes when a counter is read, in this order (`perf_event_open(2)`, "Reading results").
package struct InstructionSnapshot: Hashable, Sendable {
  package var instructions: UInt64 = 0
  /// Nanoseconds for which the counter was enabled.
  package var enabledNs: UInt64 = 0
  /// Nanoseconds for which it really counted: fewer when the hardware's counters were shared in turn.
  package var runningNs: UInt64 = 0
}
