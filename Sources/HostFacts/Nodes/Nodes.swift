import CNuma
package import Documents
import Glibc

/// The NUMA nodes of this machine, with the CPUs that this process may use.
package enum Nodes {
  /// The nodes that have memory or CPUs, ascending, each with the CPUs that the calling thread may run on.
  ///
  /// A node whose CPUs are all outside the thread's affinity has an empty list; so does a memory-only node. On a kernel
  /// without NUMA there is one node, number 0, with every allowed CPU. Call it before pinning the thread.
  package static func available() -> [HostNode] {
    let allowed = Affinity.allowedCPUs()
    guard NUMA.isAvailable else {
      return [HostNode(id: 0, cpus: allowed, memoryBytes: physicalMemory(), distances: [10])]
    }
    let ids = (0...max(0, Int(numa_max_node()))).filter { cnuma_node_exists(UInt32($0)) }
    let usable = ids.filter { memory(of: $0) > 0 || !cpus(of: $0).isEmpty }
    return usable.map { id in
      HostNode(
        id: id, cpus: allowed.filter(cpus(of: id).contains), memoryBytes: memory(of: id),
        distances: usable.map { Int(numa_distance(Int32(id), Int32($0))) })
    }
  }

  /// Every online CPU of a node, whoever may use it.
  private static func cpus(of node: Int) -> Set<Int> {
    guard let mask = numa_allocate_cpumask() else { return [] }
    defer { numa_free_cpumask(mask) }
    guard numa_node_to_cpus(Int32(node), mask) == 0 else { return [] }
    return Set((0..<Int(mask.pointee.size)).filter { numa_bitmask_isbitset(mask, UInt32($0)) == 1 })
  }

  /// The bytes of memory of a node; 0 for a node with CPUs only.
  private static func memory(of node: Int) -> Int {
    max(0, Int(numa_node_size64(Int32(node), nil)))
  }

  private static func physicalMemory() -> Int {
    max(0, sysconf(Int32(_SC_PHYS_PAGES))) * MappedMemory.pageSize
  }
}
