import BufferModes
import CMarkers
import HostFacts
import Instruments
import Vocabulary

extension Session where Worker: ~Copyable {
  /// `pingpong`: one message at a time to a peer that sends it back. A round is a round trip.
  mutating func pingPong() throws(TrialFailure) -> Timing {
    let link = links[0]
    let control = SenderControl()
    let echo = EchoPeer(
      receive: link.peerReceive, send: link.peerSend, messageSize: shape.messageSize, control: control)
    try startPeer { echo.run() }
    let message = UnsafeMutableRawBufferPointer.allocate(byteCount: shape.messageSize, alignment: 8)
    defer { message.deallocate() }
    var timing = Timing()
    var meter = RegionMeter()
    var rounds = RoundSamples(capacity: request.length.expectedRounds)
    var recorder = LatencyRecorder()
    let isSocket = request.cell.workload == .socket
    var sequence = queue.nextSequences[0]
    control.awaitReady()
    // The first trips find everything cold.
    for _ in 0..<Self.warmUps {
      Message.write(sequence, to: message, whole: true)
      guard engine.timedRoundTrip(to: link.workerSend, UnsafeRawBufferPointer(message), isSocket: isSocket) > 0 else {
        throw failure()
      }
      sequence += 1
    }
    engine.resetCounters()
    let waitBefore = CPUWait.total()
    timing.startToFirstOperation = sinceStart
    let end = request.length.deadline
    while request.length.goesOn(after: rounds.count, until: end) {
      Message.write(sequence, to: message, whole: true)
      let elapsed = meter.measure {
        engine.timedRoundTrip(to: link.workerSend, UnsafeRawBufferPointer(message), isSocket: isSocket)
      }
      guard elapsed > 0 else { throw failure() }
      // A probe between round trips would keep the CPU from the sleep that is part of them.
      rounds.append(elapsed, probe: 0)
      recorder.record(elapsed)
      timing.elapsed += elapsed
      cmarkers_counted()
      sequence += 1
    }
    timing.cpuWaitNs = CPUWait.since(waitBefore)
    timing.operations = rounds.count
    timing.take(rounds, operationsPerRound: 1)
    timing.take(meter)
    timing.latency = recorder.latency()
    return timing
  }

  private static var warmUps: Int { 10 }

  /// Starts the thread at the other end, on its own CPU where the node has a second.
  func startPeer(_ run: @escaping @Sendable () -> Void) throws(TrialFailure) {
    do throws(Reason) { try Thread.detach(on: cpus.peer, run) } catch { throw .setup(error) }
  }
}
