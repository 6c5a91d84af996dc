package import Documents

/// The options of a comparison.
package struct ComparisonOptions: Sendable {
  /// Percent; nil for 0.5 in deterministic runs and 5 elsewhere.
  package var threshold: Double?
  /// The noise floor of the machine, with the path of the run that measured it; nil where it is unknown.
  package var floor: (path: String, floor: NoiseFloor)?

  package init(threshold: Double? = nil, floor: (path: String, floor: NoiseFloor)? = nil) {
    self.threshold = threshold
    self.floor = floor
  }
}

/// Two cells to compare.
struct CellPair: Sendable {
  var baseline: CellSamples
  var new: CellSamples
}
