import BufferModes
import Documents
import HostFacts
import Instruments
import Uring
import Vocabulary

extension Session where Worker: ~Copyable {
  /// The timing and the engine's counters in the form of the results.
  func describe(_ timing: Timing, recycled: Int, _ change: CoreState.Change) -> Measurements {
    let operations = Double(timing.operations)
    let bytes = operations * Double(shape.messageSize)
    // The reciprocal of the time per message, so that one row has one speed.
    let perSecond = 1e9 / timing.nsPerOperation
    // An emulator's instructions must not look like time.
    let isTime = !InstructionTime.isCounted
    let splitsTime = isTime && timing.splitsTime
    let numbers: [Metric: Double?] = [
      .operations: operations, .bytes: bytes, .elapsedNs: Double(timing.elapsed),
      .nsPerOperation: isTime ? timing.nsPerOperation : nil,
      .operationsPerSecond: isTime ? perSecond : nil,
      .bytesPerSecond: isTime ? perSecond * Double(shape.messageSize) : nil,
      .cpuNsPerOperation: isTime ? Double(timing.cpuNs) / operations : nil,
      .cpuUserNsPerOperation: splitsTime ? Double(timing.usage.userNs) / operations : nil,
      .cpuSystemNsPerOperation: splitsTime ? Double(timing.usage.systemNs) / operations : nil,
      .entersPerOperation: Double(engine.enters) / operations,
      .sqesPerOperation: Double(engine.submissions) / operations,
      .cqesPerOperation: Double(engine.completions) / operations, .buffersRecycled: Double(recycled),
      .outOfBuffers: Double(engine.outOfBuffers), .contextSwitches: Double(timing.usage.contextSwitches),
      .stealFraction: change.stealFraction, .syscallNs: timing.syscallNs, .computeNs: timing.computeNs,
      .undisturbedRounds: timing.undisturbedRounds.map { Double($0) },
      .instructionsPerOperation: timing.instructionsPerOperation, .cpu: Double(change.cpu),
      .plannedCPU: Double(cpus.worker), .throttleEvents: change.throttleEvents.map { Double($0) }, .peerCPU: peerCPU,
      .startToFirstOperation: timing.startToFirstOperation.map { Double($0) },
      .waitingBytes: timing.waitingBytes.map { Double($0) },
      .cpuWaitNs: isTime ? timing.cpuWaitNs.map { Double($0) } : nil,
      .wakeNsPerOperation: isTime ? timing.wakePerOperation : nil,
      .wakeInstructionsPerOperation: isTime ? nil : timing.wakePerOperation,
      .jainIndex: engine.service.index, .longestWait: engine.service.longestWait.map { Double($0) },
    ]
    var measurements = Measurements()
    for (metric, value) in numbers { measurements[metric] = value }
    measurements.latency = timing.latency
    measurements.ringFlags = engine.ringFlags
    return measurements
  }

  private var peerCPU: Double? { request.cell.pattern.queuesFirst ? nil : Double(cpus.peer ?? cpus.worker) }

  /// How long the mode took to set up and tear down, and how much memory it takes.
  func describeMode(in measurements: inout Measurements) {
    let times = engine.setupTimes
    measurements[.setupRegister] = Double(times.register)
    measurements[.setupMmap] = Double(times.mmap)
    measurements[.setupProvide] = Double(times.provide)
    measurements[.setupUnregister] = Double(times.unregister)
    measurements[.bufferBytes] = Double(engine.bufferBytes)
    measurements[.ringBytes] = Double(engine.ringBytes)
    measurements[.lockedBytes] = Double(lockedBytes)
    measurements[.kernelBytes] = engine.kernelBytes.map { Double($0) }
  }
}
