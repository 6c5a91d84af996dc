import Vocabulary

extension CSVColumn {
  /// All columns, from what is known before a run to what was measured.
  ///
  /// A name is the JSON key. For a number in an inner object, the object's key comes first.
  static let all = run + cell + outcome + trial + metrics + clock

  static let run = [
    text("suite") { $0.document.suite }, text("started") { $0.document.started },
    text("kernel_release") { $0.document.host.kernelRelease },
  ]

  static let cell =
    [
      text("id") { $0.result.cell.id }, text("workload") { $0.result.cell.workload.rawValue },
      text("transport") { $0.result.cell.transport.rawValue }, text("mode") { $0.result.cell.mode.rawValue },
      text("operation") { $0.result.cell.operation.rawValue }, text("pattern") { $0.result.cell.pattern.rawValue },
    ] + NumberAxis.allCases.map { axis in text(axis.key) { row in row.result.cell[axis].map { axis.csvField($0) } } }
    + [
      number("cpu_node", \.cpuNode), number("memory_node", \.memoryNode),
      text("implementation") { $0.result.cell.implementation.rawValue },
    ]

  static let outcome = [
    text("status") { $0.result.status.rawValue }, text("reason_stage") { $0.result.reason?.stage.rawValue },
    text("reason_errno") { $0.result.reason?.errno }, text("reason_message") { $0.result.reason?.message },
    CSVColumn(name: "placement_buffers_pages") { CSVField.pages($0.result.placement.buffers) },
    CSVColumn(name: "placement_ring_pages") { CSVField.pages($0.result.placement.ring) },
  ]

  static let trial = [
    CSVColumn(name: "index") { CSVField.optional($0.trial?.index) },
    CSVColumn(name: "order") { CSVField.optional($0.trial?.order) },
    text("disturbed") { $0.trial?.disturbed },
  ]

  /// What all columns in nanoseconds really count.
  static let clock = [text("clock_unit") { $0.document.host.countsInstructions ? "instructions" : "nanoseconds" }]

  /// A column for each metric; the ring's flags stand before the CPU.
  static let metrics = Metric.allCases.flatMap { metric -> [CSVColumn] in
    let flags = text("ring_flags") { $0.trial?.measurements?.ringFlags.joined(separator: " ") }
    return (metric == .cpu ? [flags] : []) + [measured(metric)]
  }
}

extension NumberAxis {
  /// A value as a field: a word or a fraction as such, everything else as a whole number.
  fileprivate func csvField(_ value: Int) -> String {
    switch unit {
    case .word, .fraction: word(value)
    case .bytes, .count, .choice: "\(value)"
    }
  }
}
