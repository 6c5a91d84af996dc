import Vocabulary

extension CellSamples {
  init(_ reader: inout JSONReader, _ columns: SampleColumns) throws(JSONReader.Problem) {
    var fields = CellFields()
    var (status, reason): (CellStatus?, Reason?)
    var rows = TrialRows(columns)
    try reader.object { reader, key throws(JSONReader.Problem) in
      switch true {
      case key == "status": status = try reader.word(CellStatus.self, "status")
      case key == "reason": reason = reader.null() ? nil : try reader.decoded(Reason.self)
      case key == "trials": try reader.array { reader throws(JSONReader.Problem) in try rows.read(&reader) }
      default: try fields.read(&reader, key)
      }
    }
    guard let cell = fields.cell, let status else { throw reader.problem("a cell that lacks a field") }
    self.init(
      cell: cell, status: status, reason: reason, trials: rows.count, disturbed: rows.disturbed, values: rows.values)
  }
}

/// The fields of a cell, as they come.
private struct CellFields {
  private var transport: Transport?
  private var mode: Mode?
  private var operation: Operation?
  private var pattern: Pattern?
  private var implementation: Implementation?
  private var numbers: [Int?] = Array(repeating: nil, count: Self.names.count)

  private static let names: [StaticString] = [
    "message_size", "buffer_size", "buffers", "batch", "connections", "rate", "cpu_node", "memory_node",
  ]

  mutating func read(_ reader: inout JSONReader, _ key: JSONKey) throws(JSONReader.Problem) {
    switch true {
    case key == "transport": transport = try reader.word(Transport.self, "transport")
    case key == "mode": mode = try reader.word(Mode.self, "mode")
    case key == "operation": operation = try reader.word(Operation.self, "operation")
    case key == "pattern": pattern = try reader.word(Pattern.self, "pattern")
    case key == "implementation": implementation = try reader.word(Implementation.self, "implementation")
    default:
      guard let index = Self.names.firstIndex(where: { key == $0 }) else {
        _ = try reader.skip()
        return
      }
      if !reader.null() { numbers[index] = try reader.wholeNumber() }
    }
  }

  var cell: Cell? {
    guard let transport, let mode, let operation, let pattern,
      let messageSize = numbers[0], let bufferSize = numbers[1], let buffers = numbers[2], let batch = numbers[3],
      let connections = numbers[4], let cpuNode = numbers[6], let memoryNode = numbers[7]
    else { return nil }
    return Cell(
      transport: transport, mode: mode, operation: operation, pattern: pattern, messageSize: messageSize,
      bufferSize: bufferSize, buffers: buffers, batch: batch, connections: connections, rate: numbers[5],
      cpuNode: cpuNode, memoryNode: memoryNode, implementation: implementation ?? .swift)
  }
}

/// The trials of a cell, row by row, until it is known which of them count.
private struct TrialRows {
  private let columns: SampleColumns
  private var rows: [Double] = []
  private var marks: [Bool] = []
  /// Where the next key is likely to be found: trials have their keys in one order.
  private var next = 0

  init(_ columns: SampleColumns) { self.columns = columns }

  var count: Int { marks.count }
  var disturbed: Int { marks.count { $0 } }

  mutating func read(_ reader: inout JSONReader) throws(JSONReader.Problem) {
    let start = rows.count
    rows += repeatElement(.nan, count: columns.names.count)
    marks.append(false)
    try reader.object { reader, key throws(JSONReader.Problem) in
      switch true {
      case key == "disturbed":
        if reader.null() { return }
        marks[marks.count - 1] = true
        try reader.skip()
      case key == "latency_ns":
        if !reader.null() { try latency(&reader, start) }
      default: try take(&reader, key, columns.plain, start)
      }
    }
  }

  private mutating func latency(_ reader: inout JSONReader, _ start: Int) throws(JSONReader.Problem) {
    try reader.object { reader, key throws(JSONReader.Problem) in
      try take(&reader, key, columns.latency, start)
    }
  }

  private mutating func take(
    _ reader: inout JSONReader, _ key: JSONKey, _ names: [(key: [UInt8], column: Int)], _ start: Int
  ) throws(JSONReader.Problem) {
    for offset in names.indices {
      let index = (next + offset) % names.count
      guard key == names[index].key else { continue }
      next = index + 1
      if !reader.null() { rows[start + names[index].column] = try reader.number() }
      return
    }
    try reader.skip()
  }

  /// The columns over the trials that count: the undisturbed ones, or all where there are no others.
  var values: [[Double]] {
    let width = columns.names.count
    let counts = marks.indices.filter { !marks[$0] }
    let counted = counts.isEmpty ? Array(marks.indices) : counts
    return (0..<width).map { column in
      counted.map { rows[$0 * width + column] }.filter { !$0.isNaN }
    }
  }
}

extension JSONReader {
  mutating func word<Word: RawRepresentable<String>>(_ type: Word.Type, _ name: String) throws(Problem) -> Word {
    let text = try string()
    guard let word = Word(rawValue: text) else { throw problem("unknown \(name) '\(text)'") }
    return word
  }

  mutating func wholeNumber() throws(Problem) -> Int {
    let number = try number()
    guard let whole = Int(exactly: number) else { throw problem("\(number) is no whole number") }
    return whole
  }
}
