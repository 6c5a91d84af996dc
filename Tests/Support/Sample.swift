package import Documents
package import Vocabulary

/// Documents and their parts with made-up numbers.
package enum Sample {
  package static func cell(
    _ transport: Transport = .tcp, _ mode: Mode = .pbuf, _ operation: Operation = .multishot,
    _ pattern: Pattern = .drain, implementation: Implementation = .swift
  ) -> Cell {
    Cell(
      transport: transport, mode: mode, operation: operation, pattern: pattern, cpuNode: 0, memoryNode: 0,
      implementation: implementation)
  }

  package static func measurements(
    ns: Double = 600, latency: Latency? = nil, steal: Double = 0, syscallNs: Double = 0.25,
    computeNs: Double? = 1.25
  ) -> Measurements {
    let numbers: [Metric: Double?] = [
      .operations: 19_200, .bytes: 1_228_800, .elapsedNs: (ns * 19_200).rounded(.down), .nsPerOperation: ns,
      .operationsPerSecond: 1e9 / ns, .bytesPerSecond: 64e9 / ns, .cpuNsPerOperation: 580.5,
      .cpuUserNsPerOperation: 100.5,
      .cpuSystemNsPerOperation: 480, .entersPerOperation: 0.015625, .sqesPerOperation: 1, .cqesPerOperation: 1,
      .buffersRecycled: 19_200, .outOfBuffers: 0, .contextSwitches: 2, .stealFraction: steal, .syscallNs: syscallNs,
      .computeNs: computeNs, .undisturbedRounds: 300, .cpu: 0, .plannedCPU: 0, .setupRegister: 1500, .setupMmap: 0,
      .setupProvide: 0, .setupUnregister: 0, .startToFirstOperation: 9_000_000, .bufferBytes: 1_048_576,
      .ringBytes: 4096, .lockedBytes: 0,
    ]
    var measurements = Measurements()
    for (metric, value) in numbers { measurements[metric] = value }
    measurements.latency = latency
    measurements.ringFlags = ["SINGLE_ISSUER", "DEFER_TASKRUN"]
    return measurements
  }

  /// Trials with the given nanoseconds per operation, in the given order of starting.
  package static func trials(_ ns: [Double], order: Int = 0, latency: Latency? = nil) -> [Trial] {
    ns.enumerated().map {
      Trial(index: $0, order: order + $0, outcome: .ok(measurements(ns: $1, latency: latency)))
    }
  }

  package static func latency(values: [UInt64], counts: [UInt64]) -> Latency {
    Latency(
      min: values[0], p50: values[0], p90: values[0], p99: values[0], p999: values[0],
      max: values[values.count - 1], count: counts.reduce(0, +),
      histogram: HistogramCounts(significantDigits: 3, values: values, counts: counts))
  }

  package static let host = Host(
    kernelRelease: "6.12.0", kernelVersion: "#1 SMP", kernelCommandLine: "quiet", machine: "x86_64",
    cpuModel: "Some CPU", cpus: 2, virtualization: "none", deterministic: false, clockUnit: .nanoseconds,
    clockSource: "tsc",
    mitigations: ["meltdown": "Not affected"], transparentHugepage: "madvise", memlockBytes: nil,
    liburingVersion: "2.3", kernelManagedExtension: nil, knownFaults: nil,
    nodes: [HostNode(id: 0, cpus: [0, 1], memoryBytes: 1 << 30, distances: [10])])

  package static func document(_ cells: [CellResult], finished: String? = "2026-11-22T08:02:00Z") -> ResultsDocument {
    ResultsDocument(
      tool: .current, suite: "quick", started: "2026-11-22T08:01:00Z", finished: finished, seed: 7,
      command: ["ringbench", "run"], host: host, cells: cells)
  }

  package static let unsupported = Reason(stage: .register, errno: "EINVAL", message: "no kernel-managed rings")

  /// A cell of each kind: measured, measured with latency and a disturbed trial, unsupported, failed.
  package static var everyKind: ResultsDocument {
    var disturbed = trials([700, 610, 605], order: 3, latency: latency(values: [500, 900], counts: [3, 1]))
    disturbed[0].disturbed = "7.0 % of the CPU time was stolen"
    disturbed[1].index = 0
    disturbed[2].index = 1
    let failure = Reason(stage: .verify, message: "byte 3 of message 17 is 9, \"not 8\"")
    return document([
      CellResult(
        cell: cell(), status: .ok, placement: Placement(buffers: ["0": 256, "1": 2], ring: ["0": 1]),
        trials: trials([601, 598, 603])),
      CellResult(cell: cell(.pipe, .pbuf, .oneshot, .pingpong), status: .ok, trials: disturbed),
      CellResult(cell: cell(.tcp, .kmbuf), status: .unsupported, reason: unsupported),
      CellResult(cell: cell(.udp, .legacy), status: .failed, reason: failure, trials: trials([840], order: 6)),
    ])
  }

  /// A probe of a kernel that registers and maps kernel-managed rings and lacks multishot reads.
  package static var probe: ProbeDocument {
    let features = [
      FeatureRecord(kind: "setup", name: "DEFER_TASKRUN", since: "6.1", supported: true, errno: nil),
      FeatureRecord(kind: "opcode", name: "READ_MULTISHOT", since: "6.7", supported: false, errno: nil),
      FeatureRecord(kind: "register", name: "PBUF_RING", since: "5.19", supported: true, errno: nil),
      FeatureRecord(kind: "register", name: "PBUF_RING INC", since: "6.12", supported: false, errno: "EINVAL"),
      FeatureRecord(kind: "register", name: "PBUF_RING KERNEL_MANAGED", since: nil, supported: true, errno: nil),
    ]
    let transfers = probedTransports.flatMap { transport in
      probedModes.flatMap { mode in [.oneshot, .multishot, .bundle, .vectored].map { transfer(transport, mode, $0) } }
    }
    return ProbeDocument(host: host, features: features, transfers: transfers)
  }

  // Written out, so that the golden file stays as it is when the vocabulary grows.
  private static let probedTransports: [Transport] = [
    .tcp, .udp, .unixStream, .unixSeqpacket, .pipe, .pipePacket, .file, .fileDirect,
  ]
  private static let probedModes: [Mode] = [
    .plain, .fixed, .legacy, .pbuf, .pbufMmap, .pbufInc, .kmbuf, .kmbufRuns, .kmbufRefill,
  ]

  private static func transfer(_ transport: Transport, _ mode: Mode, _ operation: Operation) -> TransferProbe {
    let (status, reason): (CellStatus, Reason?) =
      switch (transport, mode, operation) {
      case (.udp, .plain, .vectored): (.failed, Reason(stage: .verify, message: "wrong data"))
      case (_, .plain, .multishot): (.unsupported, Reason(stage: .setup, message: "plain names its buffers"))
      case (_, let mode, _) where mode.isKernelManaged:
        (.unsupported, Reason(stage: .receive, errno: "ENOBUFS", message: "it cannot receive"))
      case (_, .pbufInc, _): (.unsupported, Reason(stage: .register, errno: "EINVAL", message: "not offered"))
      default: (.ok, nil)
      }
    return TransferProbe(transport: transport, mode: mode, operation: operation, status: status, reason: reason)
  }
}
