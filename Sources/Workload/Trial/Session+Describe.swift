import Base
import BufferModes
import CUring
import Documents
import HostFacts
import Instruments
import Uring
import Vocabulary

extension Session where Provider: ~Copyable {
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
    ]
    var measurements = Measurements()
    for (metric, value) in numbers { measurements[metric] = value }
    measurements.latency = timing.latency
    measurements.ringFlags = engine.ring.flagNames
    return measurements
  }

  private var peerCPU: Double? { request.cell.pattern.queuesFirst ? nil : Double(cpus.peer ?? cpus.worker) }

  /// How long the mode took to set up and tear down, and how much memory it takes.
  func describeMode(in measurements: inout Measurements) {
    let times = engine.provider.setupTimes
    measurements[.setupRegister] = Double(times.register)
    measurements[.setupMmap] = Double(times.mmap)
    measurements[.setupProvide] = Double(times.provide)
    measurements[.setupUnregister] = Double(times.unregister)
    measurements[.bufferBytes] = Double(engine.provider.bufferRegion.count)
    measurements[.ringBytes] = Double(engine.provider.ringRegion.count)
    measurements[.lockedBytes] = Double(lockedBytes)
    measurements[.kernelBytes] = engine.kernelBytes.map { Double($0) }
  }
}

extension Engine where Provider: ~Copyable {
  /// Cancels the receives that still wait: some kernels let nothing be unregistered meanwhile.
  mutating func cancelReceives() {
    _ = ring.complete {
      io_uring_prep_cancel64($0, 0, Int32(IORING_ASYNC_CANCEL_ALL | IORING_ASYNC_CANCEL_ANY))
    }
  }

  /// Takes the mode's registration back.
  mutating func unregister() throws(Reason) { try provider.unregister(&ring) }

  /// Where the kernel says that buffers and ring lie.
  func placement() throws(Reason) -> Placement {
    do throws(SystemError) {
      return Placement(
        buffers: try Self.pages(of: provider.bufferRegion), ring: try Self.pages(of: provider.ringRegion))
    } catch {
      throw Reason(.setup, error)
    }
  }

  private static func pages(of region: UnsafeMutableRawBufferPointer) throws(SystemError) -> PagesPerNode {
    guard let base = region.baseAddress else { return [:] }
    return try PagePlacement.pagesPerNode(base: base, byteCount: region.count)
  }
}
