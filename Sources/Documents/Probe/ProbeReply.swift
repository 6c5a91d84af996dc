package import Base
package import Vocabulary

/// What a workload executable prints for `--probe`: whether a tiny real transfer works, per combination.
package struct ProbeReply: Codable, Hashable, Sendable {
  package static let currentSchema = "ringbench.transfers/1"

  package var schema: String
  package var transfers: [TransferProbe]

  package init(transfers: [TransferProbe]) {
    self.schema = Self.currentSchema
    self.transfers = transfers
  }
}

/// One mode over one transport with one operation, tried for real.
package struct TransferProbe: Codable, Hashable, Sendable {
  package var transport: Transport
  package var mode: Mode
  package var operation: Operation
  package var status: CellStatus
  @Nullable package var reason: Reason?

  package init(transport: Transport, mode: Mode, operation: Operation, status: CellStatus, reason: Reason?) {
    self.transport = transport
    self.mode = mode
    self.operation = operation
    self.status = status
    self.reason = reason
  }
}
