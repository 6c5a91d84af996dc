import Base
import BufferModes
package import Documents
import HostFacts
import Uring
import Vocabulary

/// Measures one cell once, in this process.
package enum TrialRunner {
  /// Runs the trial; whatever stops it becomes the reply's status and reason.
  package static func run(_ request: TrialRequest) -> TrialReply {
    let cell = request.cell
    do throws(TrialFailure) {
      if let reason = cell.impossible { throw .setup(reason) }
      let cpus = try pin(to: cell.cpuNode, memory: cell.memoryNode)
      Watchdog.start()
      let state = request.allocatorState.map(AllocatorState.init)
      let outcome = try dispatch(request, cpus)
      // What it holds is held until the trial is over.
      _ = consume state
      return TrialReply(cell: cell, outcome: outcome)
    } catch {
      let (status, reason) = error.outcome(of: cell)
      return TrialReply(cell: cell, outcome: Outcome(status: status, reason: reason))
    }
  }

  /// Ties the worker to a CPU of the node.
  private static func pin(to node: Int, memory: Int) throws(TrialFailure) -> CPUPair {
    let nodes = Nodes.available()
    let found = nodes.first { $0.id == node }
    let memory = nodes.first { $0.id == memory }
    guard let found, let cpus = CPUPair(on: found, memory: memory) else {
      throw .setup(
        Reason(stage: .setup, message: "node \(node) has no CPU that this process may use"))
    }
    do throws(SystemError) { try Affinity.pinCurrentThread(to: cpus.worker) } catch {
      throw .setup(Reason(.setup, error, "CPU \(cpus.worker)"))
    }
    return cpus
  }

  /// The only place that chooses by mode. All code behind it is specialised.
  private static func dispatch(_ request: TrialRequest, _ cpus: CPUPair) throws(TrialFailure) -> Outcome {
    if request.cell.operation == .vectored, request.cell.mode.usesUring { return try vectored(request, cpus) }
    return switch request.cell.mode {
    case .syscall: try bySystemCalls(request, cpus)
    case .plain: try oneshot(PlainBuffers.self, request, cpus)
    case .fixed: try oneshot(FixedBuffers.self, request, cpus)
    case .legacy: try selecting(LegacyBuffers<HandBackEach>.self, request, cpus)
    case .legacyRuns: try selecting(LegacyBuffers<HandBackRuns>.self, request, cpus)
    case .pbuf: try selecting(PbufBuffers.self, request, cpus)
    case .pbufMmap: try selecting(PbufMmapBuffers.self, request, cpus)
    case .pbufInc: try selecting(PbufIncBuffers.self, request, cpus)
    case .kmbuf: try selecting(KernelManagedBuffers<HandBackEach>.self, request, cpus)
    case .kmbufRuns: try selecting(KernelManagedBuffers<HandBackRuns>.self, request, cpus)
    case .kmbufRefill: try selecting(KernelManagedBuffers<HandBackRefill>.self, request, cpus)
    }
  }

  /// Operations that every mode has.
  private static func oneshot<P: BufferProvider & ~Copyable>(
    _ provider: P.Type, _ request: TrialRequest, _ cpus: CPUPair
  ) throws(TrialFailure) -> Outcome {
    switch request.cell.workload {
    case .socket: try measure(provider, SocketReceive.self, request, cpus)
    case .pipe: try measure(provider, PipeRead.self, request, cpus)
    case .file: try measure(provider, FileRead.self, request, cpus)
    }
  }

  /// Operations of modes with buffer groups.
  private static func selecting<P: BufferProvider & ~Copyable>(
    _ provider: P.Type, _ request: TrialRequest, _ cpus: CPUPair
  ) throws(TrialFailure) -> Outcome {
    switch request.cell.groups {
    case .shared: try selected(provider, request, cpus)
    case .perConnection: try selected(GroupPerConnection<P>.self, request, cpus)
    }
  }

  private static func selected<P: BufferProvider & ~Copyable>(
    _ provider: P.Type, _ request: TrialRequest, _ cpus: CPUPair
  ) throws(TrialFailure) -> Outcome {
    switch (request.cell.operation, request.cell.workload) {
    case (.multishot, .socket): try measure(provider, SocketReceiveMultishot.self, request, cpus)
    case (.multishot, .pipe), (.multishot, .file): try measure(provider, ReadMultishot.self, request, cpus)
    case (.bundle, _): try measure(provider, SocketReceiveBundle.self, request, cpus)
    default: try oneshot(provider, request, cpus)
    }
  }

  private static func vectored(_ request: TrialRequest, _ cpus: CPUPair) throws(TrialFailure) -> Outcome {
    switch request.cell.workload {
    case .socket: try measure(VectoredBuffers.self, SocketReceiveVectored.self, request, cpus)
    case .pipe: try measure(VectoredBuffers.self, PipeReadVectored.self, request, cpus)
    case .file: try measure(VectoredBuffers.self, FileReadVectored.self, request, cpus)
    }
  }

  /// Operations without a ring.
  private static func bySystemCalls(_ request: TrialRequest, _ cpus: CPUPair) throws(TrialFailure) -> Outcome {
    let keepsBoundaries = request.cell.transport.keepsMessageBoundaries
    return switch (request.cell.operation, request.cell.workload) {
    case (.vectored, .socket) where keepsBoundaries:
      try measure(SyscallEngine<ReceiveMessages>.self, request, cpus)
    case (.vectored, .socket): try measure(SyscallEngine<ReceiveVector>.self, request, cpus)
    case (.vectored, .pipe): try measure(SyscallEngine<ReadVector>.self, request, cpus)
    case (.vectored, .file): try measure(SyscallEngine<ReadVectorAt>.self, request, cpus)
    case (_, .socket): try measure(SyscallEngine<ReceiveBytes>.self, request, cpus)
    case (_, .pipe): try measure(SyscallEngine<ReadBytes>.self, request, cpus)
    case (_, .file): try measure(SyscallEngine<ReadBytesAt>.self, request, cpus)
    }
  }

  private static func measure<P: BufferProvider & ~Copyable, R: ReceiveOperation>(
    _ provider: P.Type, _ receive: R.Type, _ request: TrialRequest, _ cpus: CPUPair
  ) throws(TrialFailure) -> Outcome {
    try measure(Engine<P, R>.self, request, cpus)
  }

  private static func measure<Worker: ReceivingEngine & ~Copyable>(
    _ worker: Worker.Type, _ request: TrialRequest, _ cpus: CPUPair
  ) throws(TrialFailure) -> Outcome {
    var session: Session<Worker>
    do throws(Reason) { session = try Session(request, on: cpus) } catch { throw .setup(error) }
    return try session.measure()
  }
}
