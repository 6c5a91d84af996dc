import ArgumentParser

/// The options that say what becomes of the results.
struct OutputOptions: ParsableArguments {
  @Option(
    help: .init("An empty or new folder. (default: Results/<time>-<suite>)", valueName: "dir"), completion: .directory)
  var output: String?

  @Option(help: .init("Goes on with the interrupted run in this folder.", valueName: "dir"), completion: .directory)
  var resume: String?

  @Flag(help: "Prints the cells and the number of trials, and runs nothing.")
  var dryRun = false

  @Flag(help: "Prints every cell with its interval and remarks, not the matrix.")
  var details = false

  @Flag(help: "Shows no progress.")
  var quiet = false
}
