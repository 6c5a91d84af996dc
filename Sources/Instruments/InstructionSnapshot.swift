/// What the kernel writes when a counter is read, in this order (`perf_event_open(2)`, "Reading results").
package struct InstructionSnapshot: Hashable, Sendable {
  package var instructions: UInt64 = 0
  /// Nanoseconds that the counter was wanted.
  package var enabledNs: UInt64 = 0
  /// Nanoseconds that it really counted: less when the hardware's counters were shared out in turn.
  package var runningNs: UInt64 = 0
}
