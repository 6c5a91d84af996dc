import Base
import BufferModes
import Documents
import Glibc
import HostFacts
import Instruments
import Vocabulary

/// The receiving worker without a ring: epoll and non-blocking receives, or reads of a file.
///
/// It does what good servers do. It waits in `epoll_wait(2)` and serves the connections that this names, each until
/// nothing is left there. `scripts/check-hot-loop` checks its loops like those of `Engine`.
struct SyscallEngine<Call: ReceiveCall>: ReceivingEngine, ~Copyable {
  let shape: WorkloadShape
  let connections: UnsafeMutablePointer<Connection>
  let buffers: CallBuffers
  /// Nothing waits on a file: its instance is empty.
  var poll: EventPoll

  /// The message that the next read of a file starts with.
  var nextMessage: UInt64 = 0

  /// System calls since the counters were reset.
  var enters = 0
  /// Bytes received so far, and when the watchdog last looked.
  var received = 0
  private var receivedAtAlarm = -1
  var failure: EngineFailure?
  /// The sum of the bytes that the receiver read where it reads them all: nobody needs it, but it has to be made.
  var touched: UInt64 = 0
  var service: ServiceLog

  private(set) var setupTimes = SetupTimes()
  let kernelBytes: Int?

  init(_ shape: WorkloadShape, _ links: borrowing Links) throws(Reason) {
    let buffers = try CallBuffers(shape, count: Self.bufferCount(shape))
    let descriptors = links.received
    if !Call.isPositioned && !shape.isSocket { try Self.makeNonBlocking(descriptors) }
    let slabs = InstructionTime.isCounted ? nil : SlabMemory.current()
    let start = Clock.now()
    poll = try EventPoll(Call.isPositioned ? [] : descriptors, capacity: min(shape.connections, shape.batch))
    if !Call.isPositioned { setupTimes.register = Clock.now() - start }
    kernelBytes = SlabMemory.since(slabs)
    self.buffers = buffers
    service = ServiceLog(connections: shape.hot)
    self.shape = shape
    connections = .allocate(capacity: descriptors.count)
    for (index, descriptor) in descriptors.enumerated() {
      (connections + index).initialize(
        to: Connection(
          descriptor: descriptor, messageSize: shape.messageSize, keepsBoundaries: shape.keepsBoundaries))
    }
  }

  deinit {
    connections.deallocate()
  }

  /// How many buffers a call names: one, or those of a vectored request. `recvmmsg` takes a whole batch.
  private static func bufferCount(_ shape: WorkloadShape) -> Int {
    guard Call.takesMessages || Call.spansBuffers else { return 1 }
    return min(shape.buffers.count, Call.takesMessages ? shape.batch : shape.messagesPerReceive)
  }

  /// A flag per call does it for sockets. The ends of a pipe have flags of their own, so the sender's end stays as it is.
  private static func makeNonBlocking(_ descriptors: [Int32]) throws(Reason) {
    for descriptor in descriptors {
      try checked("fcntl(O_NONBLOCK)", "", fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK))
    }
  }
}

// MARK: Failing

extension SyscallEngine {
  /// Whether a wait that failed can go on. A signal comes from the watchdog.
  @inline(never)
  mutating func goOn(after errno: Int32) -> Bool {
    guard errno == EINTR else { return fail(.wait(errno)) }
    guard received != receivedAtAlarm else { return fail(.stalled) }
    receivedAtAlarm = received
    return true
  }

  mutating func fail(_ failure: EngineFailure) -> Bool {
    self.failure = failure
    return false
  }
}

// MARK: Describing

extension SyscallEngine {
  /// Nothing receives but the worker.
  func requireDeferredWork() throws(Reason) {}

  /// The interest that epoll keeps is what waits.
  mutating func askEveryConnection() -> Bool { true }

  mutating func cancelReceives() {}

  var hasReceived: Bool { received > 0 }

  mutating func resetCounters() { enters = 0 }

  var submissions: Int { 0 }
  var completions: Int { 0 }
  var outOfBuffers: Int { 0 }
  var recycled: Int { 0 }
  var ringBytes: Int { 0 }
  var ringFlags: [String] { [] }
  var bufferBytes: Int { buffers.memory.byteCount }

  func evictBuffers() { DataCaches.evict(buffers.memory.region) }

  func placement() throws(Reason) -> Placement {
    do throws(SystemError) {
      let pages = try PagePlacement.pagesPerNode(base: buffers.memory.base, byteCount: buffers.memory.byteCount)
      return Placement(buffers: pages, ring: [:])
    } catch {
      throw Reason(.setup, error)
    }
  }

  mutating func unregister() throws(Reason) {
    guard !Call.isPositioned else { return }
    let start = Clock.now()
    poll.close()
    setupTimes.unregister = Clock.now() - start
  }
}
