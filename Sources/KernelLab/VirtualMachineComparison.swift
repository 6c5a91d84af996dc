package import Base
package import Documents
import FoundationEssentials
import Planning
import Reporting
import Running
import Vocabulary

/// `ringbench vm compare`: the same run under two kernels.
package struct VirtualMachineComparison: Sendable {
  /// One of the two that are compared.
  package enum Side: Sendable {
    case kernel(VirtualMachineRun)
    /// The folder of a run that was measured before.
    case results(String)

    /// Whether a text names the folder of a run. The name of a kernel stays one: `./debian-6.1` is a folder of that name.
    package static func isResults(_ text: String) -> Bool {
      let isName = LaboratoryKernel(name: text) != nil || DebianKernel.isNamed(text)
      return !isName && Files.exists(RunFolder(path: text).resultsPath)
    }

    fileprivate var run: VirtualMachineRun? { if case .kernel(let run) = self { run } else { nil } }

    /// What the comparison reads: the given results, or those that it makes.
    fileprivate func path(_ made: String) -> String { if case .results(let path) = self { path } else { made } }
  }

  package var baseline: Side
  package var new: Side
  /// The percentage above which a difference counts; nil for 0.5 between exact runs and 5 between others.
  package var threshold: Double?
  /// How many cells to explain: those that differ most. Needs two deterministic kernels.
  package var explained = 0

  package init(baseline: Side, new: Side, threshold: Double?) {
    self.baseline = baseline
    self.new = new
    self.threshold = threshold
  }

  /// Runs both, and writes `baseline/`, `new/` and `comparison.{json,txt,md,xml}` into the folder. A side that is
  /// the results of a run is read where it lies.
  ///
  /// - Parameter output: the folder; nil for a new one under `Results`.
  /// - Returns: the comparison, its text, and the exit status that goes with it.
  package func start(
    in output: String?, cache: KernelCache = KernelCache()
  ) async throws -> (comparison: RunComparison, text: String, status: ExitStatus) {
    let runs = [baseline.run, new.run].compactMap { $0 }
    guard !runs.isEmpty else {
      throw RingbenchError.badInput("--kernel: both are results of runs: compare them with 'ringbench compare'")
    }
    try check()
    for case .results(let path) in [baseline, new] { _ = try ComparisonRequest.read(path) }
    let claim = try ClaimedFolder(output: output, orNew: "Results/\(Timestamp.compact(.now))-vm-compare")
    defer { claim.keep() }
    let folder = claim.folder.path
    _ = try HelperProgram.qemu.path()
    // A fetch takes minutes: both kernels are there before the first is measured.
    for run in runs { try await run.kernel.provide(in: cache) }
    // What can be known before a run comes before it.
    let plugin = explained > 0 ? try await ProfilerPlugin.provide(in: cache) : nil
    let measured = try await measure(folder, cache)
    var (comparison, text) = try await ComparisonFolder.compare(
      folder, baseline: baseline.path(folder + "/baseline"), new: new.path(folder + "/new"), threshold: threshold)
    var status = Self.status(comparison, measured.endings)
    if let plugin {
      do {
        let explained = try await explain(comparison, measured, plugin, folder, cache)
        text += explained.text
        if status == .done, explained.status == .failed { status = .failed }
      } catch let error as RingbenchError {
        // The comparison is done and written, and its verdict stands.
        StandardError.line("ringbench: not explained: \(error.message)")
        if status == .done, error.status == .failed { status = .failed }
      }
    }
    return (comparison, text, status)
  }

  /// - Throws: `badInput` where cells are to be explained that can't be.
  package func check() throws(RingbenchError) {
    for run in [baseline.run, new.run].compactMap({ $0 }) { _ = try run.plan() }
    guard explained > 0 else { return }
    guard let old = baseline.run, let now = new.run, old.machine.isDeterministic, now.machine.isDeterministic else {
      throw RingbenchError.badInput("--explain: two kernels and --deterministic are needed: results can't be profiled")
    }
    try old.plan().checkHasMiddleTrial()
  }

  /// What was measured, and the saved machines of deterministic kernels.
  private struct Measured {
    var endings: [RunEnding]
    var machines: [SavedMachine] = []
  }

  private func measure(_ folder: String, _ cache: KernelCache) async throws -> Measured {
    guard let old = baseline.run, let now = new.run else {
      return Measured(endings: try await measureOne(folder, cache).map { [$0] } ?? [])
    }
    return old.machine.isDeterministic
      ? try await runSaved(old, now, folder, cache) : try await runInTurn(old, now, folder, cache)
  }

  /// Measures the side that has no results yet.
  private func measureOne(_ folder: String, _ cache: KernelCache) async throws -> RunEnding? {
    guard let run = baseline.run ?? new.run else { return nil }
    announce(run)
    do {
      return try await Self.named(run) {
        try await run.start(in: folder + (new.run == nil ? "/baseline" : "/new"), cache: cache)
      }
    } catch {
      throw new.run == nil ? error : lost(error, baseline.path(""))
    }
  }

  /// Saves a machine of each kernel, both at once, before any cell is measured. So a kernel that can't run is found first.
  private func runSaved(
    _ baseline: VirtualMachineRun, _ new: VirtualMachineRun, _ folder: String, _ cache: KernelCache
  ) async throws -> Measured {
    async let first = Self.named(baseline) { try await baseline.saved(cache) }
    async let second = Self.named(new) { try await new.saved(cache) }
    let old = try await first
    let now: SavedMachine
    do { now = try await second } catch { throw lost(error, baseline.kernel.name) }
    announce(baseline)
    let before = try await baseline.measure(try baseline.plan(), on: old, RunFolder(path: folder + "/baseline"), cache)
    announce(new)
    let after = try await new.measure(try new.plan(), on: now, RunFolder(path: folder + "/new"), cache)
    return Measured(endings: [before, after], machines: [old, now])
  }

  private func runInTurn(
    _ baseline: VirtualMachineRun, _ new: VirtualMachineRun, _ folder: String, _ cache: KernelCache
  ) async throws -> Measured {
    try await Self.named(baseline) { try await baseline.probe(cache) }
    do { try await Self.named(new) { try await new.probe(cache) } } catch { throw lost(error, baseline.kernel.name) }
    announce(baseline)
    let before = try await baseline.start(in: folder + "/baseline", cache: cache)
    announce(new)
    return Measured(endings: [before, try await new.start(in: folder + "/new", cache: cache)])
  }

  /// Explains the cells that differ most, and writes the page anew with the explanations.
  ///
  /// - Returns: their text, and how it went.
  /// - Throws: `failed` where an explanation doesn't add up to the figures of the comparison.
  private func explain(
    _ comparison: RunComparison, _ measured: Measured, _ plugin: ProfilerPlugin, _ folder: String, _ cache: KernelCache
  ) async throws -> (text: String, status: ExitStatus) {
    guard let old = baseline.run, let now = new.run, measured.machines.count == 2 else { return ("", .done) }
    let plans = [try old.plan(), try now.plan()]
    let cells = comparison.mostChanged(explained)
    let pairs = try cells.map { cell in
      ExplainedPair(
        sides: try plans.indices.map { kernel in
          guard let place = plans[kernel].cells.firstIndex(where: { $0.cell == cell.axes }) else {
            throw RingbenchError.failed("\(cell.cell): is in no plan")
          }
          return ExplainedPair.Side(kernel: kernel, place: place)
        })
    }
    guard !pairs.isEmpty else { return ("\nNo cell differs: there is nothing to explain.\n", .done) }
    var profilers: [CellProfiler] = []
    for (kernel, machine) in measured.machines.enumerated() {
      let places = pairs.map { $0.sides[kernel].place }
      profilers.append(try await CellProfiler(machine, plans[kernel], places: places, plugin, .calls, cache: cache))
    }
    let results = await ProfiledPairs(
      profilers: profilers, pairs: pairs, jobs: old.jobCount, output: ProgressOutput(quiet: old.run.quiet)
    ).results()
    try Task.checkCancellation()
    for (pair, cell) in zip(pairs, cells) { try Self.checkFigures(pair, cell, results) }
    let outcome = ExplainedOutcome(pairs, results, profilers)
    let text = try outcome.write(to: folder)
    try ComparisonFolder.writePage(comparison, in: folder)
    let path = outcome.explained.isEmpty ? "" : "\(folder)/explanation.json\n"
    return ("\n" + text + path, outcome.status)
  }

  /// The profiled trials must be those that were compared, to the digit.
  private static func checkFigures(
    _ pair: ExplainedPair, _ cell: CellComparison, _ results: [ExplainedPair.Side: CellProfiler.Result]
  ) throws(RingbenchError) {
    let compared = cell.metrics[Metric.instructionsPerOperation.rawValue]
    for (side, figure) in zip(pair.sides, [compared?.baseline, compared?.new]) {
      guard case .profile(let profile)? = results[side], let figure else { continue }
      guard profile.instructionsPerOperation == figure else {
        throw RingbenchError.failed(
          "\(cell.cell): the profile has \(profile.instructionsPerOperation) instructions an operation, and the run had "
            + "\(figure): this explanation would be wrong")
      }
    }
  }

  private func announce(_ run: VirtualMachineRun) { StandardError.line("ringbench: \(run.kernel.name)") }

  /// Names the kernel in errors.
  private static func named<Value: Sendable>(
    _ run: VirtualMachineRun, _ body: () async throws -> Value
  ) async throws -> Value {
    do { return try await body() } catch let error as RingbenchError { throw error.about(run.kernel.name) }
  }

  /// A new kernel in which nothing can run, where everything can in the baseline, has lost every cell.
  private func lost(_ error: any Error, _ baseline: String) -> any Error {
    guard let error = error as? RingbenchError, error.status == .cannotRun else { return error }
    let message = "\(error.message): every cell of \(baseline) is lost"
    return RingbenchError.lost(message, console: error.console)
  }

  /// A cell that got worse or was lost says more than a cell that failed on both sides.
  private static func status(_ comparison: RunComparison, _ endings: [RunEnding]) -> ExitStatus {
    if !comparison.hasWorse, endings.contains(where: { $0.status == .failed }) { return .failed }
    return comparison.exitStatus
  }
}
