import Base
import Documents
import Vocabulary

/// Tables of a series: a row for each cell, a column for each run.
struct SeriesRows: Sendable {
  let series: RunSeries

  var titles: [String] { ["cell"] + series.names + ["change %"] }

  var rows: [[String]] {
    let varying = VaryingAxes(series.lines.map(\.cell))
    return series.lines.map { line in
      let numbers = varying.text(line.cell)
      let name = RunSeries.name(line.cell) + (numbers.isEmpty ? "" : " (\(numbers))")
      let change = line.change.map { change in
        line.isToldApart ? RunSeries.signed(change) : line.isSure ? "=" : "~\(RunSeries.signed(change))"
      }
      return [name] + line.results.map { $0?.medianText ?? "-" } + [change ?? ""]
    }
  }

  /// What the numbers are.
  var legend: String {
    "Costs of a message in \(series.unit); change: of the last run beside the first, = where their intervals meet, ~ where one lacks an interval. Runs one "
      + "after the other also differ by the machine's drift: 'ringbench compare' judges two of them."
  }
}

struct SeriesText: Sendable {
  let series: RunSeries

  var text: String {
    let rows = SeriesRows(series: series)
    let titles = rows.titles.enumerated().map { $0 == 0 ? TerminalTable.Title.word($1) : .number($1) }
    return FormatText.screen(
      TerminalTable(titles: titles, rows: rows.rows).text + "\n" + TextLines.wrapped(rows.legend)
        + TextLines.wrapped(series.answer))
  }
}

struct SeriesMarkdown: Sendable {
  let series: RunSeries

  var text: String {
    let rows = SeriesRows(series: series)
    let rule = MarkdownText.row(["---"] + rows.titles.dropFirst().map { _ in "---:" })
    let table = ([rows.titles] + rows.rows).map { MarkdownText.row($0.map(MarkdownText.escaped)) }
    return "\(MarkdownText.escaped(series.answer))\n\n\(table[0])\(rule)\(table.dropFirst().joined())"
      + "\n\(MarkdownText.escaped(rows.legend))\n"
  }
}

/// A row for each run, cell and summarised metric.
struct SeriesCSV: Sendable {
  let series: RunSeries

  var text: String {
    let head = ["run", "kernel_release", "started", "cell", "metric", "median", "ci95_low", "ci95_high", "trials"]
    let rows = zip(series.names, series.runs).flatMap { name, run in
      run.document.cells.flatMap { result in
        Metric.allCases.compactMap { metric -> [String]? in
          guard let summary = result.summary[metric.rawValue] else { return nil }
          let ends = summary.ci95?.map { FormatText.number($0) } ?? ["", ""]
          return [name, run.document.host.kernelRelease, run.document.started, result.cell.id, metric.rawValue]
            + [FormatText.number(summary.median)] + ends + ["\(summary.trials)"]
        }
      }
    }
    return ([head] + rows).map { $0.map(CSVField.text).joined(separator: ",") + "\r\n" }.joined()
  }
}
