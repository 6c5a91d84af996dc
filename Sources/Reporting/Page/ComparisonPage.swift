import Base
package import Documents
import Vocabulary

/// `report.html` of a comparison: the verdict in words, the differences worst first, what is the same, and what is missing.
package struct ComparisonPage: Sendable {
  private let comparison: RunComparison
  /// What `explain` found about cells of the comparison, where it was asked.
  private let explanations: [ProfiledExplanation]

  package init(_ comparison: RunComparison, explanations: [ProfiledExplanation] = []) {
    (self.comparison, self.explanations) = (comparison, explanations)
  }

  package var text: String {
    let rows = ComparisonRow.rows(comparison)
    let sections = [
      verdict, PageDifferences(comparison, rows).text, PageExplanation.section(explanations), missing(rows), sides,
    ]
    return HTMLPage(title: title, style: PageExplanation.style(explanations), content: sections.joined()).text
  }

  private var title: String {
    if let axis = comparison.by { return "ringbench: \(comparison.new.suite) by \(axis)" }
    let (old, new) = (comparison.baseline.kernelRelease, comparison.new.kernelRelease)
    return old == new ? "ringbench: two runs on Linux \(new)" : "ringbench: Linux \(old) to \(new)"
  }

  private var verdict: String {
    let warnings = comparison.warnings.map { "<li>\(HTMLText.escaped($0.message))</li>\n" }.joined()
    let care = warnings.isEmpty ? "" : "<p>Read this with care:</p>\n<ul class=\"answers\">\n\(warnings)</ul>\n"
    return "<section id=\"verdict\" aria-label=\"The verdict\">\n"
      + "<p class=\"answer\">\(HTMLText.escaped("\(comparison.answer) \(comparison.summary)."))</p>\n"
      + (comparison.design.map { HTMLText.paragraph("\($0.promise.withCapital).") }
        ?? "")
      + (comparison.kernelsRule.map(HTMLText.paragraph) ?? "") + care + "</section>\n"
  }

  private func missing(_ rows: [ComparisonRow]) -> String {
    let groups = ComparisonMissing(comparison).groups
    guard !groups.isEmpty else { return "" }
    let lines = groups.map { HTMLText.row($0.reason, ["\($0.cells.count)", $0.cells[0]]) }
    let table =
      "<table class=\"prose\">\n\(HTMLText.head(["reason", "cells", "such as"]))<tbody>\n\(lines.joined())</tbody>\n</table>"
    return HTMLText.section(
      "missing", "What could not be compared", HTMLText.scrolling("Cells without a comparison", table))
  }

  private var sides: String {
    let rows = comparison.sides.map { HTMLText.row($0.name, [$0.text]) }
    let others = [
      comparison.floor.map { HTMLText.row("floor", [$0]) }, HTMLText.row("CPU", [comparison.new.cpuModel]),
      HTMLText.row("threshold", ["\(Decimals.shortest(comparison.threshold)) %"]),
      HTMLText.row("tool", [comparison.tool.text]),
    ].compactMap { $0 }
    let table = "<table class=\"prose\"><tbody>\n\((rows + others).joined())</tbody></table>"
    return HTMLText.section("provenance", "What was compared", HTMLText.scrolling("The two sides", table))
  }
}

extension RunComparison {
  /// The answer in a sentence.
  var answer: String {
    let (worse, lost, better) = (count(.worse), count(.lost), count(.better))
    let undecided = count(.undecided) > 0 ? " \(count(.undecided)) could not be decided." : ""
    guard worse + lost > 0 else {
      if better + count(.same) == 0, isComparable { return "Nothing could be decided." }
      let good = better > 0 ? "Nothing got worse, and \(better) got better." : "Nothing got worse."
      return isComparable ? good + undecided : "Nothing could be compared."
    }
    let parts = [worse > 0 ? "\(worse) got worse" : "", lost > 0 ? "\(lost) no longer work" : ""].filter { !$0.isEmpty }
    let also = better > 0 ? ", and \(better) got better" : ""
    return "Of \(cells.count) cells \(parts.joined(separator: " and "))\(also).\(undecided)"
  }

  /// The rule of the kernel's document `reporting-regressions.rst`, for whoever takes a verdict on two kernels there.
  var kernelsRule: String? {
    guard by == nil, baseline.kernelRelease != new.kernelRelease, hasWorse else { return nil }
    return
      "The kernel's own rule for what is a regression (reporting-regressions.rst): five percent in a micro-benchmark "
      + "rarely is one, unless a broad benchmark also loses more than one percent."
  }
}
