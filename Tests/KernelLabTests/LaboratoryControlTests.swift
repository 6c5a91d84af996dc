import Documents
import TestSupport
import Testing

extension VirtualMachineTests {
  /// What the patches of the laboratory kernel cost the modes that don't use them.
  @Suite(
    .enabled(
      if: Laboratory.hasKernel("lab") && Laboratory.hasKernel("lab-control"),
      "the laboratory kernel and its control are needed: ringbench kernel build"))
  struct LaboratoryControlTests {
    /// In whole instructions a message, as `Results/kernel-managed` says it.
    ///
    /// The trials of one cell begin in different states of the allocators, and so lie up to four instructions apart. The
    /// median of some of them is still a few tenths more or less from one build of the workload to the next.
    private static let most = 3.0

    @Test(.timeLimit(.minutes(10))) func otherModesPayNothing() async throws {
      let laboratory = try Laboratory()
      let kernels = ["--kernel", "lab-control", "--kernel", "lab", "--deterministic", "--output", "out"]
      let cells = [
        "--transport", "unix-seqpacket,pipe", "--mode", "plain,legacy,legacy-runs,pbuf,pbuf-inc",
        "--message-size", "64", "--trials", "5", "--pattern", "drain",
      ]
      let program = try await laboratory.run(["vm", "compare"] + kernels + ["--"] + cells)
      #expect(program.status == 0, "\(program.output)\(program.error)")
      let comparison = try ResultsJSON.decode(
        RunComparison.self, from: laboratory.folder.read("out/comparison.json"))
      let differences = comparison.cells.compactMap { cell in
        cell.metrics["instructions_per_operation"].map { (cell.cell, $0.difference) }
      }
      #expect(differences.count == 18)
      for (cell, difference) in differences { #expect(abs(difference).rounded() <= Self.most, "\(cell)") }
    }
  }
}
