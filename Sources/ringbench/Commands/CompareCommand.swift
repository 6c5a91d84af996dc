import ArgumentParser
import Arguments
import Base
import FoundationEssentials
import Reporting

/// `ringbench compare`.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares two runs cell by cell: better, worse, same, or undecided and what would decide.",
    discussion: """
      Name a run by its folder or its results.json. Several runs of one side, separated by commas, count once each. \
      --by compares the cells of one run with each other, say its modes.

      same: with 95 % confidence any difference is within the threshold. worse, better: there is a difference, and it \
      may be larger than the threshold. drain is judged by its time per operation, stream by throughput, pingpong and \
      paced by p50 and p99 of latency, deterministic runs by instructions.

      What was measured in turns (ringbench run --against), cells of one run, and runs a side that took turns keep a \
      promise: the chance of even one false worse or better among all cells is 1 %. Of two runs one after the other \
      nobody knows how far the machine drifted in between. Their intervals are wider: by what the clock and, on one \
      kernel, the syscall probe show, and by the largest of 1 %, 1.5 times the deviation of the trials, and the newest \
      run of the floor suite beside them.

      lost: the cell worked in the baseline, and is unsupported or failed now.

      Exit status: 0 nothing got worse, 1 a cell got worse or was lost, 2 bad usage or input, 4 nothing comparable.
      """)

  @Argument(help: .init("The baseline and the new run; one run with --by.", valueName: "run"), completion: .run)
  var runs: [String]

  @Option(
    help: .init(
      "The change in percent that counts. (default: 0.5 if both are deterministic, else 5)", valueName: "percent"))
  var threshold: Double?

  @Option(
    help: .init("\(ComparisonFormat.list). (default: text)", valueName: "format"),
    completion: .cases(of: ComparisonFormat.self), transform: ComparisonFormat.named)
  var format = ComparisonFormat.text

  @Option(help: .init("Writes to this file instead of standard output.", valueName: "path"), completion: .file())
  var output: String?

  @Option(
    help: .init("Compares one run by mode, transport, operation or implementation.", valueName: "axis"),
    completion: .cases(of: ComparisonAxis.self), transform: axis
  )
  var by: ComparisonAxis?

  @Option(help: .init("With --by: the value to compare the others with.", valueName: "value"))
  var baseline: String?

  @OptionGroup(title: "The exit status") var status: StatusOptions

  @Option(
    help: .init("A run of the floor suite. (default: the newest beside the runs)", valueName: "run"), completion: .run)
  var floor: String?

  func validate() throws {
    guard (1...2).contains(runs.count) else {
      throw ValidationError("a baseline and a new run are needed, or one run and --by; there are \(runs.count).")
    }
    guard (threshold ?? 0) >= 0, threshold?.isFinite ?? true else {
      throw ValidationError("--threshold: a percentage from 0 is needed.")
    }
  }

  mutating func run() async throws {
    var request = ComparisonRequest(runs: runs)
    (request.threshold, request.axis, request.baseline, request.floor) = (threshold, by, baseline, floor)
    let comparison = try await request.comparison()
    let text = try format.output(comparison)
    if let output { try ReportOutput.write(text, to: output) } else { print(text, terminator: "") }
    try comparison.end(comparison.exitStatus)
  }

  @Sendable private static func axis(_ text: String) throws -> ComparisonAxis {
    guard let axis = ComparisonAxis(rawValue: text) else {
      throw RingbenchError.badInput(
        "unknown axis '\(text)': one of mode, transport, operation, implementation is needed")
    }
    return axis
  }
}
