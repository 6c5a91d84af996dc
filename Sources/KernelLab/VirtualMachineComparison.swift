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
    let old = try await run(baseline, RunFolder(path: folder + "/baseline"), cache)
    let new = try await run(new, RunFolder(path: folder + "/new"), cache)
    let (comparison, text) = try await ComparisonFolder.compare(folder, threshold: threshold)
    return (text, Self.status(comparison, [old, new]))
  }

  /// Finds faults and fetches both kernels before the first is measured, which takes minutes.
  private func prepare(_ cache: KernelCache) async throws {
    for run in [baseline, new] { _ = try run.plan() }
    _ = try HelperProgram.qemu.path()
    for run in [baseline, new] { try await run.kernel.provide(in: cache) }
  }

  private func run(
    _ run: VirtualMachineRun, _ folder: RunFolder, _ cache: KernelCache
  ) async throws -> RunEnding {
    StandardError.line("ringbench: \(run.kernel.name)")
    return try await run.start(in: folder, cache: cache)
  }

  /// A cell that got worse or was lost says more than a cell that failed on both sides.
  private static func status(_ comparison: RunComparison, _ endings: [RunEnding]) -> ExitStatus {
    if !comparison.hasWorse, endings.contains(where: { $0.status == .failed }) { return .failed }
    return comparison.exitStatus
  }
}
