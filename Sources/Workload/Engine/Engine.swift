import Base
import BufferModes
import CUring
import Glibc
import HostFacts
import Instruments
import Uring
import Vocabulary

/// The receiving worker of one cell: a ring, its buffers and its connections.
///
/// It is generic over mode and operation and specialised for each pair: the loops in `Patterns` contain no dynamic
/// dispatch, no reference counting and no allocation. `scripts/check-hot-loop` checks this.
struct Engine<Provider: BufferProvider & ~Copyable, Receive: ReceiveOperation>: ~Copyable {
  var ring: Ring
  var provider: Provider
  let shape: WorkloadShape
  /// The hot ones come first.
  let connections: UnsafeMutablePointer<Connection>
  /// The flag of requests whose descriptor is the index of a registered one; 0 for ordinary descriptors.
  let fileFlag: UInt8

  /// One-shot receives that have not completed.
  var outstanding = 0
  /// The connections without an armed multishot receive, `unarmed` of them.
  let idle: UnsafeMutablePointer<Int32>
  var unarmed: Int
  /// The connection that gets the first message of the next round. Messages go round the connections, and a round need
  /// not end where it began.
  var turn = 0
  /// The message that the next positioned read starts with.
  var nextMessage: UInt64 = 0
  /// The first message of the positioned reads in flight.
  var firstMessage: UInt64 = 0

  /// Bytes by which the kernel's slabs grew when the mode was set up; nil where that can't be seen.
  let kernelBytes: Int?

  var completions = 0
  var outOfBuffers = 0
  /// `ENOBUFS` completions since data last arrived.
  var starved = 0
  /// Completions seen at the watchdog's last signal.
  var completionsAtAlarm = -1
  var failure: EngineFailure?
  /// The sum of the bytes that the receiver read where it reads them all: nobody needs it, but it has to be made.
  var touched: UInt64 = 0
  /// The order in which connections are served, in rounds that are not timed.
  var service: ServiceLog
  /// Whether any data has been received.
  var hasReceived = false
  /// The ring's counters when the timed rounds began.
  private var entersBefore = 0
  private var submissionsBefore = 0

  init(_ shape: WorkloadShape, _ links: borrowing Links) throws(Reason) {
    var ring = try Self.makeRing(shape, links)
    let slabs = InstructionTime.isCounted ? nil : SlabMemory.current()
    provider = try Provider(&ring, shape.buffers)
    kernelBytes = SlabMemory.since(slabs)
    fileFlag = shape.registersFiles ? UInt8(truncatingIfNeeded: CURING_IOSQE_FIXED_FILE) : 0
    self.ring = ring
    self.shape = shape
    service = ServiceLog(connections: shape.hot)
    unarmed = links.count
    idle = .allocate(capacity: links.count)
    // The last is taken first.
    for index in 0..<links.count { (idle + index).initialize(to: Int32(links.count - 1 - index)) }
    connections = .allocate(capacity: links.count)
    for index in 0..<links.count {
      (connections + index).initialize(
        to: Connection(
          descriptor: shape.registersFiles ? Int32(index) : links[index].workerReceive, messageSize: shape.messageSize,
          keepsBoundaries: shape.keepsBoundaries))
    }
  }

  private static func makeRing(_ shape: WorkloadShape, _ links: borrowing Links) throws(Reason) -> Ring {
    do throws(SystemError) {
      let ring = try Ring(entries: shape.submissionEntries, completions: shape.completionEntries)
      if shape.registersFiles { try ring.register(files: links.received) }
      return ring
    } catch {
      throw Reason(.setup, error)
    }
  }

  deinit {
    connections.deallocate()
    idle.deallocate()
  }
}

// MARK: Counting

extension Engine where Provider: ~Copyable {
  /// Starts counting anew, so that the checking rounds are not part of the results.
  mutating func resetCounters() {
    entersBefore = ring.enters
    submissionsBefore = ring.submissions
    completions = 0
    outOfBuffers = 0
  }

  /// Calls of `io_uring_enter(2)` since the counters were reset.
  var enters: Int { ring.enters - entersBefore }

  /// Submission queue entries since the counters were reset.
  var submissions: Int { ring.submissions - submissionsBefore }
}
