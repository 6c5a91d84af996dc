import Vocabulary

extension CellSamples {
  init(_ reader: inout JSONReader, _ columns: SampleColumns) throws(JSONReader.Problem) {
    var fields = CellFields()
    var (status, reason): (CellStatus?, Reason?)
    var rows = TrialRows(columns)
    try reader.object { reader, key throws(JSONReader.Problem) in
      switch true {
      case key == "status": status = try reader.status()
      case key == "reason": reason = reader.null() ? nil : try reader.decoded(Reason.self, what: "reason")
      case key == "trials": try reader.array { reader throws(JSONReader.Problem) in try rows.read(&reader) }
      default: try fields.read(&reader, key)
      }
    }
    guard let cell = fields.cell, let status else { throw reader.problem("the cell lacks a field") }
    self.init(
      cell: cell, status: status, reason: reason, trials: rows.count, disturbed: rows.disturbed, values: rows.values,
      indices: rows.indices, uncounted: rows.uncounted)
  }
}

/// The fields of a cell that were read so far.
private struct CellFields {
  private var transport: Transport?
  private var mode: Mode?
  private var operation: Operation?
  private var pattern: Pattern?
  private var implementation: Implementation?
  private var cpuNode: Int?
  private var memoryNode: Int?
  private var numbers: [NumberAxis: Int] = [:]

  private static let axes = NumberAxis.allCases.map { (axis: $0, key: Array($0.key.utf8)) }

  mutating func read(_ reader: inout JSONReader, _ key: JSONKey) throws(JSONReader.Problem) {
    switch true {
    case key == "transport": transport = try reader.word(Transport.self)
    case key == "mode": mode = try reader.word(Mode.self)
    case key == "operation": operation = try reader.word(Operation.self)
    case key == "pattern": pattern = try reader.word(Pattern.self)
    case key == "implementation": implementation = try reader.word(Implementation.self)
    case key == "cpu_node": cpuNode = try reader.wholeNumber()
    case key == "memory_node": memoryNode = try reader.wholeNumber()
    default:
      guard let axis = Self.axes.first(where: { key == $0.key })?.axis else {
        _ = try reader.skip()
        return
      }
      if !reader.null() { numbers[axis] = try reader.value(of: axis) }
    }
  }

  var cell: Cell? {
    guard let transport, let mode, let operation, let pattern, let cpuNode, let memoryNode else { return nil }
    guard NumberAxis.allCases.allSatisfy({ !$0.isAlwaysWritten || numbers[$0] != nil }) else { return nil }
    return Cell(
      transport: transport, mode: mode, operation: operation, pattern: pattern, numbers: numbers, cpuNode: cpuNode,
      memoryNode: memoryNode, implementation: implementation ?? .swift)
  }
}

/// The trials of a cell, row by row. Only after the last row is it known which trials count.
private struct TrialRows {
  private let columns: SampleColumns
  private var rows: [Double] = []
  private var marks: [Bool] = []
  private var places: [Int] = []
  /// Where the next key probably is: all trials have their keys in the same order.
  private var next = 0

  init(_ columns: SampleColumns) { self.columns = columns }

  var count: Int { marks.count }
  var disturbed: Int { marks.count { $0 } }

  mutating func read(_ reader: inout JSONReader) throws(JSONReader.Problem) {
    let start = rows.count
    rows += repeatElement(.nan, count: columns.metrics.count)
    marks.append(false)
    places.append(places.count)
    try reader.object { reader, key throws(JSONReader.Problem) in
      switch true {
      case key == "disturbed":
        if reader.null() { return }
        marks[marks.count - 1] = true
        try reader.skip()
      case key == "index": places[places.count - 1] = try reader.wholeNumber()
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

  /// The columns over the trials that count.
  var values: [[Double]] {
    columns.metrics.indices.map { column in known(column).map { self[$0, column] } }
  }

  /// For each value, the index of its trial.
  var indices: [[Int]] { columns.metrics.indices.map { column in known(column).map { places[$0] } } }

  /// For each column, the disturbed trials where others count.
  var uncounted: [[CellSamples.IndexedValue]] {
    guard marks.contains(false) else { return columns.metrics.map { _ in [] } }
    let rest = marks.indices.filter { marks[$0] }
    return columns.metrics.indices.map { column in
      rest.map { (places[$0], self[$0, column]) }.filter { !$0.1.isNaN }
    }
  }

  /// The rows that count and have a value: the undisturbed ones, or all if none is undisturbed.
  private func known(_ column: Int) -> [Int] {
    let counts = marks.indices.filter { !marks[$0] }
    let counted = counts.isEmpty ? Array(marks.indices) : counts
    return counted.filter { !self[$0, column].isNaN }
  }

  private subscript(row: Int, column: Int) -> Double { rows[row * columns.metrics.count + column] }
}

extension JSONReader {
  mutating func word<Value: WordAxis>(_ type: Value.Type) throws(Problem) -> Value {
    let text = try string()
    guard let value = Value(rawValue: text) else { throw problem("unknown \(Value.axis) '\(text)'") }
    return value
  }

  mutating func status() throws(Problem) -> CellStatus {
    let text = try string()
    guard let status = CellStatus(rawValue: text) else { throw problem("unknown status '\(text)'") }
    return status
  }

  mutating func value(of axis: NumberAxis) throws(Problem) -> Int {
    switch axis.unit {
    case .word:
      let text = try string()
      guard let value = try? axis.value(text) else { throw problem("unknown \(axis.rawValue) '\(text)'") }
      return value
    case .fraction: return NumberAxis.value(fraction: try number())
    case .bytes, .count, .choice: return try wholeNumber()
    }
  }

  mutating func wholeNumber() throws(Problem) -> Int {
    let number = try number()
    guard let whole = Int(exactly: number) else { throw problem("\(number) is not a whole number") }
    return whole
  }
}
