import ArgumentParser
import Arguments
import Base
import Planning
import Reporting
import Running

/// `ringbench ask`.
struct AskCommand: AsyncParsableCommand, PlannedCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask",
    abstract: "Answers a question by measuring: without one, lists those that there are.",
    discussion: """
      Each question has a suite of its own, which takes at most three minutes on two CPUs. The run ends with the answer in \
      words: what to do, by how much it matters, with the 95 % interval, or that it can't be told and what would help. \
      'ringbench report' of the run's folder says it again.

      The options are those of 'ringbench run', and so is the exit status: 0 done, 2 bad usage or input, 3 a cell failed, \
      77 nothing can run here, 130 interrupted. A cell that failed does not keep the answer from being printed.
      """)

  @Argument(
    help: .init("The name of a question. (default: lists them)", valueName: "question"),
    completion: .names(orFiles: nil) { SuiteLibrary.questions })
  var question: String?

  @OptionGroup(title: "What to measure") var cells: CellOptions
  @OptionGroup(title: "How to measure") var measuring: MeasuringOptions
  @OptionGroup(title: "Where to write") var output: OutputOptions
  @OptionGroup(title: "The exit status") var status: StatusOptions

  mutating func run() async throws {
    try checkQuestion()
    guard question != nil || output.resume != nil else {
      return print(try QuestionList(nodes: BenchmarkRun.nodes).text, terminator: "")
    }
    try await MeasuredRun(cells: cells, measuring: measuring, output: output, options: options).start()
  }

  func readRest() {}

  func check() throws {
    try checkQuestion()
    if question != nil { _ = try BenchmarkRun.plan(options) }
  }

  private func checkQuestion() throws {
    let names = SuiteLibrary.questions
    if cells.suite != nil {
      throw RingbenchError.badInput(
        "--suite: a question has a suite of its own: 'ringbench run --suite' measures others")
    }
    guard let question else {
      let hasOptions = cells.isGiven || measuring.isGiven || output.output != nil || output.dryRun
      guard hasOptions, output.resume == nil else { return }
      throw RingbenchError.badInput("ask: a question is needed: one of \(names.joined(separator: ", "))")
    }
    if output.resume != nil {
      throw RingbenchError.badInput("--resume: leave out '\(question)': the interrupted run has its question")
    }
    guard !names.contains(question) else { return }
    let meant = Resemblance.nearest(to: question, among: names).map { "did you mean '\($0)'? " } ?? ""
    throw RingbenchError.badInput(
      "ask: unknown question '\(question)': \(meant)'ringbench ask' lists them: \(names.joined(separator: ", "))")
  }

  /// The options of a new run.
  private var options: RunOptions {
    var options = RunOptions(command: CommandLine.arguments)
    cells.apply(to: &options)
    measuring.apply(to: &options)
    if let question { options.suite = question }
    options.output = output.output
    options.quiet = output.quiet
    return options
  }
}
