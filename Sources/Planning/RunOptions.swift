package import Vocabulary

/// The options of `ringbench run`.
package struct RunOptions: Sendable {
  package var suite = SuiteLibrary.usual
  package var lists = AxisLists()
  package var nodes = NodeChoice.all
  /// Nil for the suite's, or for local memory.
  package var placement: PlacementChoice?
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
  /// What the user calls the run.
  package var label: String?
  package var quiet = false
  /// What to measure in turns with this run; nil for a run by itself.
  package var against: Against?
  /// The arguments that started the run, the program's name first.
  package var command: [String]

  package init(command: [String]) { self.command = command }
}

/// The other side of a run in turns: the baseline.
package struct Against: Hashable, Sendable {
  /// A folder with workload executables; nil for those of the run itself.
  package var executables: String?
  /// What differs from the environment of the run's own workload processes.
  package var environment: [String: String]
  /// Sessions of either side; nil for as many as the number of cells needs.
  package var turns: Int?

  package init(executables: String?, environment: [String: String], turns: Int?) {
    self.executables = executables
    self.environment = environment
    self.turns = turns
  }
}
