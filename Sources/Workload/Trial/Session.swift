import Base
import BufferModes
import CMarkers
import Documents
import HostFacts
import Instruments
import Vocabulary

/// One trial from set-up to tear-down: the engine, its connections, and the queue of messages to send.
struct Session<Worker: ReceivingEngine & ~Copyable>: ~Copyable {
  let request: TrialRequest
  let cpus: CPUPair
  let shape: WorkloadShape
  let links: Links
  var engine: Worker
  var queue: MessageQueue
  /// Bytes that the kernel locked or pinned for the rings and buffers.
  let lockedBytes: Int
  /// Bytes in the kernel's slabs before anything was asked for: `armed` only, and not where a reading would be counted.
  let slabsBeforeReceives: Int?

  /// Sets everything up on the cell's memory node, then returns the worker to the default policy. Rings are registered
  /// from a CPU of that node, because kernel-managed buffers, and the rings of some kernels, come from the CPU's node
  /// whatever the policy says.
  init(_ request: TrialRequest, on cpus: CPUPair) throws(Reason) {
    let cell = request.cell
    let shape = WorkloadShape(cell)
    let lockedBefore = LockedMemory.current()
    try Self.setPolicy { () throws(SystemError) in try MemoryPolicy.bindCurrentThread(to: cell.memoryNode) }
    let links = try cell.openLinks(directory: request.directory)
    try Self.pin(to: cpus.registrar)
    let engine = try Worker(shape, links)
    try Self.pin(to: cpus.worker)
    try Self.setPolicy { () throws(SystemError) in try MemoryPolicy.resetCurrentThread() }
    self.request = request
    self.cpus = cpus
    self.shape = shape
    self.links = links
    self.engine = engine
    queue = MessageQueue(shape, isSocket: cell.workload == .socket)
    lockedBytes = LockedMemory.current() - lockedBefore
    slabsBeforeReceives = cell.pattern == .armed && !InstructionTime.isCounted ? SlabMemory.current() : nil
  }

  private static func pin(to cpu: Int) throws(Reason) {
    do throws(SystemError) { try Affinity.pinCurrentThread(to: cpu) } catch {
      throw Reason(.setup, error, "CPU \(cpu)")
    }
  }

  private static func setPolicy(_ call: () throws(SystemError) -> Void) throws(Reason) {
    do throws(SystemError) { try call() } catch {
      throw Reason(.setup, error, "does the memory node exist, and may this process use it?")
    }
  }

  /// Runs the trial and describes it.
  mutating func measure() throws(TrialFailure) -> Outcome {
    // The timed rounds have code that the checking rounds don't execute.
    ProgramCode.fetch()
    try verify()
    engine.resetCounters()
    let core = CoreState(cpu: cpus.worker)
    let recycledBefore = engine.recycled
    let (syscallBefore, computeBefore) = (SyscallProbe.typical(), ComputeProbe.typical())
    cmarkers_prepare()
    var timing = try run()
    if timing.undisturbedRounds == nil { timing.syscallNs = max(syscallBefore, SyscallProbe.typical()) }
    if timing.computeNs == nil { timing.computeNs = max(computeBefore, ComputeProbe.typical()) }
    let change = core.changeUntilNow()
    let recycled = engine.recycled - recycledBefore
    let placement = try Self.tearDown { () throws(Reason) in try engine.placement() }
    var measurements = describe(timing, recycled: recycled, change)
    if request.cell.pattern.waits { engine.cancelReceives() }
    try Self.tearDown { () throws(Reason) in try engine.unregister() }
    describeMode(in: &measurements)
    cmarkers_finished()
    return .ok(measurements, placement)
  }

  private mutating func run() throws(TrialFailure) -> Timing {
    switch request.cell.pattern {
    case .drain: try drain()
    case .armed: try armed()
    case .pingpong: try pingPong()
    case .stream: try stream()
    case .paced: try paced()
    }
  }
}

// MARK: Checking rounds

extension Session where Worker: ~Copyable {
  /// The most bytes and messages of a checking round where the transport keeps its default size. TCP's first congestion
  /// window lets this much through without an acknowledgement, which would take 40 ms.
  private static var checkedBytes: Int { 64 << 10 }
  private static var checkedMessages: Int { 8 }

  /// Receives until every buffer has been filled, handed back and filled again, and checks every byte. This also warms
  /// caches and branch predictors.
  private mutating func verify() throws(TrialFailure) {
    let queuesFirst = request.cell.pattern.queuesFirst
    let count =
      queuesFirst ? shape.batch : min(shape.batch, Self.checkedMessages, max(1, Self.checkedBytes / shape.messageSize))
    let buffers = shape.buffers.count * shape.buffers.groups
    let rounds = min(16, (buffers + count - 1) / count + 1)
    for _ in 0..<rounds {
      try enqueue(count, whole: true)
      guard engine.timedRound(FullCheck.self, messages: count) > 0 else { throw failure() }
    }
    if queuesFirst, shape.hot > 1, request.cell.workload != .file { try observeService() }
  }

  /// Rounds in which every hot connection has equally many messages waiting show how evenly they are served.
  private mutating func observeService() throws(TrialFailure) {
    let messages = shape.hot * max(1, shape.batch / shape.hot)
    guard messages <= shape.batch else { return }
    for _ in 0..<Self.observedRounds {
      try enqueue(messages, whole: true)
      engine.service.begin()
      guard engine.timedRound(FullCheck.self, messages: messages) > 0 else { throw failure() }
      engine.service.end(messageSize: shape.messageSize)
    }
  }

  private static var observedRounds: Int { 5 }

  /// One timed round of a batch that is queued already: its messages are checked as the cell asks for.
  mutating func timedRound() -> UInt64 {
    shape.verifies
      ? engine.timedRound(FullCheck.self, messages: shape.batch)
      : engine.timedRound(HeaderCheck.self, messages: shape.batch)
  }

  /// Puts the buffers out of the processor's caches, where the cell asks for it.
  func coolDown() {
    if shape.isCold { engine.evictBuffers() }
  }

  /// Puts a round's messages into the transport; a file has them already.
  ///
  /// - Returns: the nanoseconds that sending took.
  @discardableResult
  mutating func enqueue(_ count: Int, whole: Bool) throws(TrialFailure) -> UInt64 {
    guard request.cell.workload != .file else { return 0 }
    do throws(Reason) { return try queue.send(count, over: links, whole: whole) } catch {
      throw .setup(error, afterData: engine.hasReceived)
    }
  }

  /// Why the engine stopped.
  func failure() -> TrialFailure {
    .engine(engine.failure ?? .stalled, anyReceived: engine.hasReceived)
  }

  /// Runs a step after the measurement.
  private static func tearDown<Value>(_ step: () throws(Reason) -> Value) throws(TrialFailure) -> Value {
    do throws(Reason) { return try step() } catch { throw .setup(error, afterData: true) }
  }

  /// Nanoseconds since the driver started this process.
  var sinceStart: UInt64? { request.startedAt.map { Clock.now() - $0 } }
}
