import CMarkers
import HostFacts
import Instruments
import Vocabulary

extension Session where Worker: ~Copyable {
  /// `stream`: the sender sends as fast as the transport takes it.
  mutating func stream() throws(TrialFailure) -> Timing {
    var counter = ArrivalCounter(before: received)
    return try receiveStream(rate: nil, &counter)
  }

  /// `paced`: the sender keeps to a rate, whatever the receiver does.
  mutating func paced() throws(TrialFailure) -> Timing {
    let rate = request.cell.rate ?? 1
    var observer = PacedObserver(
      ArrivalCounter(before: received), first: queue.nextSequences, rate: rate)
    var timing = try receiveStream(rate: rate, &observer)
    timing.latency = observer.recorder.latency()
    return timing
  }

  /// Nanoseconds from the release of a sender with a rate to its first message, so that the receives wait by then.
  private static var lead: UInt64 { 1_000_000 }

  /// Messages received on all connections so far.
  private var received: UInt64 { queue.nextSequences.reduce(0, +) }

  private mutating func receiveStream<O: ArrivalObserver & ~Copyable>(
    rate: Int?, _ observer: inout O
  ) throws(TrialFailure) -> Timing {
    let control = SenderControl()
    let sender = Sender(
      control: control, descriptors: (0..<shape.hot).map { links[$0].peerSend },
      firstSequences: queue.nextSequences, messageSize: shape.messageSize,
      transport: request.cell.transport, length: request.length, batch: shape.batch,
      rate: rate, window: request.cell.transport.dropsWhenFull ? UInt64(shape.batch) : nil, sharesCPU: cpus.peer == nil)
    try startPeer { sender.run() }
    var timing = Timing()
    var meter = RegionMeter()
    control.awaitReady()
    timing.startToFirstOperation = sinceStart
    let waitBefore = CPUWait.total()
    let lead = rate == nil ? 0 : Self.lead
    timing.elapsed = meter.measure { engine.timedStream(control, after: lead, &observer) }
    timing.cpuWaitNs = CPUWait.since(waitBefore)
    timing.take(meter)
    guard timing.elapsed > 0 else { throw failure() }
    cmarkers_counted()
    timing.operations = Int(control.total)
    timing.nsPerOperation = Double(timing.elapsed) / Double(timing.operations)
    return timing
  }
}
