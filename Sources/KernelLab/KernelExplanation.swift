package import Base
import Documents
import FoundationEssentials
import Planning
package import Vocabulary

/// `ringbench explain`: which functions a cell's instructions are spent in, and which make the difference between two
/// kernels or two modes.
package struct KernelExplanation: Sendable {
  /// One, or the baseline and the new one, with the same machine and run.
  package var kernels: [VirtualMachineRun]
  /// The mode that all others are compared with; nil to compare kernels.
  package var baselineMode: Mode?
  /// Whether caches, branches and locks are counted as well.
  package var countsCaches: Bool

  package init(kernels: [VirtualMachineRun], baselineMode: Mode?, countsCaches: Bool) {
    self.kernels = kernels
    self.baselineMode = baselineMode
    self.countsCaches = countsCaches
  }

  /// Finds all faults of the options before anything is fetched or started.
  package func check() throws { _ = try asked() }

  /// The plan of each kernel's run, and the pairs in it.
  private func asked() throws -> (plans: [RunPlan], pairs: [ExplainedPair], leftOut: [String]) {
    let plans = try kernels.map { run throws(RingbenchError) in try run.plan() }
    guard let plan = plans.first else { throw RingbenchError.badInput("--kernel: one or two are needed") }
    try plan.checkHasMiddleTrial()
    let places = plan.cells.indices.filter { plan.cells[$0].cell.implementation == .swift }
    guard !places.isEmpty else {
      throw RingbenchError.badInput("the C loops have no markers: a suite with 'implementation: [swift]' is needed")
    }
    let unmarked = Self.leftOut(plan, Set(plan.cells.indices).subtracting(places), "the C loops have no markers")
    guard let baselineMode else {
      let pairs = places.map { place in
        ExplainedPair(sides: kernels.indices.map { ExplainedPair.Side(kernel: $0, place: place) })
      }
      return (plans, pairs, unmarked)
    }
    var baselines: [Cell: Int] = [:]
    for place in places where plan.cells[place].cell.mode == baselineMode { baselines[plan.cells[place].cell] = place }
    let pairs = places.compactMap { place -> ExplainedPair? in
      var cell = plan.cells[place].cell
      guard cell.mode != baselineMode else { return nil }
      cell.mode = baselineMode
      return baselines[cell].map { ExplainedPair(sides: [$0, place].map { ExplainedPair.Side(kernel: 0, place: $0) }) }
    }
    guard !pairs.isEmpty else {
      throw RingbenchError.badInput(
        "--baseline \(baselineMode.rawValue): no cell of another mode differs from one of it in the mode alone: see --mode"
      )
    }
    let used = Set(pairs.flatMap(\.sides).map(\.place))
    let reason = "this run has no cell of \(baselineMode.rawValue), or none of another mode, to compare it with"
    return (plans, pairs, unmarked + Self.leftOut(plan, Set(places).subtracting(used), reason))
  }

  /// A line for the cells at some places in a plan; none without a cell.
  private static func leftOut(_ plan: RunPlan, _ places: Set<Int>, _ reason: String) -> [String] {
    guard let first = places.min() else { return [] }
    let name = plan.cells[first].cell.id
    let cells = places.count == 1 ? "\(name) is left out" : "\(places.count) cells are left out, such as \(name)"
    return ["\(cells): \(reason)"]
  }

  /// Profiles the cells and writes the explanations.
  ///
  /// - Parameter output: the folder; nil for a new one under `Results`.
  /// - Returns: the text, and the exit status.
  package func start(
    in output: String?, cache: KernelCache = KernelCache()
  ) async throws -> (text: String, status: ExitStatus) {
    let (plans, pairs, leftOut) = try asked()
    let claim = try ClaimedFolder(output: output, orNew: "Results/\(Timestamp.compact(.now))-explain")
    defer { claim.keep() }
    // A fetch takes minutes: what can be known before it comes before it.
    let plugin = try await ProfilerPlugin.provide(in: cache)
    for run in kernels { try await run.kernel.provide(in: cache) }
    let level: ProfilerPlugin.Level = countsCaches ? .caches : .calls
    let places = pairs.flatMap(\.sides)
    let profilers = try await withThrowingTaskGroup(of: (Int, CellProfiler).self) { group in
      for (number, run) in kernels.enumerated() {
        let needed = places.filter { $0.kernel == number }.map(\.place)
        group.addTask {
          do {
            let machine = try await run.saved(cache)
            return (number, try await CellProfiler(machine, plans[number], places: needed, plugin, level, cache: cache))
          } catch let error as RingbenchError { throw error.about(run.kernel.name) }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
    return try await explain(pairs, leftOut, with: profilers, in: claim.folder)
  }

  /// - Throws: `failed` where a guest died or a profile didn't add up and nothing else could be explained;
  ///   `CancellationError` after what was finished is written.
  private func explain(
    _ pairs: [ExplainedPair], _ leftOut: [String], with profilers: [CellProfiler], in folder: RunFolder
  ) async throws -> (text: String, status: ExitStatus) {
    let run = kernels[0]
    let results = await ProfiledPairs(
      profilers: profilers, pairs: pairs, jobs: run.jobCount, output: ProgressOutput(quiet: run.run.quiet)
    ).results()
    var outcome = ExplainedOutcome(pairs, results, profilers, leftOut: leftOut)
    if outcome.explained.isEmpty, let failure = outcome.failure { throw failure }
    outcome.sort()
    let text = try outcome.write(to: folder.path, command: run.run.command)
    try Task.checkCancellation()
    return (text, outcome.status)
  }
}
