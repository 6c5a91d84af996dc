package import Vocabulary

/// What differences a machine can tell from its own movements, as a run of the floor suite found it.
package struct NoiseFloor: Codable, Hashable, Sendable {
  package var rows: [Row]

  package init(rows: [Row]) { self.rows = rows }

  /// A metric of the cells with one pattern.
  package struct Row: Codable, Hashable, Sendable {
    package var pattern: Pattern
    /// `file-direct`, whose times are those of a device, is apart from the other transports.
    package var isDirect: Bool
    package var metric: String
    /// How many cells it was taken from.
    package var cells: Int
    package var sizes: [Size]

    private enum CodingKeys: String, CodingKey {
      case pattern, metric, cells, sizes
      case isDirect = "direct"
    }

    package init(pattern: Pattern, isDirect: Bool, metric: String, cells: Int, sizes: [Size]) {
      self.pattern = pattern
      self.isDirect = isDirect
      self.metric = metric
      self.cells = cells
      self.sizes = sizes
    }
  }

  /// What two runs with as many trials each of identical cells look like.
  package struct Size: Codable, Hashable, Sendable {
    package var trials: Int
    /// Pairs of runs that were compared.
    package var pairs: Int
    /// By how many percent two runs differ: 95 of 100 pairs differ by less.
    package var shiftPercent: Double
    /// The median half-width of the interval of that difference, in percent.
    package var halfWidthPercent: Double
    /// How many percent the runs moved beyond what their trials let expect.
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
