/// A number of a trial.
///
/// Everything about a metric is declared here; `Latency` has the values of those of latency. JSON keys, CSV columns, summaries and comparisons follow from it, in
/// this order. The raw value is the column in CSV and the key in a summary.
package enum Metric: String, CaseIterable, Hashable, Sendable {
  /// Messages received in timed rounds.
  case operations
  case bytes
  /// Time spent in timed regions.
  case elapsedNs = "elapsed_ns"
  /// `drain` and `armed`: the median over undisturbed rounds; `pingpong`: the median over round trips; `stream` and `paced`:
  /// elapsed time over operations. The rates are its reciprocal. All three are null where the clock counts instructions.
  case nsPerOperation = "ns_per_operation"
  case operationsPerSecond = "operations_per_second"
  case bytesPerSecond = "bytes_per_second"
  /// The receiving thread's CPU time in timed regions.
  case cpuNsPerOperation = "cpu_ns_per_operation"
  /// The parts of that in user space and in the kernel; null where the kernel accounts for them by ticks.
  case cpuUserNsPerOperation = "cpu_user_ns_per_operation"
  case cpuSystemNsPerOperation = "cpu_system_ns_per_operation"
  /// Calls of `io_uring_enter(2)`; for mode `syscall` all system calls of the worker in timed regions.
  case entersPerOperation = "enters_per_operation"
  case sqesPerOperation = "sqes_per_operation"
  case cqesPerOperation = "cqes_per_operation"
  case buffersRecycled = "buffers_recycled"
  /// Completions with `ENOBUFS`.
  case outOfBuffers = "out_of_buffers"
  /// Voluntary and involuntary switches of the worker in timed regions.
  case contextSwitches = "context_switches"
  /// The part of the worker's CPU time that the hypervisor took away during the trial, 0...1.
  case stealFraction = "steal_fraction"
  /// Nanoseconds of the syscall probe on the worker's core during the trial. A trial that is slow here ran on a
  /// disturbed core, whatever it measured.
  case syscallNs = "syscall_ns"
  /// Nanoseconds of a step in a fixed chain of arithmetic on the worker's core during the trial. It shows the core's
  /// clock, which neither the kernel nor the mode affects. Null where it was not measured.
  case computeNs = "compute_ns"
  /// How many rounds began on an undisturbed core. `ns_per_operation` is the median over these. Null for patterns
  /// without such rounds.
  case undisturbedRounds = "undisturbed_rounds"
  /// From hardware counters, or from the clock of a virtual machine whose time is instructions; null elsewhere, never an
  /// estimate.
  case instructionsPerOperation = "instructions_per_operation"
  /// The same without the steps of string moves (`rep movs`, `rep stos`), and the bytes that these wrote. An emulator takes an
  /// instruction for each element, which a processor doesn't: only without them are sizes of messages comparable. From the
  /// profiler in a deterministic virtual machine; null elsewhere.
  case instructionsWithoutStrings = "instructions_without_string_moves_per_operation"
  case stringBytesPerOperation = "string_bytes_per_operation"
  /// The CPU that the worker was on when it was done.
  case cpu
  /// The CPU that the worker was pinned to; null where that is not known.
  case plannedCPU = "planned_cpu"
  /// How often that CPU was slowed by heat during the trial; null where the kernel doesn't show it.
  case throttleEvents = "throttle_events"
  /// The CPU that the sender or peer ran on; null where the worker is its own sender.
  case peerCPU = "peer_cpu"
  /// Nanoseconds of each step of set-up and tear-down; 0 where a mode has no such step. Mode `syscall` registers its
  /// connections with epoll.
  case setupRegister = "setup_ns_register"
  case setupMmap = "setup_ns_mmap"
  case setupProvide = "setup_ns_provide"
  case setupUnregister = "setup_ns_unregister"
  /// From the spawn by the driver to the first timed operation; null when the executable was started by hand.
  case startToFirstOperation = "setup_ns_start_to_first_operation"
  case bufferBytes = "memory_buffer_bytes"
  case ringBytes = "memory_ring_bytes"
  /// What the kernel counts as locked or pinned for the process because of the mode.
  case lockedBytes = "memory_locked_bytes"
  /// By how much the kernel's slabs grew when the mode was set up, for `syscall` the epoll instance, in whole slabs, whoever else used them meanwhile; null
  /// where this process may not see them.
  case kernelBytes = "memory_kernel_bytes"
  /// `armed` only: the same from before the first receive to when every connection had one that waits.
  case waitingBytes = "memory_waiting_bytes"
  case latencyMin = "latency_ns_min"
  case latencyP50 = "latency_ns_p50"
  case latencyP90 = "latency_ns_p90"
  case latencyP99 = "latency_ns_p99"
  case latencyP999 = "latency_ns_p99_9"
  case latencyMax = "latency_ns_max"
  case latencyCount = "latency_ns_count"
  /// `armed` only: what a message costs its sender more than one that nobody waits for, in nanoseconds, or in
  /// instructions where the clock counts them.
  case wakeNsPerOperation = "wake_ns_per_operation"
  case wakeInstructionsPerOperation = "wake_instructions_per_operation"
  /// How long worker and sender were ready to run and had no CPU during the trial, in nanoseconds; null where the kernel
  /// doesn't say, and where the worker is its own sender.
  case cpuWaitNs = "cpu_wait_ns"
  /// How evenly the connections are served, in rounds that are not timed: Jain's index of the bytes that each has received
  /// when half of a round has, from 1 over the number of hot connections to 1. Null with one hot connection.
  case jainIndex = "jain_index"
  /// The most messages of other connections that come between two of one connection, in the same rounds.
  case longestWait = "longest_wait_messages"

  private var facts: MetricFacts {
    switch self {
    case .operations, .bytes, .elapsedNs, .buffersRecycled, .contextSwitches, .cpu: MetricFacts(.whole)
    case .nsPerOperation: MetricFacts(.decimal, isNullable: true, better: .smaller, ranks: [.drain, .armed])
    case .operationsPerSecond: MetricFacts(.decimal, isNullable: true, better: .larger, ranks: [.stream])
    case .bytesPerSecond: MetricFacts(.decimal, isNullable: true, better: .larger)
    case .entersPerOperation, .sqesPerOperation, .cqesPerOperation: MetricFacts(.decimal, better: .smaller)
    case .cpuNsPerOperation:
      MetricFacts(.decimal, isNullable: true, better: .smaller, ranks: [.stream, .pingpong, .paced])
    case .cpuUserNsPerOperation, .cpuSystemNsPerOperation:
      MetricFacts(.decimal, isNullable: true, better: .smaller)
    case .outOfBuffers: MetricFacts(.whole, better: .smaller)
    case .jainIndex: MetricFacts(.decimal, isNullable: true, better: .larger)
    case .longestWait: MetricFacts(.whole, isNullable: true, better: .smaller)
    case .wakeNsPerOperation, .wakeInstructionsPerOperation:
      MetricFacts(.decimal, isNullable: true, better: .smaller)
    case .instructionsPerOperation, .instructionsWithoutStrings, .stringBytesPerOperation:
      MetricFacts(.decimal, isNullable: true, better: .smaller)
    case .stealFraction, .syscallNs: MetricFacts(.decimal)
    case .computeNs: MetricFacts(.decimal, isNullable: true)
    case .undisturbedRounds, .plannedCPU, .throttleEvents, .peerCPU, .cpuWaitNs: MetricFacts(.whole, isNullable: true)
    case .setupRegister, .setupMmap, .setupProvide, .setupUnregister: MetricFacts(.whole, in: .setup)
    case .startToFirstOperation: MetricFacts(.whole, in: .setup, isNullable: true)
    case .bufferBytes, .ringBytes, .lockedBytes: MetricFacts(.whole, in: .memory)
    case .kernelBytes, .waitingBytes: MetricFacts(.whole, in: .memory, isNullable: true)
    case .latencyMin, .latencyMax, .latencyCount: MetricFacts(.whole, in: .latency)
    case .latencyP50: MetricFacts(percentile: 50, isCompared: true, ranks: [.paced])
    case .latencyP90: MetricFacts(percentile: 90)
    case .latencyP99: MetricFacts(percentile: 99, isCompared: true, ranks: [.paced])
    case .latencyP999: MetricFacts(percentile: 99.9)
    }
  }
}

