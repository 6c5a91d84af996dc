package import Base
package import Vocabulary

/// Everything that a run will do, decided before its first trial and unchanged when an interrupted run is resumed.
package struct RunPlan: Codable, Hashable, Sendable {
  package var suite: String
  /// Orders the trials of each block.
  package var seed: UInt64
  package var cells: [PlannedCell]
  /// Block `k` holds the cells with a trial `k`, as indices into `cells`, in the order of starting.
  package var blocks: [[Int]]
  /// Where file workloads keep their file; null for the system's temporary folder.
  @Nullable package var directory: String?
  /// Seconds that a trial may take beyond its own duration before it is killed.
  package var trialTimeout: Double

  /// The run may stop before its last block once half of every cell's interval is as narrow as this, in percent of the
  /// cell's median. Null to run all trials.
  @Nullable package var precision: Double?
  /// How the run takes turns with another one; null for a run by itself.
  @Nullable package var turns: Turns?
  /// What the digits of a deterministic run depend on; null for other runs.
  @Nullable package var fingerprint: Fingerprint?
  /// Which part of a run this is; null for a whole run.
  @Nullable package var shard: Shard?

  /// What the user calls the run, such as a commit; null without a name.
  @Nullable package var label: String?

  package init(
    suite: String, seed: UInt64, cells: [PlannedCell], blocks: [[Int]], directory: String?, trialTimeout: Double,
    precision: Double? = nil
  ) {
    self.suite = suite
    self.seed = seed
    self.cells = cells
    self.blocks = blocks
    self.directory = directory
    self.trialTimeout = trialTimeout
    self.precision = precision
  }

  /// How many trials the run has, without repeats of disturbed trials.
  package var trialCount: Int { blocks.reduce(0) { $0 + $1.count } }

  private enum CodingKeys: String, CodingKey {
    case suite, seed, cells, blocks, directory, turns, fingerprint, shard, label
    case precision = "precision_percent"
    case trialTimeout = "trial_timeout_seconds"
  }
}

/// A cell and how to measure it.
package struct PlannedCell: Codable, Hashable, Sendable {
  package var cell: Cell
  package var trials: Int
  package var length: TrialLength

  package init(cell: Cell, trials: Int, length: TrialLength) {
    self.cell = cell
    self.trials = trials
    self.length = length
  }
}
