package import Base
package import Documents
import Planning

/// What `ringbench ask` lists: each question with its name and about how long it takes.
package struct QuestionList: Sendable {
  private let entries: [(name: String, question: String, seconds: Double)]

  /// - Parameter nodes: of this machine.
  package init(nodes: [HostNode]) throws(RingbenchError) {
    entries = try SuiteLibrary.questions.map { name throws(RingbenchError) in
      var options = RunOptions(command: [])
      options.suite = name
      let plan = try RunPlan(options, nodes: nodes)
      return (name, SuiteLibrary.question(of: name)?.text ?? "", plan.estimatedSeconds)
    }
  }

  package var text: String {
    let titles = [TerminalTable.Title.word("name"), .number("about"), .word("question")]
    let rows = entries.map { [$0.name, "\(Decimals.text($0.seconds, 0)) s", $0.question] }
    return TerminalTable(titles: titles, rows: rows).text + "\n'ringbench ask NAME' measures one and answers it.\n"
  }
}
