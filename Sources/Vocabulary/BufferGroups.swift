/// Which connections share a buffer group. The raw values are those of the axis `groups`.
package enum BufferGroups: Int, CaseIterable, Sendable {
  /// All connections take their buffers from one group.
  case shared
  /// Each connection has a group of its own.
  case perConnection

  static let words = ["shared", "per-connection"]
}
