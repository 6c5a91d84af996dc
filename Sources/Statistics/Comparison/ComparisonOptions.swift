package import Documents

/// What a comparison is asked for.
package struct ComparisonOptions: Sendable {
  /// Percent; nil for 0.5 in deterministic runs and 5 elsewhere.
  package var threshold: Double?
  /// What the machine can resolve, with the path of the run that found it; nil where nothing is known.
  package var floor: (path: String, floor: NoiseFloor)?

  package init(threshold: Double? = nil, floor: (path: String, floor: NoiseFloor)? = nil) {
    self.threshold = threshold
    self.floor = floor
  }
}

/// What two cells are, and where they are found.
struct CellPair: Sendable {
  var baseline: CellSamples
  var new: CellSamples
}
