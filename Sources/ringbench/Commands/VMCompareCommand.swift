import ArgumentParser
import Arguments
import Base
import KernelLab
import Processes
import Reporting

/// `ringbench vm compare`.
struct VMCompareCommand: AsyncParsableCommand, PlannedCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Measures the same cells under two kernels and compares them.",
    discussion: """
      Writes baseline/, new/ and comparison.{json,txt,md,xml}, the last for JUnit, and report.html. Debian kernels that are not in the cache are fetched \
      first; debian-6.12@6.12.57-1 is that version of debian-6.12. The folder of a run in place of a kernel is a side \
      that was measured before: a baseline is measured once. --explain also writes what 'ringbench explain' does.

      Exit status: 0 nothing got worse, 1 a cell got worse beyond the threshold, 2 bad usage or input, 3 a guest or a \
      cell failed, or a kernel can't be fetched, 4 nothing comparable, 77 nothing can run, 130 interrupted.
      """)

  @Option(
    help: .init(
      "What to boot: first the baseline, then the new one. The folder of a run stands for its kernel.",
      valueName: "kernel"), completion: .names(orFiles: []) { KernelList().names })
  var kernel: [String]

  @Option(
    help: .init("The change in percent that counts. (default: 0.5 if deterministic, else 5)", valueName: "percent"))
  var threshold: Double?

  @Option(
    help: .init(
      "With --deterministic: explains the cells that differ most, as 'ringbench explain' does.", valueName: "cells"))
  var explain: Int?

  @OptionGroup(title: "The machine") var machine: MachineArguments
  @OptionGroup(title: "The run") var guest: GuestRunArguments
  @OptionGroup(title: "The exit status") var status: StatusOptions

  @Option(
    help: .init("An empty or new folder. (default: Results/<time>-vm-compare)", valueName: "dir"),
    completion: .directory)
  var output: String?

  func validate() throws {
    guard kernel.count == 2 else {
      throw ValidationError("--kernel: two are needed, the baseline and the new one; there are \(kernel.count).")
    }
    guard explain ?? 1 >= 1 else { throw ValidationError("--explain: a number of cells from 1 is needed.") }
    guard threshold ?? 0 >= 0 else { throw ValidationError("--threshold: a percentage from 0 is needed.") }
  }

  func readRest() throws { _ = try RunCommand.parse(guest.runOptions) }

  func check() throws {
    try comparison().check()
  }

  private func comparison() throws -> VirtualMachineComparison {
    let sides = try sides()
    var comparison = VirtualMachineComparison(baseline: sides[0], new: sides[1], threshold: threshold)
    comparison.explained = explain ?? 0
    return comparison
  }

  private func sides() throws -> [VirtualMachineComparison.Side] {
    let options = try guest.options()
    return try kernel.map { kernel -> VirtualMachineComparison.Side in
      if VirtualMachineComparison.Side.isResults(kernel) { return .results(kernel) }
      var run = VirtualMachineRun(kernel: try KernelReference(kernel), machine: machine.options, run: options)
      run.jobs = machine.jobs
      run.shard = machine.shard.map { ($0.number, $0.count) }
      return .kernel(run)
    }
  }

  mutating func run() async throws {
    let sides = try sides()
    guard !machine.showCommand else {
      let commands = try sides.compactMap { if case .kernel(let run) = $0 { try run.shellCommand() } else { nil } }
      return print(commands.joined(separator: "\n"))
    }
    let comparison = try comparison()
    let cache = machine.cache
    let output = output
    let end = try await Interruption.cancelling { try await comparison.start(in: output, cache: cache) }
    print(end.text, terminator: "")
    try end.comparison.end(end.status)
  }
}
