import Vocabulary

extension CSVColumn {
  /// All columns, from what is known before a run to what was measured.
  ///
  /// A name is the JSON key; where a number lies in an inner object, the key of the object stands before it.
  static let all = run + cell + outcome + trial + counters + setup + memory + latency

  static let run = [
    text("suite") { $0.document.suite }, text("started") { $0.document.started },
    text("kernel_release") { $0.document.host.kernelRelease },
  ]

  static let cell = [
    text("id") { $0.result.cell.id }, text("workload") { $0.result.cell.workload.rawValue },
    text("transport") { $0.result.cell.transport.rawValue }, text("mode") { $0.result.cell.mode.rawValue },
    text("operation") { $0.result.cell.operation.rawValue }, text("pattern") { $0.result.cell.pattern.rawValue },
    number("message_size", \.messageSize), number("buffer_size", \.bufferSize), number("buffers", \.buffers),
    number("batch", \.batch), number("connections", \.connections), number("rate", \.rate),
    number("cpu_node", \.cpuNode), number("memory_node", \.memoryNode),
    text("implementation") { $0.result.cell.implementation.rawValue },
  ]

  static let outcome = [
    text("status") { $0.result.status.rawValue }, text("reason_stage") { $0.result.reason?.stage.rawValue },
    text("reason_errno") { $0.result.reason?.errno }, text("reason_message") { $0.result.reason?.message },
    CSVColumn(name: "placement_buffers_pages") { CSVField.pages($0.result.placement.buffers) },
    CSVColumn(name: "placement_ring_pages") { CSVField.pages($0.result.placement.ring) },
  ]

  static let trial = [
    CSVColumn(name: "index") { CSVField.optional($0.trial?.index) },
    CSVColumn(name: "order") { CSVField.optional($0.trial?.order) },
    text("disturbed") { $0.trial?.disturbed },
    measured("operations", \.operations), measured("bytes", \.bytes), measured("elapsed_ns", \.elapsedNs),
    measured("ns_per_operation", \.nsPerOperation), measured("operations_per_second", \.operationsPerSecond),
    measured("bytes_per_second", \.bytesPerSecond),
  ]

  static let counters = [
    measured("cpu_user_ns_per_operation", \.cpuUserNsPerOperation),
    measured("cpu_system_ns_per_operation", \.cpuSystemNsPerOperation),
    measured("enters_per_operation", \.entersPerOperation), measured("sqes_per_operation", \.sqesPerOperation),
    measured("cqes_per_operation", \.cqesPerOperation), measured("buffers_recycled", \.buffersRecycled),
    measured("out_of_buffers", \.outOfBuffers), measured("context_switches", \.contextSwitches),
    measured("steal_fraction", \.stealFraction), measured("syscall_ns", \.systemCallNs),
    measured("compute_ns", \.computeNs), measured("undisturbed_rounds", \.undisturbedRounds),
    measured("instructions_per_operation", \.instructionsPerOperation),
    text("ring_flags") { $0.trial?.measurements.ringFlags.joined(separator: " ") },
    measured("cpu", \.cpu), measured("planned_cpu", \.plannedCpu),
    measured("throttle_events", \.throttleEvents), measured("peer_cpu", \.peerCpu),
  ]

  static let setup = [
    measured("setup_ns_register", \.setup.register), measured("setup_ns_mmap", \.setup.mmap),
    measured("setup_ns_provide", \.setup.provide), measured("setup_ns_unregister", \.setup.unregister),
    measured("setup_ns_start_to_first_operation", \.setup.startToFirstOperation),
  ]

  static let memory = [
    measured("memory_buffer_bytes", \.memory.bufferBytes), measured("memory_ring_bytes", \.memory.ringBytes),
    measured("memory_locked_bytes", \.memory.lockedBytes),
  ]

  static let latency = [
    measured("latency_ns_min", \.latency?.min), measured("latency_ns_p50", \.latency?.p50),
    measured("latency_ns_p90", \.latency?.p90), measured("latency_ns_p99", \.latency?.p99),
    measured("latency_ns_p99_9", \.latency?.p999), measured("latency_ns_max", \.latency?.max),
    measured("latency_ns_count", \.latency?.count),
  ]
}
