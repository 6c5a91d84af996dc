import Instruments
import Vocabulary

extension Session where Worker: ~Copyable {
  /// `drain`: queue a batch, then time only receiving it.
  mutating func drain() throws(TrialFailure) -> Timing {
    var timing = Timing()
    var meter = RegionMeter()
    var rounds = RoundSamples(
      capacity: request.length.expectedRounds, undisturbedSyscallNs: request.undisturbedSyscallNs)
    timing.startToFirstOperation = sinceStart
    var steps = ComputeSamples(capacity: request.length.expectedRounds)
    let end = request.length.deadline
    while !isEnough(rounds, timing), request.length.goesOn(after: rounds.count, until: end) || wantsMore(rounds) {
      try enqueue(shape.batch, whole: false)
      coolDown()
      steps.append(ComputeProbe.sample())
      let probe = SyscallProbe.sample()
      let tick = TickClock.last()
      let elapsed = meter.measure { timedRound() }
      guard elapsed > 0 else { throw failure() }
      timing.add(elapsed, operations: shape.batch, ticked: TickClock.last() != tick)
      rounds.append(elapsed, probe: probe)
    }
    timing.take(rounds, operationsPerRound: shape.batch)
    timing.take(meter)
    timing.computeNs = steps.stepNs
    return timing
  }

  /// Whether a trial of counted instructions may end early: dear operations, such as those that a kernel hands to another
  /// thread, would take minutes in an emulator.
  func isEnough(_ rounds: RoundSamples, _ timing: Timing) -> Bool {
    InstructionTime.isCounted && rounds.count >= 64 && timing.elapsed > 100_000_000
  }

  /// Whether too few rounds were undisturbed so far, and the trial may still go on.
  func wantsMore(_ rounds: RoundSamples) -> Bool {
    guard request.undisturbedSyscallNs != nil, case .rounds(let wanted) = request.length else { return false }
    return rounds.undisturbed < wanted / 4 && rounds.count < 4 * wanted
  }
}

extension TrialLength {
  /// How many rounds to make room for.
  var expectedRounds: Int {
    switch self {
    case .rounds(let rounds): rounds
    case .duration: 1 << 16
    }
  }

  /// When a trial that starts now is over, in nanoseconds of `Clock`.
  var deadline: UInt64 {
    switch self {
    case .rounds: .max
    case .duration(let seconds): Clock.now() + UInt64(seconds * 1e9)
    }
  }

  /// Whether another round follows after `count` rounds.
  func goesOn(after count: Int, until end: UInt64) -> Bool {
    switch self {
    case .rounds(let rounds): count < rounds
    case .duration: Clock.now() < end || count == 0
    }
  }
}
