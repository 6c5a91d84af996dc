import ArgumentParser
import Base
import Planning
import Reporting
import Running

/// `ringbench run`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Measures the cells of a suite and writes results.json and results.csv.",
    discussion: """
      Options that take a list can be repeated, or take several values with commas. Modes, transports, operations and \
      patterns narrow the suite to those named; sizes, counts and rates replace those of the suite. Sizes are written \
      like 64, 4k or 1M.

      The workload executables must be next to ringbench, or in the folder that RINGBENCH_LIBEXEC names.

      Exit status: 0 done, 2 bad usage or input, 3 a cell failed, 77 nothing can run here, 130 interrupted.
      """)

  @OptionGroup(title: "What to measure") var cells: CellOptions
  @OptionGroup(title: "How to measure") var measuring: MeasuringOptions
  @OptionGroup(title: "Where to write") var output: OutputOptions

  mutating func run() async throws {
    let ending: RunEnding
    if let folder = output.resume {
      guard !cells.isGiven, !measuring.isGiven, output.output == nil, !output.dryRun else {
        throw RingbenchError.badInput("--resume: follows the interrupted run's plan: only --quiet can be given with it")
      }
      ending = try await BenchmarkRun.resume(folder, quiet: output.quiet)
    } else if output.dryRun {
      return print(try DryRun(BenchmarkRun.plan(options)).text, terminator: "")
    } else {
      ending = try await BenchmarkRun.start(options)
    }
    if let interruption = ending.interruption {
      StandardError.line("ringbench: \(interruption)")
    } else {
      print(RunReport(ending.document, in: ending.folder).text, terminator: "")
      if let nothing = ending.nothingRan { StandardError.line("ringbench: \(nothing)") }
    }
    let status = ending.status
    if status != .done { throw ExitCode(status.rawValue) }
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
