import Base
import HostFacts
import Instruments
import Vocabulary

extension Session where Worker: ~Copyable {
  /// One in so many rounds also sends a batch to connections on which nobody waits.
  private var unawaitedEvery: Int { 4 }

  /// `armed`: receives wait in the kernel, a batch is sent, then receiving it is timed.
  ///
  /// The worker sends the batch itself. Sending wakes the receives, and a ring with `IORING_SETUP_DEFER_TASKRUN` leaves
  /// all further work on them to the worker's next `io_uring_enter(2)`.
  mutating func armed() throws(TrialFailure) -> Timing {
    try Self.attempt { () throws(Reason) in try engine.requireDeferredWork() }
    var timing = Timing()
    var meter = RegionMeter()
    var sends = (awaited: SendSamples(), unawaited: SendSamples())
    var rounds = RoundSamples(
      capacity: request.length.expectedRounds, undisturbedSyscallNs: request.undisturbedSyscallNs)
    guard engine.askEveryConnection() else { throw failure() }
    timing.waitingBytes = SlabMemory.since(slabsBeforeReceives)
    var unawaited = try Self.attempt { () throws(Reason) in try UnawaitedSends(request.cell, shape) }
    timing.startToFirstOperation = sinceStart
    var steps = ComputeSamples(capacity: request.length.expectedRounds)
    let end = request.length.deadline
    while !isEnough(rounds, timing), request.length.goesOn(after: rounds.count, until: end) || wantsMore(rounds) {
      if rounds.count % unawaitedEvery == 0 {
        try sends.unawaited.add(shape.batch) { () throws(TrialFailure) in
          try Self.attempt { () throws(Reason) in try unawaited.measure() }
        }
      }
      try sends.awaited.add(shape.batch) { () throws(TrialFailure) in try enqueue(shape.batch, whole: false) }
      coolDown()
      steps.append(ComputeProbe.sample())
      let probe = SyscallProbe.sample()
      let tick = TickClock.last()
      let elapsed = meter.measure { timedArrival() }
      guard elapsed > 0 else { throw failure() }
      timing.add(elapsed, operations: shape.batch, ticked: TickClock.last() != tick)
      rounds.append(elapsed, probe: probe)
    }
    timing.take(rounds, operationsPerRound: shape.batch)
    timing.take(meter)
    timing.computeNs = steps.stepNs
    timing.wakePerOperation = sends.awaited.excess(over: sends.unawaited)
    return timing
  }

  /// One timed round of a batch that receives waited for.
  private mutating func timedArrival() -> UInt64 {
    shape.verifies
      ? engine.timedArrival(FullCheck.self, messages: shape.batch)
      : engine.timedArrival(HeaderCheck.self, messages: shape.batch)
  }

  /// A step that can't fail for what the mode or the kernel does.
  private static func attempt<Value: ~Copyable>(_ step: () throws(Reason) -> Value) throws(TrialFailure) -> Value {
    do throws(Reason) { return try step() } catch { throw .setup(error) }
  }
}

/// What batches cost their sender.
private struct SendSamples {
  private var mean = RegionMean()
  private var rounds = RoundSamples(capacity: 1 << 10)
  private var messages = 1

  mutating func add(_ count: Int, _ send: () throws(TrialFailure) -> UInt64) throws(TrialFailure) {
    let tick = TickClock.last()
    let elapsed = try send()
    mean.add(elapsed, operations: count, ticked: TickClock.last() != tick)
    rounds.append(elapsed, probe: 0)
    messages = count
  }

  /// By how much a message costs more than one of others: by the medians of time, by the means of instructions.
  func excess(over other: SendSamples) -> Double? {
    guard let mine = perMessage, let its = other.perMessage else { return nil }
    return mine - its
  }

  private var perMessage: Double? {
    InstructionTime.isCounted ? mean.perOperation : rounds.summary().map { $0.medianNs / Double(messages) }
  }
}
