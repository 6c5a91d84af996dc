/// How a run took turns with another one.
///
/// Both runs of a pair were measured at the same time: for each cell a session of the one, then a session of the other,
/// or the other way round. Chance decided each time.
package struct Turns: Codable, Hashable, Sendable {
  package enum Side: String, Codable, Sendable {
    case baseline, new
  }

  /// Both runs have the same, and no other run has it.
  package var id: String
  package var side: Side
  /// Trials of a cell in a session: the trials `n * trialsPerTurn ..< (n + 1) * trialsPerTurn` are session `n`.
  package var trialsPerTurn: Int

  package init(id: String, side: Side, trialsPerTurn: Int) {
    self.id = id
    self.side = side
    self.trialsPerTurn = trialsPerTurn
  }

  private enum CodingKeys: String, CodingKey {
    case id, side
    case trialsPerTurn = "trials_per_turn"
  }
}
