package import Base

/// The machine and kernel that a run was taken on.
package struct Host: Codable, Hashable, Sendable {
  package var kernelRelease: String
  package var kernelVersion: String
  package var kernelCommandLine: String
  /// The hardware name of `uname(2)`, such as `x86_64`.
  package var machine: String
  package var cpuModel: String
  package var cpus: Int
  /// The hypervisor, such as `kvm`; `none` on bare metal.
  package var virtualization: String
  /// Whether one virtual nanosecond is one instruction, and the same run gives the same digits.
  package var deterministic: Bool
  /// What the clocks count. Null in documents of versions that did not record it.
  @Nullable package var clockUnit: ClockUnit?
  package var clockSource: String
  /// The kernel's own words, by vulnerability.
  package var mitigations: [String: String]
  package var transparentHugepage: String
  /// The soft `RLIMIT_MEMLOCK`; null when unlimited.
  @Nullable package var memlockBytes: Int?
  package var liburingVersion: String
  /// Names a kernel whose kernel-managed rings are an extension of its own; null everywhere else.
  @Nullable package var kernelManagedExtension: String?
  /// Known faults of receives that this kernel has. Null in documents of versions that did not look for them.
  @Nullable package var knownFaults: [KernelFault]?
  package var nodes: [HostNode]

  package init(
    kernelRelease: String, kernelVersion: String, kernelCommandLine: String, machine: String, cpuModel: String,
    cpus: Int, virtualization: String, deterministic: Bool, clockUnit: ClockUnit?, clockSource: String,
    mitigations: [String: String],
    transparentHugepage: String, memlockBytes: Int?, liburingVersion: String, kernelManagedExtension: String?,
    knownFaults: [KernelFault]?, nodes: [HostNode]
  ) {
    self.kernelRelease = kernelRelease
    self.kernelVersion = kernelVersion
    self.kernelCommandLine = kernelCommandLine
    self.machine = machine
    self.cpuModel = cpuModel
    self.cpus = cpus
    self.virtualization = virtualization
    self.deterministic = deterministic
    self.clockUnit = clockUnit
    self.clockSource = clockSource
    self.mitigations = mitigations
    self.transparentHugepage = transparentHugepage
    self.memlockBytes = memlockBytes
    self.liburingVersion = liburingVersion
    self.kernelManagedExtension = kernelManagedExtension
    self.knownFaults = knownFaults
    self.nodes = nodes
  }

  package enum CodingKeys: String, CodingKey {
    case machine, cpus, virtualization, deterministic, mitigations, nodes
    case kernelRelease = "kernel_release"
    case kernelVersion = "kernel_version"
    case kernelCommandLine = "kernel_command_line"
    case cpuModel = "cpu_model"
    case clockSource = "clock_source"
    case clockUnit = "clock_unit"
    case transparentHugepage = "transparent_hugepage"
    case memlockBytes = "memlock_bytes"
    case liburingVersion = "liburing_version"
    case kernelManagedExtension = "kernel_managed_extension"
    case knownFaults = "known_faults"
  }
}

/// A fault of a kernel that has a name.
package struct KernelFault: Codable, Hashable, Sendable {
  package var name: String
  /// What goes wrong.
  package var summary: String
  /// The commit that mends it and the releases that have it; null while nothing does.
  @Nullable package var fix: String?

  package init(name: String, summary: String, fix: String?) {
    self.name = name
    self.summary = summary
    self.fix = fix
  }
}

/// What the clocks of a machine count.
package enum ClockUnit: String, Codable, Sendable {
  case nanoseconds
  /// QEMU's translator counts an instruction as a nanosecond.
  case instructions
}

extension Host {
  /// Whether what stands in nanoseconds is really instructions of an emulator.
  package var countsInstructions: Bool { deterministic || clockUnit == .instructions }
}

/// One NUMA node of a host.
package struct HostNode: Codable, Hashable, Sendable {
  package var id: Int
  package var cpus: [Int]
  package var memoryBytes: Int
  /// The relative distance to every node, in the order of the nodes; 10 is local.
  package var distances: [Int]

  package init(id: Int, cpus: [Int], memoryBytes: Int, distances: [Int]) {
    self.id = id
    self.cpus = cpus
    self.memoryBytes = memoryBytes
    self.distances = distances
  }

  package enum CodingKeys: String, CodingKey {
    case id, cpus, distances
    case memoryBytes = "memory_bytes"
  }
}
