import Base
import Documents
import Vocabulary

/// The page of several runs: for each kind of cell a line for each mode over the runs, and all numbers in a table.
struct SeriesPage: Sendable {
  let series: RunSeries

  var text: String {
    let answer =
      "<section id=\"verdict\" aria-label=\"The answer\">\n<p class=\"answer\">\(HTMLText.escaped(series.answer))</p>\n"
      + "</section>\n"
    let facets = PageFacets(series.lines.map(\.cell))
    let first = series.runs.first?.document
    return HTMLPage(
      title: "ringbench: \(first?.suite ?? "") over \(series.names.count) runs", style: facets.style,
      content: [answer, facets.text, charts(facets), table, provenance].joined()
    ).text
  }

  private func charts(_ facets: PageFacets) -> String {
    let usual = UsualValues(series.lines.map(\.cell))
    var order: [Cell] = []
    var groups: [Cell: [RunSeries.Line]] = [:]
    for line in series.lines {
      var key = line.cell
      key.mode = .plain
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(line)
    }
    let articles = order.map { key -> String in
      let name =
        "\(key.transport.rawValue)\(usual.differences(key)), \(key.operation.rawValue), \(key.pattern.rawValue)"
      let lines = (groups[key] ?? []).map { line in
        LineChart.Line(
          mode: line.cell.mode, name: line.cell.mode.rawValue,
          points: line.results.enumerated().compactMap { index, result in
            result?.median.map { (x: Double(index), y: $0) }
          })
      }
      let most = lines.flatMap { $0.points.map(\.y) }.max() ?? 1
      let chart = LineChart(
        title: "\(name), over \(series.names.count) runs", lines: lines, x: .names(shortNames), y: .linear(to: most),
        xTitle: "", yTitle: series.unit)
      return "<article class=\"\(facets.classes(key))\">\n<h3>\(HTMLText.escaped(name))</h3>\n\(chart.text)</article>\n"
    }
    return HTMLText.section(
      "series", "What a message costs, run by run", "<div class=\"blocks\">\n\(articles.joined())</div>\n")
  }

  /// What fits under an axis: whole names of few runs, the beginnings of others, and only some of many.
  private var shortNames: [String] {
    let count = series.names.count
    let every = (count + 7) / 8
    let width = max(6, 56 / max(1, count / every))
    return series.names.enumerated().map { index, name in
      guard index.isMultiple(of: every) || index == count - 1 else { return "" }
      return name.count > width ? "\(name.prefix(width - 1))\u{2026}" : name
    }
  }

  private var table: String {
    let rows = SeriesRows(series: series)
    let lines = rows.rows.map { HTMLText.row($0[0], Array($0.dropFirst())) }
    let table = "<table>\n\(HTMLText.head(rows.titles))<tbody>\n\(lines.joined())</tbody>\n</table>"
    return HTMLText.section(
      "numbers", "Every cell in every run",
      HTMLText.paragraph(rows.legend) + HTMLText.scrolling("Every cell in every run", table))
  }

  private var provenance: String {
    let rows = zip(series.names, series.runs).map { name, run in
      let document = run.document
      return HTMLText.row(
        name,
        [
          "Linux \(document.host.kernelRelease) \(document.host.kernelVersion)", document.host.cpuModel,
          document.started,
          document.tool.text, ShellWords.joined(document.command),
        ])
    }
    let titles = ["run", "kernel", "CPU", "started", "tool", "command"]
    let table = "<table class=\"prose\">\n\(HTMLText.head(titles))<tbody>\n\(rows.joined())</tbody>\n</table>"
    return HTMLText.section("provenance", "Where this comes from", HTMLText.scrolling("Provenance", table))
  }
}
