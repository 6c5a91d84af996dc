import Base

/// One combination of values on all axes: the unit of measurement and of comparison.
package struct Cell: Hashable, Sendable {
  package var transport: Transport
  package var mode: Mode
  package var operation: Operation
  package var pattern: Pattern
  /// By the axis's index.
  private var numbers: [Int?]
  /// The node whose CPU runs the worker.
  package var cpuNode: Int
  /// The node that holds buffers and rings.
  package var memoryNode: Int
  /// The program whose timed loop runs: `swift` except in the overhead suite.
  package var implementation: Implementation

  /// - Parameter numbers: Missing axes have their default value.
  package init(
    transport: Transport, mode: Mode, operation: Operation, pattern: Pattern, numbers: [NumberAxis: Int] = [:],
    cpuNode: Int, memoryNode: Int, implementation: Implementation = .swift
  ) {
    self.transport = transport
    self.mode = mode
    self.operation = operation
    self.pattern = pattern
    self.numbers = NumberAxis.allCases.map { numbers[$0] ?? $0.defaultValue }
    self.cpuNode = cpuNode
    self.memoryNode = memoryNode
    self.implementation = implementation
  }

  /// The value on an axis; nil where the cell's pattern does not have the axis.
  package subscript(axis: NumberAxis) -> Int? {
    get { numbers[axis.index] }
    set { numbers[axis.index] = newValue ?? axis.defaultValue }
  }
}

extension Cell {
  package var workload: WorkloadKind { transport.workload }

  /// Bytes in one message.
  package var messageSize: Int {
    get { number(.messageSize) }
    set { self[.messageSize] = newValue }
  }
  /// Bytes in one buffer.
  package var bufferSize: Int {
    get { number(.bufferSize) }
    set { self[.bufferSize] = newValue }
  }
  /// How many buffers can hold data at once.
  package var buffers: Int {
    get { number(.buffers) }
    set { self[.buffers] = newValue }
  }
  /// Messages per round of `drain`, and the largest number of completions reaped before buffers are handed back.
  package var batch: Int {
    get { number(.batch) }
    set { self[.batch] = newValue }
  }
  package var connections: Int {
    get { number(.connections) }
    set { self[.connections] = newValue }
  }
  /// Messages per second, for `paced` only.
  package var rate: Int? {
    get { self[.rate] }
    set { self[.rate] = newValue }
  }

  /// Whether receives wait for data before they try.
  package var pollsFirst: Bool { number(.pollFirst) != 0 }

  /// Whether receives name registered descriptors.
  package var registersFiles: Bool { number(.registeredFiles) != 0 }

  /// How many buffers are handed back at once; nil for those of a reaped batch.
  package var handBack: Int? { number(.handBack) == 0 ? nil : number(.handBack) }

  package var groups: BufferGroups { BufferGroups(rawValue: number(.groups)) ?? .shared }

  package var backing: Backing { Backing(rawValue: number(.backing)) ?? .system }

  /// How many connections carry data: the fraction `hot` of all, at least one.
  package var hotConnections: Int {
    let part = Double(connections) * Double(number(.hot)) / Double(NumberAxis.whole)
    return max(1, min(connections, Int(part.rounded())))
  }

  /// Whether the buffers are put out of the caches before each round.
  package var isCold: Bool { number(.cold) != 0 }

  /// Whether the receiver reads every byte.
  package var touches: Bool { number(.touch) != 0 }

  /// Whether messages come in random pieces and every byte of them is checked.
  package var verifies: Bool { number(.verify) != 0 }

  /// Messages in a round: a batch over all connections, or one for a round trip.
  package var messagesPerRound: Int { pattern.isRoundTrip ? 1 : batch }

  /// The value on an axis that every cell has.
  package func number(_ axis: NumberAxis) -> Int { self[axis] ?? 0 }

  /// The file name of the executable that measures this cell.
  package var executableName: String {
    switch implementation {
    case .swift: workload.executableName
    case .reference, .tight: Self.referenceExecutable
    }
  }

  package static let referenceExecutable = "ringbench-reference"
}

// MARK: How a cell is spelled

extension Cell {
  /// The identifier of the results format, stable across runs, hosts and kernels.
  package var id: String {
    var parts = [transport.rawValue, mode.rawValue, operation.rawValue, pattern.rawValue]
    parts += NumberAxis.allCases.compactMap { $0.part(self[$0]) }
    parts += ["cpu=\(cpuNode)", "mem=\(memoryNode)"]
    if implementation != .swift { parts.append(implementation.rawValue) }
    return parts.joined(separator: "/")
  }

  /// The options that make a workload executable measure this cell.
  package var arguments: [String] {
    let words = [
      "--transport", transport.rawValue, "--mode", mode.rawValue, "--operation", operation.rawValue, "--pattern",
      pattern.rawValue,
    ]
    let numbers = NumberAxis.allCases.flatMap { axis -> [String] in
      guard let value = self[axis], axis.isSaid(value) else { return [] }
      return [axis.option, axis.word(value)]
    }
    let nodes = ["--cpu-node", "\(cpuNode)", "--memory-node", "\(memoryNode)"]
    return words + numbers + nodes + (implementation == .tight ? ["--form", "tight"] : [])
  }
}

// MARK: JSON

extension Cell: Codable {
  private enum CodingKeys: String, CodingKey {
    case transport, mode, operation, pattern, implementation
    case cpuNode = "cpu_node"
    case memoryNode = "memory_node"
  }

  /// A missing number has its default: the document is older than the axis.
  package init(from decoder: any Decoder) throws {
    let words = try decoder.container(keyedBy: CodingKeys.self)
    let numbers = try decoder.container(keyedBy: TextKey.self)
    var given: [NumberAxis: Int] = [:]
    for axis in NumberAxis.allCases {
      given[axis] = try axis.decode(from: numbers)
    }
    self.init(
      transport: try words.decode(Transport.self, forKey: .transport), mode: try words.decode(Mode.self, forKey: .mode),
      operation: try words.decode(Operation.self, forKey: .operation),
      pattern: try words.decode(Pattern.self, forKey: .pattern), numbers: given,
      cpuNode: try words.decode(Int.self, forKey: .cpuNode),
      memoryNode: try words.decode(Int.self, forKey: .memoryNode),
      implementation: try words.decode(Implementation.self, forKey: .implementation))
  }

  package func encode(to encoder: any Encoder) throws {
    var words = encoder.container(keyedBy: CodingKeys.self)
    try words.encode(transport, forKey: .transport)
    try words.encode(mode, forKey: .mode)
    try words.encode(operation, forKey: .operation)
    try words.encode(pattern, forKey: .pattern)
    try words.encode(cpuNode, forKey: .cpuNode)
    try words.encode(memoryNode, forKey: .memoryNode)
    try words.encode(implementation, forKey: .implementation)
    var numbers = encoder.container(keyedBy: TextKey.self)
    for axis in NumberAxis.allCases { try axis.encode(self[axis], into: &numbers) }
  }
}
