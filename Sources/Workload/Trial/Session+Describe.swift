import Base
import BufferModes
import Documents
import HostFacts
import Instruments
import Uring
import Vocabulary

extension Session where Provider: ~Copyable {
  /// The timing and the engine's counters in the form of the results.
  func describe(_ timing: Timing, recycled: Int, _ change: CoreState.Change) -> Measurements {
    let operations = Double(timing.operations)
    let seconds = Double(timing.elapsed) / 1e9
    let usage = timing.usage
    var setup = engine.provider.setupTimes
    setup.startToFirstOperation = timing.startToFirstOperation
    return Measurements(
      operations: timing.operations, bytes: timing.operations * shape.messageSize, elapsedNs: timing.elapsed,
      nsPerOperation: timing.nsPerOperation, operationsPerSecond: operations / seconds,
      bytesPerSecond: operations * Double(shape.messageSize) / seconds,
      cpuUserNsPerOperation: Double(usage.userNs) / operations,
      cpuSystemNsPerOperation: Double(usage.systemNs) / operations,
      entersPerOperation: Double(engine.enters) / operations, sqesPerOperation: Double(engine.submissions) / operations,
      cqesPerOperation: Double(engine.completions) / operations, buffersRecycled: recycled,
      outOfBuffers: engine.outOfBuffers, contextSwitches: Int(usage.contextSwitches),
      stealFraction: change.stealFraction,
      systemCallNs: timing.systemCallNs, computeNs: timing.computeNs,
      undisturbedRounds: timing.undisturbedRounds, instructionsPerOperation: timing.instructionsPerOperation,
      setup: setup, memory: memory, latency: timing.latency, ringFlags: engine.ring.flagNames, cpu: change.cpu,
      plannedCpu: cpus.worker, throttleEvents: change.throttleEvents,
      peerCpu: request.cell.pattern == .drain ? nil : cpus.peer ?? cpus.worker)
  }

  private var memory: MemoryUse {
    var memory = MemoryUse()
    memory.bufferBytes = engine.provider.bufferRegion.count
    memory.ringBytes = engine.provider.ringRegion.count
    memory.lockedBytes = lockedBytes
    return memory
  }
}

extension Engine where Provider: ~Copyable {
  /// Takes the mode's registration back.
  mutating func unregister() throws(SetupFailure) { try provider.unregister(&ring) }

  /// Where the kernel says that buffers and ring lie.
  func placement() throws(SetupFailure) -> Placement {
    do throws(SystemError) {
      return Placement(
        buffers: try Self.pages(of: provider.bufferRegion), ring: try Self.pages(of: provider.ringRegion))
    } catch {
      throw SetupFailure(.setup, error)
    }
  }

  private static func pages(of region: UnsafeMutableRawBufferPointer) throws(SystemError) -> PagesPerNode {
    guard let base = region.baseAddress else { return [:] }
    return try PagePlacement.pagesPerNode(base: base, byteCount: region.count)
  }
}
