import CMarkers
import Documents
import Instruments

/// What a pattern measured.
struct Timing {
  /// Messages received in timed regions.
  var operations = 0
  /// Nanoseconds spent in timed regions.
  var elapsed: UInt64 = 0
  /// The same of the rounds of `drain` and `armed`.
  var regions = RegionMean()
  var nsPerOperation = 0.0
  var latency: Latency?
  /// The syscall probe meanwhile, in nanoseconds per call.
  var syscallNs = 0.0
  /// Nanoseconds that a step of a chain of arithmetic took meanwhile.
  var computeNs: Double?
  /// Rounds whose probe found the core undisturbed; nil for patterns without rounds of their own.
  var undisturbedRounds: Int?
  /// User and kernel instructions in timed regions; nil where nothing counts them.
  var instructions: UInt64?
  /// CPU time of the worker in timed regions, in nanoseconds.
  var cpuNs: UInt64 = 0
  var usage = ThreadUsage()
  /// Whether `usage` tells user time from kernel time.
  var splitsTime = false
  /// Nanoseconds that the threads of the trial were ready to run and had no CPU; nil where that is not known, and for a trial of one thread.
  var cpuWaitNs: UInt64?
  /// Bytes by which the kernel's slabs grew when receives began to wait; nil except for `armed`.
  var waitingBytes: Int?
  /// What a message costs its sender more than one that nobody waits for, in nanoseconds; nil except for `armed`.
  var wakePerOperation: Double?
  /// Nanoseconds from the start of the process to the first timed region.
  var startToFirstOperation: UInt64?
}

extension Timing {
  /// Adds a round.
  mutating func add(_ nanoseconds: UInt64, operations count: Int, ticked: Bool) {
    elapsed += nanoseconds
    operations += count
    regions.add(nanoseconds, operations: count, ticked: ticked)
    if ticked { cmarkers_aside() } else { cmarkers_counted() }
  }

  /// Takes over the median of the undisturbed rounds.
  mutating func take(_ rounds: RoundSamples, operationsPerRound: Int) {
    guard let summary = rounds.summary() else { return }
    nsPerOperation = summary.medianNs / Double(operationsPerRound)
    guard summary.syscallNs > 0 else { return }
    syscallNs = summary.syscallNs
    undisturbedRounds = summary.undisturbed
  }

  /// Takes over what the timed regions used.
  mutating func take(_ meter: borrowing RegionMeter) {
    cpuNs = meter.cpuNs
    usage = meter.usage
    splitsTime = meter.splitsTime
    instructions = meter.instructions
  }
}

extension Timing {
  /// Instructions per message: the clock's count where the clock counts them, else the counter's; nil without either.
  var instructionsPerOperation: Double? {
    guard InstructionTime.isCounted else { return instructions.map { Double($0) / Double(operations) } }
    return regions.perOperation ?? Double(elapsed) / Double(operations)
  }
}
