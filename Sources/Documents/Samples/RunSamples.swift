import Base
package import Vocabulary

/// What a comparison needs from a run: the numbers of its trials, without the rest of the document.
package struct RunSamples: Sendable {
  /// The file that it was read from, for messages.
  package var path: String
  package var tool: Tool
  package var suite: String
  /// ISO 8601, UTC.
  package var started: String
  /// ISO 8601, UTC; nil when the run was interrupted.
  package var finished: String?
  /// The arguments that started the run, the program's name first.
  package var command: [String]
  package var host: Host
  package var cells: [CellSamples]
  /// What a run of the floor suite found about its machine.
  package var floor: NoiseFloor?
  /// How the run took turns with another one; nil for a run by itself.
  package var turns: Turns?
  /// What the digits depend on, in a deterministic run.
  package var fingerprint: Fingerprint?
  package var seed: UInt64 = 0

  /// Seconds from the first trial to the last, within a second; nil when the run was interrupted.
  package var seconds: Double? {
    guard let finished, let end = Timestamp.seconds(finished), let start = Timestamp.seconds(started) else {
      return nil
    }
    return max(0, end - start)
  }
}

/// The trials of a cell, by columns.
package struct CellSamples: Sendable {
  package var cell: Cell
  package var status: CellStatus
  package var reason: Reason?
  /// All trials, including those that don't count.
  package var trials: Int
  /// Trials that the machine disturbed.
  package var disturbed: Int
  /// For each requested column, the values of the trials that count and have a value.
  package var values: [[Double]]
  /// For each value, the index of its trial.
  package var indices: [[Int]]
  /// For each requested column, the trials that don't count.
  package var uncounted: [[IndexedValue]]

  /// A value and the index of its trial.
  package typealias IndexedValue = (index: Int, value: Double)

  /// - Parameter indices: nil for values of trials in a row.
  package init(
    cell: Cell, status: CellStatus, reason: Reason? = nil, trials: Int, disturbed: Int = 0, values: [[Double]],
    indices: [[Int]]? = nil, uncounted: [[IndexedValue]]? = nil
  ) {
    self.cell = cell
    self.status = status
    self.reason = reason
    self.trials = trials
    self.disturbed = disturbed
    self.values = values
    self.indices = indices ?? values.map { Array($0.indices) }
    self.uncounted = uncounted ?? values.map { _ in [] }
  }
}

/// The metrics that are read from each trial.
package struct SampleColumns: Sendable {
  package let metrics: [Metric]
  /// The keys of a trial, and of its latency, as bytes with the index of their column.
  let plain: [(key: [UInt8], column: Int)]
  let latency: [(key: [UInt8], column: Int)]

  /// - Parameter metrics: Metrics of the trial itself or of its latency.
  package init(_ metrics: [Metric]) {
    self.metrics = metrics
    func keys(of object: Metric.Object?) -> [(key: [UInt8], column: Int)] {
      metrics.enumerated().filter { $0.element.object == object }.map { (Array($0.element.key.utf8), $0.offset) }
    }
    plain = keys(of: nil)
    latency = keys(of: .latency)
  }

  /// What a comparison reads from a run.
  package static let compared = SampleColumns(Metric.compared + Metric.controls + [.operations])

  /// The values of a metric in a cell that was read with these columns.
  package func values(of metric: Metric, in cell: CellSamples) -> [Double] {
    metrics.firstIndex(of: metric).map { cell.values[$0] } ?? []
  }
}
