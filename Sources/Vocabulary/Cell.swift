package import Base

/// One combination of everything that is varied: the unit of measurement and of comparison.
package struct Cell: Codable, Hashable, Sendable {
  package var transport: Transport
  package var mode: Mode
  package var operation: Operation
  package var pattern: Pattern
  /// Bytes in one message.
  package var messageSize: Int
  /// Bytes in one buffer.
  package var bufferSize: Int
  /// How many buffers the mode may have out at once.
  package var buffers: Int
  /// Messages per round of `drain`, and the largest number of completions reaped before buffers are handed back.
  package var batch: Int
  package var connections: Int
  /// Messages per second, for `paced` only.
  @Nullable package var rate: Int?
  /// The node whose CPU runs the worker.
  package var cpuNode: Int
  /// The node that holds buffers and rings.
  package var memoryNode: Int
  /// Whose timed loop runs: `swift` everywhere but in the overhead suite.
  package var implementation: Implementation

  package var workload: WorkloadKind { transport.workload }

  package init(
    transport: Transport, mode: Mode, operation: Operation, pattern: Pattern, messageSize: Int, bufferSize: Int,
    buffers: Int, batch: Int, connections: Int, rate: Int? = nil, cpuNode: Int, memoryNode: Int,
    implementation: Implementation = .swift
  ) {
    self.transport = transport
    self.mode = mode
    self.operation = operation
    self.pattern = pattern
    self.messageSize = messageSize
    self.bufferSize = bufferSize
    self.buffers = buffers
    self.batch = batch
    self.connections = connections
    self.rate = rate
    self.cpuNode = cpuNode
    self.memoryNode = memoryNode
    self.implementation = implementation
  }

  package enum CodingKeys: String, CodingKey {
    case transport, mode, operation, pattern, buffers, batch, connections, rate, implementation
    case messageSize = "message_size"
    case bufferSize = "buffer_size"
    case cpuNode = "cpu_node"
    case memoryNode = "memory_node"
  }
}

extension Cell {
  /// The identifier of the results format, stable across runs, hosts and kernels.
  package var id: String {
    var parts = [transport.rawValue, mode.rawValue, operation.rawValue, pattern.rawValue]
    parts += ["msg=\(messageSize)", "bufsize=\(bufferSize)", "bufs=\(buffers)", "batch=\(batch)"]
    parts += ["conns=\(connections)"]
    if let rate { parts.append("rate=\(rate)") }
    parts += ["cpu=\(cpuNode)", "mem=\(memoryNode)"]
    if implementation != .swift { parts.append(implementation.rawValue) }
    return parts.joined(separator: "/")
  }

  /// The file name of the executable that measures this cell.
  package var executableName: String {
    switch implementation {
    case .swift: workload.executableName
    case .reference: "ringbench-reference"
    }
  }

  /// The options that make a workload executable measure this cell.
  package var arguments: [String] {
    var arguments = [
      "--transport", transport.rawValue, "--mode", mode.rawValue, "--operation", operation.rawValue,
      "--pattern", pattern.rawValue, "--message-size", "\(messageSize)", "--buffer-size", "\(bufferSize)",
      "--buffers", "\(buffers)", "--batch", "\(batch)", "--connections", "\(connections)",
      "--cpu-node", "\(cpuNode)", "--memory-node", "\(memoryNode)",
    ]
    if let rate { arguments += ["--rate", "\(rate)"] }
    return arguments
  }
}
