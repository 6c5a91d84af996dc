import Base
import Documents
import Vocabulary

/// A run on one screen: the machine and how quiet it was, a matrix for each pattern, and what to use here.
struct RunOverview: Sendable {
  let document: ResultsDocument

  init(_ document: ResultsDocument) { self.document = document }

  var text: String {
    let usual = UsualValues(document.cells.map(\.cell))
    let matrices = CostMatrix.matrices(of: document.cells, usual: usual)
    let answers = Answers(document).lines + Highlights(document.cells, usual: usual).lines
    let parts = [
      TextLines.wrapped(machine) + (matrices.isEmpty ? "" : CostMatrix.text(matrices) + legend(matrices, usual)),
      answers.map { TextLines.wrapped($0) }.joined(),
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func legend(_ matrices: [CostMatrix], _ usual: UsualValues) -> String {
    let usually = usual.text.isEmpty ? "" : "\(usual.text) unless named; "
    let cost = "\(usually)the cheapest in \(unit), the others in % over it"
    // The titles of the others say what they are.
    let patterns = matrices.filter { [.drain, .armed, .paced].contains($0.pattern) }.map {
      "\($0.pattern.rawValue): \($0.pattern.matrixMeaning)"
    }.joined(separator: "; ")
    let meanings = patterns.isEmpty ? "" : "\(patterns); "
    return TextLines.wrapped(cost) + TextLines.wrapped("\(meanings)= as good\(marks(matrices))")
  }

  private var unit: String { document.host.clockWord }

  var machine: String {
    let host = document.host
    let trials = document.cells.reduce(0) { $0 + $1.trials.count }
    let disturbed = document.cells.reduce(0) { $0 + $1.trials.count { $0.disturbed != nil } }
    let quiet = host.deterministic ? "deterministic" : "\(disturbed) disturbed"
    let line = "Linux \(host.kernelRelease), \(host.cpuModel), \(host.cpus) CPUs: \(trials) trials, \(quiet)"
    let unsure = document.cells.count { $0.cost != nil && $0.cost?.ci95 == nil }
    guard unsure > 0, !host.deterministic else { return line }
    return "\(line); \(unsure) of \(document.cells.count) cells lack intervals"
  }

  /// The meaning of the other marks in the matrices, and of what has no column at all.
  private func marks(_ matrices: [CostMatrix]) -> String {
    let used = Set(
      matrices.flatMap { matrix in
        matrix.rows.flatMap { row in
          matrix.columns.flatMap { column in
            column.modes.map { CostMatrix.mark($0, in: row.blocks[column.operation]) }
          }
        }
      })
    let meanings = [
      ("-", "not possible"), ("*", "not offered by this kernel"), ("!", "failed"), ("?", "nothing measured"),
    ]
    let about = used.contains { $0.hasPrefix("~") } ? "; ~ no interval" : ""
    let marks = about + meanings.filter { used.contains($0.0) }.map { "; \($0.0) \($0.1)" }.joined()
    return marks + absent(Set(matrices.flatMap { $0.columns.flatMap(\.modes) }))
  }

  /// The modes that have no number in the whole run, with the reason of the first cell.
  private func absent(_ shown: Set<Mode>) -> String {
    Mode.allCases.compactMap { mode -> String? in
      let results = document.cells.filter { $0.cell.mode == mode }
      let told = results.first { $0.reason != nil && $0.impossible == nil } ?? results.first { $0.reason != nil }
      guard !shown.contains(mode), let result = told, let reason = result.reason else { return nil }
      return "; \(mode.rawValue): \(reason.errno ?? reason.message)"
    }.joined()
  }
}

/// Prose for a terminal.
enum TextLines {
  /// The words in lines of at most 100 characters; further lines are indented by two. A word that is longer than a line
  /// is broken.
  static func wrapped(_ text: String) -> String {
    let width = 100
    var lines: [String] = []
    for word in FormatText.line(text).split(separator: " ").flatMap({ pieces($0, of: width - 2) }) {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(lines.isEmpty ? String(word) : "  \(word)")
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func pieces(_ word: Substring, of width: Int) -> [Substring] {
    word.count <= width ? [word] : [word.prefix(width)] + pieces(word.dropFirst(width), of: width)
  }
}
