import ArgumentParser
import Arguments
import HostFacts
import Vocabulary

/// The options of a workload executable: those of `ringbench run`, with one value each.
package struct WorkloadOptions: ParsableArguments {
  @Option(help: "What the data travels over.")
  var transport: Transport?

  @Option(help: "Who supplies the buffers.")
  var mode: Mode = .pbuf

  @Option(help: "How a receive is asked for.")
  var operation: Vocabulary.Operation = .oneshot

  @Option(help: "What is timed.")
  var pattern: Pattern = .drain

  @OptionGroup var numbers: NumberAxisOptions

  @Option(help: "Timed rounds. A round of pingpong is one round trip; in stream and paced it is a batch of messages.")
  var rounds: Int?

  @Option(help: "Seconds to measure, instead of --rounds.")
  var duration: Double?

  @Option(help: "The NUMA node whose CPU runs the worker.")
  var cpuNode = 0

  @Option(help: "The NUMA node that holds buffers and rings (default: the worker's).")
  var memoryNode: Int?

  @Option(help: "Where files are created (default: the system's temporary folder).")
  var directory: String?

  @Option(
    help: ArgumentHelp("When the driver started this process, CLOCK_MONOTONIC.", valueName: "ns", visibility: .hidden))
  var startedAt: UInt64?

  @Option(
    help: ArgumentHelp(
      """
      The longest syscall probe of an undisturbed core, per call. A drain then goes on, up to four times as long, \
      until a quarter of its rounds are undisturbed.
      """, valueName: "ns", visibility: .hidden))
  var undisturbedSyscallNs: Double?

  @Option(
    help: ArgumentHelp(
      "Begins in the state of the kernel's allocators with this number.", valueName: "n", visibility: .hidden))
  var allocatorState: UInt64?

  @Flag(help: "Try a tiny transfer with every combination and print what works.")
  var probe = false

  @Flag(help: "Only say whether io_uring can be used here: exit status 0 or 77.")
  var probeAvailability = false

  package init() {}
}

extension WorkloadOptions {
  /// The trial that these options request from an executable of this kind.
  ///
  /// - Throws: `ValidationError` saying what is wrong and what would be right.
  func request(for kind: WorkloadKind) throws -> TrialRequest {
    let transports = Transport.allCases.filter { $0.workload == kind }
    let transport = transport ?? transports[0]
    guard transport.workload == kind else {
      let names = transports.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--transport \(transport.rawValue): \(kind.executableName) drives \(names)")
    }
    guard rounds == nil || duration == nil else { throw ValidationError("give --rounds or --duration, not both") }
    let length = try length()
    var single: [NumberAxis: Int] = [:]
    for (axis, values) in numbers.values {
      guard let value = values.first, values.count == 1 else {
        throw ValidationError("\(axis.option): one value is needed: a trial measures one cell")
      }
      single[axis] = value
    }
    let cell = Cell(
      transport: transport, mode: mode, operation: operation, pattern: pattern, numbers: single, cpuNode: cpuNode,
      memoryNode: memoryNode ?? cpuNode)
    if let problem = cell.problem {
      throw ValidationError("\(problem.axes[0].option): \(problem.sentence)")
    }
    var request = TrialRequest(cell: cell, length: length, directory: directory, startedAt: startedAt)
    request.undisturbedSyscallNs = undisturbedSyscallNs
    request.allocatorState = allocatorState
    return request
  }

  private func length() throws -> TrialLength {
    guard let seconds = duration else {
      let rounds = rounds ?? 2000
      guard (1...TrialLength.maximumRounds).contains(rounds) else {
        throw ValidationError("--rounds \(rounds): from 1 to \(TrialLength.maximumRounds) are possible")
      }
      return .rounds(rounds)
    }
    guard seconds > 0, seconds <= TrialLength.maximumSeconds else {
      throw ValidationError("--duration \(seconds): a number of seconds above 0, at most a day, is needed")
    }
    return .duration(seconds)
  }
}