/// The properties of a metric.
private struct MetricFacts {
  var kind: Metric.Kind
  var object: Metric.Object?
  var isNullable: Bool
  var better: Metric.Better?
  var percentile: Double?
  var isCompared: Bool
  var ranks: [Pattern]

  /// - Parameter better: The better side; nil for a metric that is neither summarised nor compared.
  init(
    _ kind: Metric.Kind, in object: Metric.Object? = nil, isNullable: Bool = false, better: Metric.Better? = nil,
    ranks: [Pattern] = []
  ) {
    (self.kind, self.object, self.isNullable) = (kind, object, isNullable)
    (self.better, self.ranks) = (better, ranks)
    isCompared = better != nil
  }

  /// A percentile of a latency.
  init(percentile: Double, isCompared: Bool = false, ranks: [Pattern] = []) {
    (kind, object, isNullable, better) = (.whole, .latency, false, .smaller)
    (self.percentile, self.isCompared, self.ranks) = (percentile, isCompared, ranks)
  }
}

extension Metric {
  package enum Kind: Hashable, Sendable {
    case whole, decimal
  }

  /// An object inside a trial that groups numbers. The raw value is its JSON key.
  package enum Object: String, CaseIterable, Hashable, Sendable {
    case setup = "setup_ns"
    case memory
    case latency = "latency_ns"
  }

