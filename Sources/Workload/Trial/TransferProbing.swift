package import Documents
import HostFacts
package import Vocabulary

/// Tries every combination that a workload executable can drive with one tiny real transfer.
package enum TransferProbing {
  package static func probe(_ kind: WorkloadKind, directory: String?) -> ProbeReply {
    // Read before the first transfer pins the thread.
    let node = Nodes.available().first { !$0.cpus.isEmpty }?.id ?? 0
    var transfers: [TransferProbe] = []
    for transport in Transport.allCases where transport.workload == kind {
      for mode in Mode.allCases {
        for operation in Operation.allCases {
          transfers.append(probe(transport, mode, operation, node, directory))
        }
      }
    }
    return ProbeReply(transfers: transfers)
  }

  private static func probe(
    _ transport: Transport, _ mode: Mode, _ operation: Operation, _ node: Int, _ directory: String?
  ) -> TransferProbe {
    let cell = Cell(
      transport: transport, mode: mode, operation: operation, pattern: .drain,
      numbers: [.messageSize: transport.isDirect ? 4096 : 64, .buffers: 8, .batch: 4],
      cpuNode: node, memoryNode: node)
    let reply = TrialRunner.run(TrialRequest(cell: cell, length: .rounds(1), directory: directory))
    return TransferProbe(
      transport: transport, mode: mode, operation: operation, status: reply.status, reason: reply.reason)
  }
}
