package import Documents

extension RunPlan {
  /// Trials of a cell in a session where neither the user nor the suite's `turns` says another number: the median of
  /// three leaves one outlier out.
  package static let usualTrialsPerTurn = 3

  /// The plan of one side of a run in turns.
  ///
  /// - Parameters:
  ///   - turns: sessions of either side.
  ///   - trials: trials of a cell in a session.
  package func inTurns(_ turns: Int, id: String, side: Turns.Side, trials: Int) -> RunPlan {
    var plan = self
    for index in plan.cells.indices { plan.cells[index].trials = turns * trials }
    plan.blocks = Self.blocks(of: plan.cells, seed: seed)
    plan.turns = Turns(id: id, side: side, trialsPerTurn: trials)
    return plan
  }
}