  package enum Better: Hashable, Sendable {
    case smaller, larger
  }

  package var kind: Kind { facts.kind }
  package var object: Object? { facts.object }

  /// Whether a trial may lack the metric or its object.
  package var isNullable: Bool { facts.isNullable || facts.object == .latency }

  package var isLargerBetter: Bool { facts.better == .larger }

  /// For a percentile of latency, 0...100.
  package var percentile: Double? { facts.percentile }

  /// The JSON key, inside the metric's object if it has one.
  package var key: String {
    object.map { String(rawValue.dropFirst($0.rawValue.count + 1)) } ?? rawValue
  }

  /// The place among all metrics.
  package var index: Int { Self.indices[self] ?? 0 }

  private static let indices = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

  /// What a summary holds as medians over trials. Percentiles of latency come from merged counts instead.
  package static let summarised = allCases.filter { $0.facts.better != nil && $0.percentile == nil }

  /// The percentiles that a summary holds.
  package static let percentiles = allCases.filter { $0.percentile != nil }

  /// Everything that is compared. For a latency, the sample is the percentile of each trial.
  package static let compared = allCases.filter(\.facts.isCompared)

  /// The machine's speed, free of the code under test: the syscall probe and a chain of arithmetic.
  package static let controls: [Metric] = [.syscallNs, .computeNs]

  /// The metric by which people choose among cells with this pattern, where the clock counts time.
  package static func cost(_ pattern: Pattern) -> Metric {
    switch pattern {
    case .drain, .armed: .nsPerOperation
    // A receiver that waits for its sender, or for a scheduler, shows in the elapsed time nothing of what it costs.
    case .stream, .pingpong: .cpuNsPerOperation
    case .paced: .latencyP50
    }
  }

  /// The metrics that decide a cell with this pattern. Where the clock counts instructions, it is always these. In
  /// `stream`, throughput decides only where the receiver was busy (`Busy`).
  package static func ranking(_ pattern: Pattern, byInstructions: Bool) -> [Metric] {
    byInstructions ? [.instructionsPerOperation] : allCases.filter { $0.facts.ranks.contains(pattern) }
  }
}
