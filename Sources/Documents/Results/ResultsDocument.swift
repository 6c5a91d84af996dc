package import Base

/// `results.json`: a whole run, the source of truth for every other format.
package struct ResultsDocument: Codable, Hashable, Sendable {
  package static let currentSchema = "ringbench.results/1"

  package var schema: String
  package var tool: Tool
  package var suite: String
  /// ISO 8601, UTC.
  package var started: String
  /// ISO 8601, UTC; null while the run goes on or when it was interrupted.
  @Nullable package var finished: String?
  package var seed: UInt64
  /// The arguments that started the run, the program's name first.
  package var command: [String]
  package var host: Host
  /// The precision at which the run could stop early, in percent; null if all trials had to run.
  @Nullable package var precision: Double?
  /// What a run of the floor suite found about its machine; null for other suites.
  @Nullable package var floor: NoiseFloor?
  /// How the run took turns with another one; null for a run by itself.
  @Nullable package var turns: Turns?
  /// What the digits of a deterministic run depend on; null for other runs.
  @Nullable package var fingerprint: Fingerprint?
  /// Which part of a run this is; null for a whole run.
  @Nullable package var shard: Shard?
  /// What the user calls the run, such as a commit; null without a name.
  @Nullable package var label: String?
  package var cells: [CellResult]
  /// What to choose for each job of the run; null in results of older versions.
  @Nullable package var choices: [Choice]?

  private enum CodingKeys: String, CodingKey {
    case schema, tool, suite, started, finished, seed, command, host, floor, turns, fingerprint, shard, label, cells,
      choices
    case precision = "precision_percent"
  }

  package init(
    tool: Tool, suite: String, started: String, finished: String?, seed: UInt64, command: [String], host: Host,
    precision: Double? = nil, floor: NoiseFloor? = nil, turns: Turns? = nil,
    fingerprint: Fingerprint? = nil, shard: Shard? = nil, label: String? = nil, cells: [CellResult]
  ) {
    self.schema = Self.currentSchema
    self.tool = tool
    self.suite = suite
    self.started = started
    self.finished = finished
    self.seed = seed
    self.command = command
    self.host = host
    self.precision = precision
    self.floor = floor
    self.turns = turns
    self.fingerprint = fingerprint
    self.shard = shard
    self.label = label
    self.cells = cells
    choices = Job.jobs(of: cells).map(Choice.init)
  }
}
