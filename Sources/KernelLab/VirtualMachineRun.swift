package import Base
package import Documents
import FoundationEssentials
package import Planning
package import Running
import Vocabulary

/// `ringbench vm run`, from the options to the files.
package struct VirtualMachineRun: Sendable {
  package var kernel: KernelReference
  package var machine: MachineOptions
  package var run: RunOptions
  /// Machines at once in a deterministic run; nil for one on each processor.
  package var jobs: Int?
  /// The number of a part, from 1, and how many parts there are; nil for the whole run.
  package var shard: (number: Int, count: Int)?

  /// Guest seconds before the first trial of a machine that is not saved: a kernel goes on initialising memory and clocks
  /// after it has booted.
  private static let settleSeconds = 3.0
  /// Trials of each cell in a deterministic machine: the fewest with which a rank test can be sure of one cell among the
  /// eighty of the suite `ci` (2 in 48620 against 1 in 8000).
  private static let states = 9

  package init(kernel: KernelReference, machine: MachineOptions, run: RunOptions) {
    self.kernel = kernel
    self.machine = machine
    self.run = run
  }

  /// The plan of the run. Finds all faults of the options before anything is fetched or started.
  package func plan() throws(RingbenchError) -> RunPlan {
    try machine.check()
    var run = run
    if machine.isDeterministic { run.seed = run.seed ?? 1 }
    // Each trial begins in another state of the kernel's allocators.
    if machine.isDeterministic { run.trials = run.trials ?? Self.states }
    let plan = try RunPlan(run, nodes: machine.hostNodes)
    guard machine.isDeterministic else { return plan }
    for planned in plan.cells where planned.cell.pattern.needsTwoCPUs {
      throw RingbenchError.badInput(
        "--deterministic: pattern \(planned.cell.pattern.rawValue) needs two CPUs that run at once, and this machine "
          + "has one: leave --deterministic out, or use drain or pingpong")
    }
    return plan
  }

  /// The command that would start QEMU. The initramfs and the kernel need not exist.
  package func shellCommand(cache: KernelCache = KernelCache()) throws -> String {
    _ = try plan()
    return PreparedMachine.shellCommand(kernel, machine, cache: cache)
  }

  /// Runs the plan in a guest and writes the run's folder.
  ///
  /// - Parameter output: the folder; nil for a new one under `Results`.
  /// - Throws: `badInput` and `cannotRun` before anything is written; `failed` later.
  package func start(in output: String?, cache: KernelCache = KernelCache()) async throws -> RunEnding {
    let plan = try plan()
    let claim = try ClaimedFolder(output: output, orNew: "Results/\(Timestamp.compact(.now))-\(plan.suite)")
    defer { claim.keep() }
    let folder = claim.folder
    if machine.isDeterministic {
      return try await measure(plan, on: try await saved(cache), folder, cache)
    }
    let prepared = try await PreparedMachine(
      kernel, machine, try GuestExecutables(for: plan), .run(plan, settleSeconds: Self.settleSeconds), cache: cache)
    return try await converse(prepared, folder)
  }

  /// Machines at once in a deterministic run.
  var jobCount: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

  /// What is shown while a guest boots.
  private var boot: BootProgress { BootProgress(kernel.name, ProgressOutput(quiet: run.quiet)) }

  /// Boots the kernel and saves the machine.
  func saved(_ cache: KernelCache) async throws -> SavedMachine {
    try await SavedMachine(kernel, machine, cache: cache, quiet: run.quiet)
  }

  /// Boots the kernel and asks whether io_uring is there.
  ///
  /// - Throws: `cannotRun` when it is not.
  func probe(_ cache: KernelCache) async throws {
    let prepared = try await PreparedMachine(kernel, machine, try GuestExecutables.all(), .probe, cache: cache)
    var channel = try GuestChannel(path: prepared.command.channel, boot: boot)
    try await prepared.start {
      for case .end(let end) in try channel.messages() { return end }
      return nil
    }
  }

  /// Measures every cell in a machine of its own.
  func measure(
    _ plan: RunPlan, on saved: SavedMachine, _ folder: RunFolder, _ cache: KernelCache
  ) async throws -> RunEnding {
    var plan = plan
    plan.fingerprint = saved.fingerprint
    plan.shard = shard.map { Shard(number: $0.number, of: $0.count, cells: plan.cells.count) }
    let places = plan.shard?.places ?? Array(plan.cells.indices)
    let recorded = plan
    var ending: RunEnding?
    do {
      let profiler = try await ProfilerPlugin.ifPossible(in: cache)
      try await IsolatedCells(machine: saved, plan: plan, jobs: jobCount, profiler: profiler).measure(places) {
        header in
        var header = adopted(header)
        header.plan = recorded
        return try RunRecorder(header, folder: folder, quiet: run.quiet)
      } keep: { recorder, end in
        ending = try recorder.finish(end)
      }
    } catch {
      throw ending == nil ? error : Self.naming(folder, in: error)
    }
    guard let ending else { throw RingbenchError.badInput("--shard: this part of the run has no cells") }
    return ending
  }

  /// Boots the machine and records the guest's messages.
  private func converse(_ prepared: PreparedMachine, _ folder: RunFolder) async throws -> RunEnding {
    var conversation = try GuestConversation(channel: prepared.command.channel, boot: boot) { header in
      try RunRecorder(adopted(header), folder: folder, quiet: run.quiet)
    }
    do {
      try await prepared.start {
        try conversation.listen()
        return conversation.end
      }
    } catch {
      let isKept = try conversation.finish(.cut) != nil
      throw isKept ? Self.naming(folder, in: error) : error
    }
    guard let ending = try conversation.finish(.complete) else {
      throw RingbenchError.failed("the guest ended before it began the run")
    }
    return ending
  }

  /// The guest's header, with two things that only the host knows: the user's command and the time of day.
  private func adopted(_ header: JournalHeader) -> JournalHeader {
    var header = header
    header.command = run.command
    header.started = Timestamp.iso8601(.now)
    return header
  }

  private static func naming(_ folder: RunFolder, in error: any Error) -> any Error {
    guard var error = error as? RingbenchError else { return error }
    error.message += "; the trials before that are in \(folder.path)"
    return error
  }
}
