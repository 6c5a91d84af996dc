import CNuma

/// Whether this kernel has NUMA memory policy at all.
enum NUMA {
  /// False on a kernel built without `CONFIG_NUMA`, and where seccomp forbids the policy calls (`numa(3)`).
  ///
  /// The machine then counts as one node, number 0.
  static let isAvailable = numa_available() >= 0
}
