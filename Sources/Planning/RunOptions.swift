package import Vocabulary

/// The options of `ringbench run`.
package struct RunOptions: Sendable {
  package var suite = "quick"
  package var lists = AxisLists()
  package var nodes = NodeChoice.all
  package var placement = PlacementChoice.local
  /// Nil for the suite's number.
  package var trials: Int?
  /// Nil for the suite's length.
  package var length: TrialLength?
  /// Nil for a random seed.
  package var seed: UInt64?
  /// Nil for a new folder under `Results`.
  package var output: String?
  /// Where file workloads keep their file; nil for the system's temporary folder.
  package var directory: String?
  /// Seconds that a trial may take beyond its own duration.
  package var trialTimeout = 60.0
  /// The precision at which the run may stop early, in percent; nil to run all trials.
  package var precision: Double?
  package var quiet = false
  /// The arguments that started the run, the program's name first.
  package var command: [String]

  package init(command: [String]) { self.command = command }
}
