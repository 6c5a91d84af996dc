import Documents
import TestSupport
import Testing
import Vocabulary

extension VirtualMachineTests {
  /// The purpose of the laboratory kernel: kernel-managed buffers beside every other mode, over every transport.
  @Suite(.enabled(if: Laboratory.hasKernel("lab"), "the laboratory kernel is needed: ringbench kernel build lab"))
  struct KernelManagedSuiteTests {
    @Test(.timeLimit(.minutes(30))) func everyModeOverEveryTransportTwiceTheSame() async throws {
      let laboratory = try Laboratory()
      // The second time a part of the cells is enough: each is measured in a machine of its own.
      for (output, part) in [("first", []), ("second", ["--shard", "3/16"])] {
        let program = try await laboratory.run(
          ["vm", "run", "--kernel", "lab", "--deterministic", "--output", output] + part
            + ["--", "--suite", "kmbuf", "--operation", "oneshot", "--trials", "1"])
        #expect(program.status == 0, "\(program.error)")
        #expect(program.output.contains("kmbuf: results of a kernel with an extension"))
      }
      let document = try laboratory.document("first")
      try expectComplete(document)
      let instructions = try laboratory.instructions("first")
      #expect(instructions.count == document.cells.count { $0.status == .ok })
      let second = try laboratory.instructions("second")
      #expect(second.count > 10)
      for (cell, count) in second { #expect(instructions[cell] == count, "\(cell)") }
    }

    private func expectComplete(_ document: ResultsDocument) throws {
      let name = try #require(document.host.kernelManagedExtension)
      #expect(name.contains("IORING_OP_PROVIDE_BUFFERS") && name.contains("refill page"))
      #expect(document.host.kernelRelease.hasSuffix("-ringbench-lab"))
      for result in document.cells where result.cell.mode.isKernelManaged {
        let pbuf = document.cells.first { $0.cell.isLike(result.cell, .pbuf) }
        // The kernel's ring can receive everything that the application's own ring can.
        #expect(result.status == pbuf?.status, "\(result.cell.id): \(String(describing: result.reason))")
        #expect(result.reason?.errno == pbuf?.reason?.errno)
      }
      let received = document.cells.filter { $0.cell.mode == .kmbuf && $0.status == .ok }
      #expect(Set(received.map(\.cell.transport)) == Set(Transport.allCases))
    }
  }
}

extension Cell {
  fileprivate func isLike(_ other: Cell, _ mode: Mode) -> Bool {
    var other = other
    other.mode = mode
    return self == other
  }
}
