import Base
import Planning
import Reporting
import Running

/// A run on this machine from its options to what is printed, as `run` and `ask` do it.
struct MeasuredRun {
  let cells: CellOptions
  let measuring: MeasuringOptions
  let output: OutputOptions
  /// Of a new run.
  let options: RunOptions

  func start() async throws {
    let ending: RunEnding
    if let folder = output.resume {
      guard !cells.isGiven, !measuring.isGiven, output.output == nil, !output.dryRun else {
        throw RingbenchError.badInput(
          "--resume: follows the interrupted run's plan: only --quiet and --details can be given with it")
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
      try ending.folder.writePage(ending.document)
      print(RunReport(ending.document, in: ending.folder, details: output.details).text, terminator: "")
      if let nothing = ending.nothingRan { StandardError.line("ringbench: \(nothing)") }
    }
    if ending.status != .done { throw CommandEnd(ending.status) }
  }
}
