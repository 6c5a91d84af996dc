import Instruments

/// What the worker uses in timed regions, read just outside of them: CPU time, context switches, instructions.
struct RegionMeter: ~Copyable {
  private let counter: InstructionCounter
  private var instructionSum: InstructionAccumulator
  private var usageSum = ThreadUsageAccumulator()
  /// Whether the times in user space and in the kernel mean anything here.
  let splitsTime: Bool
  /// Nanoseconds of CPU time so far.
  private(set) var cpuNs: UInt64 = 0
  /// CPU time between two readings with nothing in between.
  private let readingNs: UInt64

  init() {
    counter = InstructionCounter()
    instructionSum = InstructionAccumulator(counter)
    splitsTime = ThreadUsage.splitsTime()
    let readings = (0..<31).map { _ in
      let first = ThreadClock.now()
      return ThreadClock.now() &- first
    }
    readingNs = readings.sorted()[readings.count / 2]
  }

  /// What was used so far.
  var usage: ThreadUsage { usageSum.total }

  /// User and kernel instructions so far; nil where nothing counts them.
  var instructions: UInt64? { instructionSum.total }

  /// Runs a timed region, which returns the nanoseconds it took.
  mutating func measure(_ region: () -> UInt64) -> UInt64 {
    let usageBefore = ThreadUsage.now()
    let instructionsBefore = counter.read()
    let cpuBefore = ThreadClock.now()
    let elapsed = region()
    let spent = ThreadClock.now() &- cpuBefore
    cpuNs &+= spent > readingNs ? spent &- readingNs : 0
    instructionSum.add(from: instructionsBefore, to: counter.read())
    usageSum.add(from: usageBefore, to: ThreadUsage.now())
    return elapsed
  }
}
