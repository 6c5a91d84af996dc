import Base
package import Vocabulary

/// What a program has to do, whatever mode and operation it chooses: the cells that differ in these two alone.
package struct Job: Sendable {
  /// The cells with numbers, the cheapest first.
  package let ranking: [CellResult]

  /// The jobs of a run, in the order of its cells.
  ///
  /// A job with one operation needs no choice and is left out. So is `drain` over byte streams: a one-shot request asks
  /// for one message there, and a multishot one gets many at once.
  package static func jobs(of results: [CellResult]) -> [Job] {
    var order: [Cell] = []
    var jobs: [Cell: [CellResult]] = [:]
    for result in results where result.cost != nil && result.cell.implementation == .swift {
      let cell = result.cell
      guard cell.pattern != .drain || cell.transport.keepsMessageBoundaries || cell.workload == .file else { continue }
      var key = cell
      (key.mode, key.operation) = (.plain, .oneshot)
      if jobs[key] == nil { order.append(key) }
      jobs[key, default: []].append(result)
    }
    return order.compactMap { jobs[$0] }.filter { Set($0.map(\.cell.operation)).count > 1 }
      .map { Job(ranking: $0.sorted { ($0.cost?.median ?? 0) < ($1.cost?.median ?? 0) }) }
  }

  /// The cheapest cell.
  package var best: CellResult { ranking[0] }

  /// The others that can't be told from the cheapest.
  package var ties: [CellResult] { ranking.dropFirst().filter { !$0.isToldApart(from: best) } }
}

extension CellResult {
  /// The metric of `cost`: that of the pattern, or the elapsed time in older results without the CPU time, or the
  /// instructions where the clock counts these. Nil without numbers.
  package var costMetric: Metric? {
    [Metric.cost(cell.pattern), .nsPerOperation, .instructionsPerOperation].first { summary[$0.rawValue] != nil }
  }

  /// What an operation costs.
  package var cost: MetricSummary? { costMetric.flatMap { summary[$0.rawValue] } }

  /// Whether the 95 % intervals of the two costs lie apart. Without intervals only equal costs do not.
  package func isToldApart(from other: CellResult) -> Bool {
    guard let a = cost?.ci95, let b = other.cost?.ci95 else { return cost?.median != other.cost?.median }
    return a[0] > b[1] || b[0] > a[1]
  }
}

/// What to choose for a job, as `results.json` has it.
package struct Choice: Codable, Hashable, Sendable {
  /// The column and summary key by which the cells are ordered.
  package var metric: String
  /// The cheapest first.
  package var ranking: [Entry]

  package struct Entry: Codable, Hashable, Sendable {
    package var cell: String
    package var median: Double
    /// By how many percent it costs more than the cheapest.
    package var percent: Double
    /// Whether the 95 % interval lies apart from that of the cheapest; false for the cheapest itself.
    package var isToldApart: Bool

    private enum CodingKeys: String, CodingKey {
      case cell, median, percent
      case isToldApart = "told_apart"
    }
  }

  init(_ job: Job) {
    let best = job.best.cost?.median ?? 0
    metric = job.best.costMetric?.rawValue ?? ""
    ranking = job.ranking.map { result in
      let median = result.cost?.median ?? 0
      return Entry(
        cell: result.cell.id, median: median, percent: best > 0 ? (median / best - 1) * 100 : 0,
        isToldApart: result != job.best && result.isToldApart(from: job.best))
    }
  }
}
