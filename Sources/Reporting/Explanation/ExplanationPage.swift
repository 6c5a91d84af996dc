import Base
import Documents

/// `report.html` of `ringbench explain`: the answer, the functions behind it, and where the numbers come from.
package struct ExplanationPage: Sendable {
  private let explanations: [ProfiledExplanation]
  private let command: [String]
  private let facts: [(name: String, value: String)]

  /// - Parameters:
  ///   - command: the command line.
  ///   - facts: what else is known, such as the version of QEMU.
  package init(
    _ explanations: [ProfiledExplanation], command: [String], facts: [(name: String, value: String)] = []
  ) {
    (self.explanations, self.command, self.facts) = (explanations, command, facts)
  }

  package var text: String {
    HTMLPage(
      title: title, style: PageExplanation.style(explanations),
      content: answers + PageExplanation.section(explanations, saysAnswers: false) + provenance
    ).text
  }

  private var sides: [Explanation.Side] { explanations.flatMap(\.explanation.sides) }

  /// Every value once, in its order.
  private func distinct(_ values: [String]) -> [String] {
    var seen: Set<String> = []
    return values.filter { seen.insert($0).inserted }
  }

  private var title: String {
    let kernels = distinct(sides.map(\.kernelRelease))
    return kernels.count > 1
      ? "ringbench: Linux \(kernels.joined(separator: " to ")), by function"
      : "ringbench: instructions by function, on Linux \(kernels.first ?? "?")"
  }

  private var answers: String {
    let lines = explanations.map {
      "<p class=\"answer\">\(HTMLText.escaped(ExplanationWords($0).summary))</p>\n"
    }
    return "<section id=\"verdict\" aria-label=\"The answer\">\n\(lines.joined())</section>\n"
  }

  private var provenance: String {
    let tools = distinct(explanations.map(\.explanation.tool.text))
    let known =
      [("command", ShellWords.joined(command))]
      + distinct(sides.map(\.kernelRelease)).map { ("kernel", "Linux \($0)") }
      + distinct(sides.map(\.cell)).map { ("cell", $0) } + tools.map { ("tool", $0) }
      + facts.map { ($0.name, $0.value) }
    let rows = known.filter { !$0.1.isEmpty }.map { HTMLText.row($0.0, [$0.1]) }.joined()
    let table = "<table class=\"prose\"><tbody>\n\(rows)</tbody></table>"
    let limits =
      "An emulator counted these instructions. They are exact and repeatable, and say nothing about time by themselves."
    return HTMLText.section(
      "provenance", "Where this comes from", HTMLText.scrolling("Provenance", table) + HTMLText.paragraph(limits))
  }
}
