package import Base
import Documents

/// The virtual machine that the user asked for.
package struct MachineOptions: Sendable {
  package var nodes = 1
  /// Nil for one CPU for each node.
  package var cpus: Int?
  /// Bytes of all nodes together; nil for 512 MiB for each node.
  package var memory: Int?
  /// The distance from a node to every other one; a node's distance to itself is 10.
  package var distance = 20
  package var accelerator = AcceleratorChoice.auto
  package var isDeterministic = false
  /// Seconds until the machine is stopped.
  package var timeout = 300.0
  /// Added to the kernel's command line.
  package var kernelParameters: [String] = []
  /// A raw image that the guest sees as a virtio disk; nil for none. The guest's writes are discarded.
  package var disk: Disk?

  package struct Disk: Sendable {
    package var path: String
    /// The most reads and writes in a second; nil for no limit.
    package var operationsPerSecond: Int?

    package init(path: String, operationsPerSecond: Int?) {
      self.path = path
      self.operationsPerSecond = operationsPerSecond
    }
  }

  package init() {}

  var cpuCount: Int { cpus ?? nodes }
  var megabytes: Int { (memory ?? nodes << 29) >> 20 }

  /// - Throws: `badInput` when no such machine is possible.
  package func check() throws(RingbenchError) {
    guard (1...64).contains(nodes) else {
      throw RingbenchError.badInput("--nodes: \(nodes) nodes: 1 to 64 are possible")
    }
    guard (nodes...255).contains(cpuCount) else {
      throw RingbenchError.badInput(
        "--cpus: \(cpuCount) CPUs for \(nodes) nodes: at least one for each, and at most 255, are needed")
    }
    guard megabytes >= 16 * nodes else {
      throw RingbenchError.badInput(
        "--memory: \(megabytes) MiB for \(nodes) nodes: at least 16 MiB for each are needed")
    }
    guard (11...254).contains(distance) else {
      throw RingbenchError.badInput(
        "--distance: \(distance): 11 to 254 are possible, and 10 is a node's distance to itself")
    }
    if let disk, !Files.exists(disk.path) {
      throw RingbenchError.badInput("--disk \(disk.path): no such file: a raw image is needed")
    }
    if isDeterministic { try checkDeterministic() }
  }

  private func checkDeterministic() throws(RingbenchError) {
    guard nodes == 1, cpuCount == 1 else {
      throw RingbenchError.badInput(
        "--deterministic: has one CPU on one node, because several CPUs run in a different order each time")
    }
    guard accelerator != .kvm else {
      throw RingbenchError.badInput(
        "--deterministic: counts instructions, which only QEMU's tcg can do, not kvm: leave --accel out")
    }
  }

  /// The nodes as the guest will see them.
  var hostNodes: [HostNode] {
    (0..<nodes).map { node in
      HostNode(
        id: node, cpus: Array(cpus(of: node)), memoryBytes: megabytes / nodes << 20,
        distances: (0..<nodes).map { $0 == node ? 10 : distance })
    }
  }

  /// The CPUs of a node. They are split as evenly as possible, and the first nodes get those that are left over.
  func cpus(of node: Int) -> Range<Int> {
    let (share, rest) = cpuCount.quotientAndRemainder(dividingBy: nodes)
    let first = node * share + min(node, rest)
    return first..<(first + share + (node < rest ? 1 : 0))
  }
}

/// `--accel`.
package enum AcceleratorChoice: String, CaseIterable, Hashable, Sendable {
  case auto, kvm, tcg
}
