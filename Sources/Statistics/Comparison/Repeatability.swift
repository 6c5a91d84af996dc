import Documents
import Vocabulary

/// Deterministic results with one fingerprint have the same digits. Where they have not, nothing that the tool says of such
/// machines can be trusted.
struct Repeatability: Sendable {
  private let baseline: RunSamples
  private let new: RunSamples

  init(_ baseline: RunSamples, _ new: RunSamples) {
    self.baseline = baseline
    self.new = new
  }

  var warnings: [ComparisonWarning] {
    guard let fingerprint = baseline.fingerprint, fingerprint == new.fingerprint, baseline.seed == new.seed else {
      return []
    }
    let old = Dictionary(baseline.cells.map { ($0.cell, $0) }) { first, _ in first }
    let different = new.cells.filter { cell in old[cell.cell].map { !Self.agree($0, cell) } ?? false }
    guard let first = different.first else { return [] }
    let count = Plural.text(different.count, "cell", "cells")
    return [
      ComparisonWarning(
        kind: .notRepeatable,
        message: "DEFECT: both runs are of the same kernel, guest and QEMU, and yet \(count) have other digits: "
          + "\(first.cell.id): please report it with both results")
    ]
  }

  /// Trials of different lengths may differ.
  private static func agree(_ one: CellSamples, _ other: CellSamples) -> Bool {
    let columns = SampleColumns.compared
    let isComparable = columns.values(of: .operations, in: one) == columns.values(of: .operations, in: other)
    let metric = Metric.instructionsPerOperation
    return !isComparable || columns.values(of: metric, in: one) == columns.values(of: metric, in: other)
  }
}
