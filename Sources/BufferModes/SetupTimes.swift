/// Nanoseconds that setting up and tearing down took; 0 where a mode has no such step.
@usableFromInline
package struct SetupTimes: Hashable, Sendable {
  package var register: UInt64 = 0
  package var mmap: UInt64 = 0
  package var provide: UInt64 = 0
  package var unregister: UInt64 = 0

  package init() {}

  /// Adds the times of another group.
  package mutating func add(_ other: SetupTimes) {
    register += other.register
    mmap += other.mmap
    provide += other.provide
    unregister += other.unregister
  }
}
