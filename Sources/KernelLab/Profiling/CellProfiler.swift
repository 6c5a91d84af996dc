import Base
import Documents
import Running
import Vocabulary

/// Profiles cells on one kernel.
struct CellProfiler: Sendable {
  let machine: SavedMachine
  let plan: RunPlan
  let plugin: ProfilerPlugin
  let level: ProfilerPlugin.Level
  /// By the name of a workload executable.
  private let tables: [String: FunctionTable]
  /// The tables as files.
  private let work: TemporaryFolder

  /// - Parameter places: the cells in the plan that will be profiled.
  /// - Throws: `cannotRun` for a kernel that doesn't name its functions.
  init(
    _ machine: SavedMachine, _ plan: RunPlan, places: [Int], _ plugin: ProfilerPlugin, _ level: ProfilerPlugin.Level,
    cache: KernelCache
  ) async throws {
    (self.machine, self.plan, self.plugin, self.level) = (machine, plan, plugin, level)
    work = try TemporaryFolder()
    let kernel = try await KernelSymbols.provide(of: machine, in: cache)
    var tables: [String: FunctionTable] = [:]
    for name in Set(places.map { plan.cells[$0].cell.executableName }) {
      let executables = try WorkloadExecutables(names: [name])
      let table = FunctionTable(
        kernel: kernel, executable: try await ExecutableSymbols.read("\(executables.folder)/\(name)"))
      try Files.write(table.bytes, to: work.file(name))
      tables[name] = table
    }
    self.tables = tables
  }

  /// What came of one cell.
  enum Result: Sendable {
    case profile(CallProfile)
    /// The cell could not be measured.
    case reason(Reason, isFailure: Bool)
    /// The guest died, or the profile doesn't add up.
    case failed(RingbenchError)
  }

  /// - Throws: `CancellationError`.
  func profile(_ place: Int) async throws -> Result {
    do { return try await measured(place) } catch let error as RingbenchError {
      return .failed(error.about("\(machine.kernel.name), \(plan.cells[place].cell.id)"))
    }
  }

  private func measured(_ place: Int) async throws -> Result {
    let cell = plan.cells[place]
    guard let table = tables[cell.cell.executableName] else {
      throw RingbenchError.failed("\(cell.cell.id): no symbols")
    }
    let use = ProfilerUse(plugin: plugin, level: level, functions: work.file(cell.cell.executableName))
    let measured = try await machine.measure(
      place, of: plan, try await SavedMachine.MemoryCopy(of: machine), profiler: use)
    if let bad = measured.trials.first(where: { $0.measurements == nil }) {
      let reason = bad.outcome.reason ?? Reason(stage: .receive, message: "gave no reason")
      return .reason(reason, isFailure: bad.outcome.status == .failed)
    }
    return .profile(try CallProfile(measured, cell, table, level: level))
  }
}
