package import Base
package import Vocabulary

/// The smallest differences that a machine can tell from its own noise, from a run of the floor suite.
package struct NoiseFloor: Codable, Hashable, Sendable {
  package var rows: [Row]

  package init(rows: [Row]) { self.rows = rows }

  /// A metric of the cells with one pattern, or of one cell.
  package struct Row: Codable, Hashable, Sendable {
    package var pattern: Pattern
    /// Whether the row is for `file-direct`, which is kept apart because its times are those of a device.
    package var isDirect: Bool
    package var metric: String
    /// The identifier of the only cell; null for a row of all cells with the pattern.
    @Nullable package var cell: String?
    /// How many cells the row is taken from.
    package var cells: Int
    package var sizes: [Size]

    private enum CodingKeys: String, CodingKey {
      case pattern, metric, cell, cells, sizes
      case isDirect = "direct"
    }

    package init(
      pattern: Pattern, isDirect: Bool, metric: String, cell: String? = nil, cells: Int, sizes: [Size]
    ) {
      self.pattern = pattern
      self.isDirect = isDirect
      self.metric = metric
      self.cell = cell
      self.cells = cells
      self.sizes = sizes
    }
  }

  /// How two runs of identical cells differ, with this many trials of each cell.
  package struct Size: Codable, Hashable, Sendable {
    package var trials: Int
    /// Pairs of runs that were compared.
    package var pairs: Int
    /// The difference in percent between two runs: 95 of 100 pairs differ by less.
    package var shiftPercent: Double
    /// The median half-width of that difference's interval, in percent.
    package var halfWidthPercent: Double
    /// How many percent the runs drifted beyond what their trials explain.
    package var driftPercent: Double

    private enum CodingKeys: String, CodingKey {
      case trials, pairs
      case shiftPercent = "shift_percent"
      case halfWidthPercent = "half_width_percent"
      case driftPercent = "drift_percent"
    }

    package init(
      trials: Int, pairs: Int, shiftPercent: Double, halfWidthPercent: Double, driftPercent: Double
    ) {
      self.trials = trials
      self.pairs = pairs
      self.shiftPercent = shiftPercent
      self.halfWidthPercent = halfWidthPercent
      self.driftPercent = driftPercent
    }
  }
}
