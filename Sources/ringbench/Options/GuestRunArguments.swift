import ArgumentParser
import Base
import KernelLab
import Planning

/// What of `ringbench run` goes for a guest, after `--`.
struct GuestRunArguments: ParsableArguments {
  @Argument(
    parsing: .postTerminator, help: .init("Options of 'ringbench run'; the suite is ci.", valueName: "run-options"))
  var runOptions: [String] = []

  @Flag(help: "Shows no progress.")
  var quiet = false

  func options() throws -> RunOptions {
    let command = try RunCommand.parse(runOptions)
    guard command.output.output == nil, command.output.resume == nil, !command.output.dryRun else {
      throw RingbenchError.badInput(
        "--output, --resume and --dry-run are no options of a run in a guest: give --output before --")
    }
    guard command.measuring.directory == nil else {
      throw RingbenchError.badInput("--directory: a guest has a RAM disk of its own for files: leave it out")
    }
    var options = command.options
    options.suite = command.cells.suite ?? "ci"
    options.quiet = quiet || options.quiet
    return options
  }
}
