import BufferModes
import Documents
import Vocabulary

/// What a trial needs of its receiving worker, whether that receives through a ring or by system calls.
///
/// A session is specialised for each conforming type, so the timed functions are called directly.
protocol ReceivingEngine: ~Copyable {
  /// Sets the mode up, ready to receive on all connections.
  init(_ shape: WorkloadShape, _ links: borrowing Links) throws(Reason)

  // MARK: Receiving

  /// Receives messages that are already queued, and checks them.
  ///
  /// - Returns: the nanoseconds it took; 0 when the engine has failed.
  mutating func timedRound<C: Check>(_ check: C.Type, messages: Int) -> UInt64

  /// Receives messages that came while every connection waited for some.
  mutating func timedArrival<C: Check>(_ check: C.Type, messages: Int) -> UInt64

  /// Receives until the sender's last message, while the sender runs.
  mutating func timedStream<O: ArrivalObserver & ~Copyable>(
    _ peer: borrowing SenderControl, after lead: UInt64, _ observer: inout O
  ) -> UInt64

  /// Sends one message and receives it back.
  mutating func timedRoundTrip(to descriptor: Int32, _ message: UnsafeRawBufferPointer, isSocket: Bool) -> UInt64

  // MARK: Waiting

  /// Whether the kernel leaves the work on a connection that waits to the worker's own calls.
  ///
  /// - Throws: what is missing where it does not: `armed` would time only a part of that work.
  func requireDeferredWork() throws(Reason)

  /// Makes every connection wait for data; false when the engine has failed.
  mutating func askEveryConnection() -> Bool

  /// Ends the waiting, so that everything can be taken down.
  mutating func cancelReceives()

  // MARK: Rounds

  /// The order in which connections are served, in rounds that are not timed.
  var service: ServiceLog { get set }

  /// Puts all buffers out of the processor's caches.
  func evictBuffers()

  // MARK: Describing

  /// What stopped the engine; nil while it works.
  var failure: EngineFailure? { get }
  /// Whether any data has been received.
  var hasReceived: Bool { get }

  /// Starts the counts of calls, requests and completions anew.
  mutating func resetCounters()
  /// System calls in timed regions.
  var enters: Int { get }
  var submissions: Int { get }
  var completions: Int { get }
  var outOfBuffers: Int { get }
  /// Buffers handed back since the engine was made.
  var recycled: Int { get }

  var setupTimes: SetupTimes { get }
  /// Bytes in all buffers, and in their ring.
  var bufferBytes: Int { get }
  var ringBytes: Int { get }
  /// Bytes by which the kernel's slabs grew when the mode was set up; nil where that can't be seen.
  var kernelBytes: Int? { get }
  /// The names of the ring's set-up flags.
  var ringFlags: [String] { get }

  /// Where the kernel says that buffers and ring lie.
  func placement() throws(Reason) -> Placement

  /// Takes the mode down; the time this takes is part of the results.
  mutating func unregister() throws(Reason)
}
