/// Where the instructions of one trial's timed regions were spent, by call path. All counts are sums over the rounds that
/// the reported figure is made of.
package struct CallProfile: Hashable, Sendable {
  /// A function as it was called on one path.
  package struct Node: Hashable, Sendable {
    package var name: String
    /// What it spent itself.
    package var own = CostCounts()
    /// How often it was entered on this path.
    package var calls = 0
    /// In any order. A name may be there twice until the profile is `joined`.
    package var children: [Node] = []

    package init(_ name: String) { self.name = name }
  }

  package var kernelRelease: String
  /// The cell's identifier.
  package var cell: String
  /// The index of the trial: the one whose figure is the median of all.
  package var trial: Int
  /// Rounds of the trial, and how many of them the reported figure is made of.
  package var rounds: Int
  package var roundsExplained: Int
  /// Messages received in the explained rounds.
  package var operations: Int
  /// Instructions of the clock's own code in all explained rounds: the reported figure has them, the functions have not. A
  /// round has some more where a second ends (`__iter_div_u64_rem` in the kernel's vDSO).
  package var constant: Int
  /// As reported for the trial.
  package var instructionsPerOperation: Double
  /// The columns that were counted.
  package var columns: [CostColumn]
  /// The functions at the bottom of the stacks: the timed loop, and what ran for others meanwhile.
  package var roots: [Node]

  package init(
    kernelRelease: String, cell: String, trial: Int, rounds: Int, roundsExplained: Int, operations: Int, constant: Int,
    instructionsPerOperation: Double, columns: [CostColumn] = CostColumn.always, roots: [Node]
  ) {
    self.kernelRelease = kernelRelease
    self.cell = cell
    self.trial = trial
    self.rounds = rounds
    self.roundsExplained = roundsExplained
    self.operations = operations
    self.constant = constant
    self.instructionsPerOperation = instructionsPerOperation
    self.columns = columns
    self.roots = roots
  }
}
