import ArgumentParser
import Base
import Documents
import Planning
import Reporting
import Running

/// `ringbench run`.
struct RunCommand: AsyncParsableCommand, PlannedCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Measures the cells of a suite and writes results.json and results.csv.",
    discussion: """
      Options that take a list can be repeated, or take several values with commas. Modes, transports, operations and \
      patterns narrow the suite to those named; sizes, counts and rates replace those of the suite. Sizes are written \
      like 64, 4k or 1M.

      The workload executables must be next to ringbench, or in the folder that RINGBENCH_LIBEXEC names.

      With --against or --against-environment two sides are measured in turns, in random order, and compared: one \
      comparison in a hundred has a false word, whatever the machine does meanwhile.

      Exit status: 0 done, 1 with --against: a cell got worse or was lost, 2 bad usage or input, 3 a cell failed, 4 \
      with --against: nothing comparable, 77 nothing can run here, 130 interrupted.
      """)

  @OptionGroup(title: "What to measure") var cells: CellOptions
  @OptionGroup(title: "How to measure") var measuring: MeasuringOptions
  @OptionGroup(title: "In turns with another side") var turns: TurnArguments
  @OptionGroup(title: "Where to write") var output: OutputOptions
  @OptionGroup(title: "The exit status") var status: StatusOptions

  mutating func run() async throws {
    if let against = try turns.other() { return try await run(against) }
    try await MeasuredRun(cells: cells, measuring: measuring, output: output, options: options).start()
  }

  private func run(_ against: Against) async throws {
    guard output.resume == nil, !output.dryRun, measuring.precision == nil else {
      throw RingbenchError.badInput("--against: --resume, --dry-run and --precision are not possible with it")
    }
    let ending = try await TurnRun.start(options, against: against)
    if let interruption = ending.interruption {
      StandardError.line("ringbench: \(interruption)")
      throw CommandEnd(.interrupted)
    }
    let (comparison, text) = try await ComparisonFolder.compare(ending.folder, threshold: turns.threshold)
    print(text, terminator: "")
    try comparison.end(ending.hasFailed && !comparison.hasWorse ? .failed : comparison.exitStatus)
  }

  func readRest() {}

  func check() throws {
    if output.resume == nil { _ = try BenchmarkRun.plan(options) }
  }

  /// The options of a new run.
  var options: RunOptions {
    var options = RunOptions(command: CommandLine.arguments)
    cells.apply(to: &options)
    measuring.apply(to: &options)
    options.output = output.output
    options.quiet = output.quiet
    return options
  }
}
