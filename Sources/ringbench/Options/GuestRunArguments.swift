import ArgumentParser
import Arguments
import Base
import KernelLab
import Planning

/// The options of `ringbench run` for a run in a guest, given after `--`.
struct GuestRunArguments: ParsableArguments {
  @Argument(
    parsing: .postTerminator,
    help: .init(
      "Options of 'ringbench run'; the default suite is \(SuiteLibrary.usualInGuest).", valueName: "run-options"),
    completion: .custom { words, index, _ in offered(words, index) })
  var runOptions: [String] = []

  @Flag(help: "Shows no progress.")
  var quiet = false

  /// The options that can be given here.
  static var known: KnownOptions {
    // A guest has its own RAM disk for files.
    KnownOptions([CellOptions.self, MeasuringOptions.self]).without(["--directory", "--help"])
  }

  /// What a shell offers for the word at an index.
  @Sendable private static func offered(_ words: [String], _ index: Int) -> [String] {
    let previous = index > 0 && index <= words.count ? words[index - 1] : nil
    return known.offered(after: previous, ["--suite": SuiteLibrary.names])
  }

  func options() throws -> RunOptions {
    let command = try RunCommand.parse(runOptions)
    guard command.output.output == nil, command.output.resume == nil, !command.output.dryRun else {
      throw RingbenchError.badInput(
        "--output, --resume and --dry-run: not possible for a run in a guest: give --output before --")
    }
    guard !command.turns.isGiven else {
      throw RingbenchError.badInput("--against, --turns and --threshold: not possible for a run in a guest")
    }
    guard command.measuring.directory == nil else {
      throw RingbenchError.badInput("--directory: leave it out: a guest has its own RAM disk for files")
    }
    var options = command.options
    options.suite = command.cells.suite ?? SuiteLibrary.usualInGuest
    options.quiet = quiet || options.quiet
    return options
  }
}
