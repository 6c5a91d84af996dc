import BufferRings
import Measurement
import Results

extension Session where Provider: ~Copyable {
  /// `drain`: queue a batch, then time only the receiving of it.
  mutating func drain() throws(TrialStop) -> Timing {
    var timing = Timing()
    var meter = RegionMeter()
    var times = RoundTimes(capacity: request.length.expectedRounds)
    timing.startToFirstOperation = sinceStart
    let end = request.length.deadline
    while request.length.goesOn(after: times.count, until: end) {
      try enqueue(shape.batch, whole: false)
      let elapsed = meter.measure { engine.timedRound(HeaderCheck.self, messages: shape.batch) }
      guard elapsed > 0 else { throw stop() }
      times.append(elapsed)
      timing.elapsed += elapsed
    }
    timing.operations = times.count * shape.batch
    timing.nsPerOperation = (times.median() ?? 0) / Double(shape.batch)
    timing.take(meter)
    return timing
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

  /// Whether there is a round after `count` rounds.
  func goesOn(after count: Int, until end: UInt64) -> Bool {
    switch self {
    case .rounds(let rounds): count < rounds
    case .duration: Clock.now() < end || count == 0
    }
  }
}
