package import Base

/// What one process measured of one cell once. Units are in the names of the JSON keys.
package struct Measurements: Codable, Hashable, Sendable {
  /// Messages received in timed rounds.
  package var operations: Int
  package var bytes: Int
  /// Time spent in timed regions.
  package var elapsedNs: UInt64
  /// `drain`: the median over undisturbed rounds; `pingpong`: the median over round trips; `stream` and `paced`: elapsed time over operations.
  package var nsPerOperation: Double
  package var operationsPerSecond: Double
  package var bytesPerSecond: Double
  package var cpuUserNsPerOperation: Double
  package var cpuSystemNsPerOperation: Double
  package var entersPerOperation: Double
  package var sqesPerOperation: Double
  package var cqesPerOperation: Double
  package var buffersRecycled: Int
  /// Completions that said `ENOBUFS`.
  package var outOfBuffers: Int
  /// Voluntary and involuntary switches of the worker in timed regions.
  package var contextSwitches: Int
  /// The part of the worker's CPU time that the hypervisor took away during the trial, 0...1.
  package var stealFraction: Double
  /// Nanoseconds that a system call that does nothing took on the worker's core meanwhile. A trial that is slow here ran
  /// on a disturbed core, whatever it measured.
  package var systemCallNs: Double
  /// Nanoseconds that a step of a fixed chain of arithmetic took on the worker's core meanwhile: its clock, which neither
  /// the kernel nor the mode has a part in. Null where nothing measured it.
  @Nullable package var computeNs: Double?
  /// The rounds that `nsPerOperation` is the median of: those before which the core was at its best. Null for patterns
  /// without such rounds.
  @Nullable package var undisturbedRounds: Int?
  /// From hardware counters or a deterministic virtual machine; null elsewhere, never an estimate.
  @Nullable package var instructionsPerOperation: Double?
  package var setup: SetupTimes
  package var memory: MemoryUse
  @Nullable package var latency: Latency?
  /// The ring flags in force, such as `["SINGLE_ISSUER", "DEFER_TASKRUN"]`.
  package var ringFlags: [String]
  /// The CPU the worker was on when it was done.
  package var cpu: Int
  /// The CPU the worker was tied to; null where nothing said so.
  @Nullable package var plannedCpu: Int?
  /// How often that CPU was slowed because of its heat meanwhile; null where the kernel doesn't show it.
  @Nullable package var throttleEvents: Int?
  /// The CPU the sender or peer ran on; null where the worker is its own sender.
  @Nullable package var peerCpu: Int?

  package enum CodingKeys: String, CodingKey {
    case operations, bytes, memory, cpu
    case elapsedNs = "elapsed_ns"
    case nsPerOperation = "ns_per_operation"
    case operationsPerSecond = "operations_per_second"
    case bytesPerSecond = "bytes_per_second"
    case cpuUserNsPerOperation = "cpu_user_ns_per_operation"
    case cpuSystemNsPerOperation = "cpu_system_ns_per_operation"
    case entersPerOperation = "enters_per_operation"
    case sqesPerOperation = "sqes_per_operation"
    case cqesPerOperation = "cqes_per_operation"
    case buffersRecycled = "buffers_recycled"
    case outOfBuffers = "out_of_buffers"
    case contextSwitches = "context_switches"
    case stealFraction = "steal_fraction"
    case systemCallNs = "syscall_ns"
    case computeNs = "compute_ns"
    case undisturbedRounds = "undisturbed_rounds"
    case instructionsPerOperation = "instructions_per_operation"
    case setup = "setup_ns"
    case latency = "latency_ns"
    case plannedCpu = "planned_cpu"
    case throttleEvents = "throttle_events"
    case ringFlags = "ring_flags"
    case peerCpu = "peer_cpu"
  }

  package init(
    operations: Int, bytes: Int, elapsedNs: UInt64, nsPerOperation: Double, operationsPerSecond: Double,
    bytesPerSecond: Double, cpuUserNsPerOperation: Double, cpuSystemNsPerOperation: Double,
    entersPerOperation: Double, sqesPerOperation: Double, cqesPerOperation: Double, buffersRecycled: Int,
    outOfBuffers: Int, contextSwitches: Int, stealFraction: Double, systemCallNs: Double,
    computeNs: Double?, undisturbedRounds: Int?, instructionsPerOperation: Double?,
    setup: SetupTimes, memory: MemoryUse, latency: Latency?, ringFlags: [String], cpu: Int, plannedCpu: Int?,
    throttleEvents: Int?, peerCpu: Int?
  ) {
    self.operations = operations
    self.bytes = bytes
    self.elapsedNs = elapsedNs
    self.nsPerOperation = nsPerOperation
    self.operationsPerSecond = operationsPerSecond
    self.bytesPerSecond = bytesPerSecond
    self.cpuUserNsPerOperation = cpuUserNsPerOperation
    self.cpuSystemNsPerOperation = cpuSystemNsPerOperation
    self.entersPerOperation = entersPerOperation
    self.sqesPerOperation = sqesPerOperation
    self.cqesPerOperation = cqesPerOperation
    self.buffersRecycled = buffersRecycled
    self.outOfBuffers = outOfBuffers
    self.contextSwitches = contextSwitches
    self.stealFraction = stealFraction
    self.systemCallNs = systemCallNs
    self.computeNs = computeNs
    self.undisturbedRounds = undisturbedRounds
    self.instructionsPerOperation = instructionsPerOperation
    self.setup = setup
    self.memory = memory
    self.latency = latency
    self.ringFlags = ringFlags
    self.cpu = cpu
    self.plannedCpu = plannedCpu
    self.throttleEvents = throttleEvents
    self.peerCpu = peerCpu
  }
}

/// Nanoseconds that setting up and tearing down took; zero where a mode has no such step.
@usableFromInline
package struct SetupTimes: Codable, Hashable, Sendable {
  package var register: UInt64 = 0
  package var mmap: UInt64 = 0
  package var provide: UInt64 = 0
  package var unregister: UInt64 = 0
  /// From the driver's spawn to the first timed operation; null when the executable was started by hand.
  @Nullable package var startToFirstOperation: UInt64?

  package init() {}

  package enum CodingKeys: String, CodingKey {
    case register, mmap, provide, unregister
    case startToFirstOperation = "start_to_first_operation"
  }
}

/// What a mode costs in memory.
package struct MemoryUse: Codable, Hashable, Sendable {
  package var bufferBytes: Int = 0
  package var ringBytes: Int = 0
  /// What the kernel counts as locked or pinned for the process because of the mode.
  package var lockedBytes: Int = 0

  package init() {}

  package enum CodingKeys: String, CodingKey {
    case bufferBytes = "buffer_bytes"
    case ringBytes = "ring_bytes"
    case lockedBytes = "locked_bytes"
  }
}
