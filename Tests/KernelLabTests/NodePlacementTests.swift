import Documents
import TestSupport
import Testing
import Vocabulary

extension VirtualMachineTests {
  @Suite struct NodePlacementTests {
    @Test(.timeLimit(.minutes(10))) func twoNodesGiveFourPlacements() async throws {
      try await expectFourPlacements("debian-6.12", .pbuf)
    }

    /// Kernel-managed pages lie on the node of the CPU that registers, so this CPU has to be on the memory's node.
    @Test(
      .enabled(if: Laboratory.hasKernel("lab"), "the laboratory kernel is needed: ringbench kernel build lab"),
      .timeLimit(.minutes(10)))
    func kernelManagedPagesLieWhereTheyWereRegistered() async throws {
      try await expectFourPlacements("lab", .kmbuf)
    }

    private func expectFourPlacements(_ kernel: String, _ mode: Mode) async throws {
      let laboratory = try Laboratory()
      let machine = ["vm", "run", "--kernel", kernel, "--nodes", "2", "--accel", "tcg", "--output", "out", "--"]
      let run = ["--transport", "unix-seqpacket", "--operation", "oneshot", "--message-size", "64"]
      let words = run + ["--mode", mode.rawValue]
      let program = try await laboratory.run(machine + words + ["--placement", "all", "--trials", "1"])
      #expect(program.status == 0, "\(program.error)")
      let document = try laboratory.document("out")
      #expect(document.host.nodes.map(\.distances) == [[10, 20], [20, 10]])
      #expect(document.host.nodes.map(\.cpus) == [[0], [1]])
      #expect(document.cells.map { [$0.cell.cpuNode, $0.cell.memoryNode] } == [[0, 0], [0, 1], [1, 0], [1, 1]])
      let page = try String(decoding: laboratory.folder.read("out/report.html"), as: UTF8.self)
      #expect(page.contains("\(mode.rawValue), CPU of 0</th>") && page.contains("\(mode.rawValue), CPU of 1</th>"))
      #expect(page.split(separator: "<small>on ").count == 5)
      for cell in document.cells {
        #expect(cell.status == .ok, "\(String(describing: cell.reason))")
        #expect(Set(cell.placement.buffers.keys) == ["\(cell.cell.memoryNode)"])
        #expect(cell.trials.map { $0[.cpu] } == [Double(cell.cell.cpuNode)])
      }
    }
  }
}
