package import Base
import Documents
import FoundationEssentials
import Reporting
import Running

/// `ringbench vm compare`: the same run under two kernels.
package struct VirtualMachineComparison: Sendable {
  package var baseline: VirtualMachineRun
  package var new: VirtualMachineRun
  /// The percentage above which a difference counts; nil for 0.5 between exact runs and 5 between others.
  package var threshold: Double?

  package init(baseline: VirtualMachineRun, new: VirtualMachineRun, threshold: Double?) {
    self.baseline = baseline
    self.new = new
    self.threshold = threshold
  }

  /// Runs both, and writes `baseline/`, `new/`, `comparison.json` and `comparison.txt` into the folder.
  ///
  /// - Returns: the comparison as text, and the exit status that goes with it.
  package func start(in folder: String, cache: KernelCache = KernelCache()) async throws -> (String, ExitStatus) {
    do { try RunFolder(path: folder).checkIsFree() } catch { throw error.asBadInput("--output") }
    try await prepare(cache)
    let (old, new) =
      baseline.machine.isDeterministic ? try await runSaved(folder, cache) : try await runInTurn(folder, cache)
    let (comparison, text) = try await ComparisonFolder.compare(folder, threshold: threshold)
    return (text, Self.status(comparison, [old, new]))
  }

  /// Finds faults and fetches both kernels before the first is measured, which takes minutes.
  private func prepare(_ cache: KernelCache) async throws {
    try check()
    try await baseline.kernel.provide(in: cache)
    try await new.kernel.provide(in: cache)
  }

  private func check() throws(RingbenchError) {
    _ = try baseline.plan()
    _ = try new.plan()
    _ = try HelperProgram.qemu.path()
  }

  /// Saves a machine of each kernel, both at once, before any cell is measured. So a kernel that can't run is found first.
  private func runSaved(_ folder: String, _ cache: KernelCache) async throws -> (RunEnding, RunEnding) {
    async let first = Self.named(baseline) { try await SavedMachine(baseline.kernel, baseline.machine, cache: cache) }
    async let second = Self.named(new) { try await SavedMachine(new.kernel, new.machine, cache: cache) }
    let old = try await first
    let now: SavedMachine
    do { now = try await second } catch { throw lost(error) }
    announce(baseline)
    let before = try await baseline.measure(try baseline.plan(), on: old, RunFolder(path: folder + "/baseline"))
    announce(new)
    return (before, try await new.measure(try new.plan(), on: now, RunFolder(path: folder + "/new")))
  }

  private func runInTurn(_ folder: String, _ cache: KernelCache) async throws -> (RunEnding, RunEnding) {
    try await Self.named(baseline) { try await baseline.probe(cache) }
    do { try await Self.named(new) { try await new.probe(cache) } } catch { throw lost(error) }
    announce(baseline)
    let before = try await baseline.start(in: RunFolder(path: folder + "/baseline"), cache: cache)
    announce(new)
    return (before, try await new.start(in: RunFolder(path: folder + "/new"), cache: cache))
  }

  private func announce(_ run: VirtualMachineRun) { StandardError.line("ringbench: \(run.kernel.name)") }

  /// Names the kernel in errors.
  private static func named<Value: Sendable>(
    _ run: VirtualMachineRun, _ body: () async throws -> Value
  ) async throws -> Value {
    do { return try await body() } catch let error as RingbenchError { throw error.about(run.kernel.name) }
  }

  /// A new kernel in which nothing can run, where everything can in the baseline, has lost every cell.
  private func lost(_ error: any Error) -> any Error {
    guard let error = error as? RingbenchError, error.status == .cannotRun else { return error }
    let message = "\(error.message): every cell of \(baseline.kernel.name) is lost"
    return RingbenchError.lost(message, console: error.console)
  }

  /// A cell that got worse or was lost says more than a cell that failed on both sides.
  private static func status(_ comparison: RunComparison, _ endings: [RunEnding]) -> ExitStatus {
    if !comparison.hasWorse, endings.contains(where: { $0.status == .failed }) { return .failed }
    return comparison.exitStatus
  }
}
