import Results
import TestSupport
import Testing

extension VirtualMachineTests {
  @Suite struct NodePlacementTests {
    @Test(.timeLimit(.minutes(10))) func twoNodesGiveFourPlacements() async throws {
      let laboratory = try Laboratory()
      let machine = ["vm", "run", "--kernel", "debian-6.12", "--nodes", "2", "--accel", "tcg", "--output", "out", "--"]
      let run = ["--mode", "pbuf", "--transport", "unix-seqpacket", "--operation", "oneshot", "--message-size", "64"]
      let program = try await laboratory.run(machine + run + ["--placement", "all", "--trials", "1"])
      #expect(program.status == 0, "\(program.error)")
      let document = try laboratory.document("out")
      #expect(document.host.nodes.map(\.distances) == [[10, 20], [20, 10]])
      #expect(document.host.nodes.map(\.cpus) == [[0], [1]])
      #expect(document.cells.map { [$0.cell.cpuNode, $0.cell.memoryNode] } == [[0, 0], [0, 1], [1, 0], [1, 1]])
      for cell in document.cells {
        #expect(cell.status == .ok, "\(String(describing: cell.reason))")
        #expect(Set(cell.placement.buffers.keys) == ["\(cell.cell.memoryNode)"])
        #expect(cell.trials.map(\.measurements.cpu) == [cell.cell.cpuNode])
      }
    }
  }
}
