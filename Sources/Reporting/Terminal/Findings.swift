import Base
import Documents
import Vocabulary

/// What a run found, in sentences: one for each block of comparable cells.
struct Findings: Sendable {
  let table: ResultsTable

  init(_ document: ResultsDocument) { table = ResultsTable(document) }

  var lines: [String] {
    table.blocks.compactMap { block in
      let parts = [ranking(block)].compactMap { $0 } + missingModes(block)
      return parts.isEmpty ? nil : "\(name(block)): \(parts.joined(separator: "; "))"
    }
  }

  private func name(_ block: ResultBlock) -> String {
    let cell = block.cell
    let words = "\(cell.transport.rawValue) \(cell.operation.rawValue) \(cell.pattern.rawValue)"
    let numbers = table.varying.text(cell)
    return numbers.isEmpty ? words : "\(words) (\(numbers))"
  }

  private func ranking(_ block: ResultBlock) -> String? {
    guard let cheapest = block.cheapest else { return nil }
    let others = block.results.filter { $0.median != nil && $0 != cheapest }
    let (same, dearer) = Self.partition(others) { Self.overlap($0, cheapest) }
    let interval = cheapest.intervalText.isEmpty ? "" : " \(cheapest.intervalText)"
    let verb = others.isEmpty ? "takes" : "is cheapest,"
    var text =
      "\(cheapest.cell.mode.rawValue) \(verb) \(cheapest.medianText) \(table.host.clockWord)\(interval) per message"
    if interval.isEmpty, !table.host.deterministic { text += " (too few undisturbed trials for an interval)" }
    if !same.isEmpty { text += ", not told apart from \(Self.list(same))" }
    let sorted = dearer.sorted { ($0.median ?? 0) < ($1.median ?? 0) }
    let costs = sorted.map { "\($0.cell.mode.rawValue) costs \(Decimals.percent(block.excess(of: $0) ?? 0)) % more" }
    return ([text] + costs).joined(separator: "; ")
  }

  /// The modes without numbers, grouped by reason. Combinations that no kernel can run are left to the table.
  private func missingModes(_ block: ResultBlock) -> [String] {
    var order: [String] = []
    var modes: [String: [CellResult]] = [:]
    for result in block.results where result.impossible == nil {
      guard let why = Self.missing(result) else { continue }
      if modes[why] == nil { order.append(why) }
      modes[why, default: []].append(result)
    }
    return order.map { why in
      let results = modes[why] ?? []
      return "\(Self.list(results)) \(results.count == 1 ? "is" : "are") \(why)"
    }
  }

  private static func missing(_ result: CellResult) -> String? {
    guard let reason = result.reason else { return nil }
    let why = "(\(reason.stage.rawValue): \(reason.errno ?? reason.message))"
    switch (result.status, reason.stage) {
    case (.ok, _): return nil
    case (.failed, _): return "without a result because of a failure \(why)"
    case (.unsupported, .register), (.unsupported, .mmap), (.unsupported, .provide):
      return "not offered by this kernel \(why)"
    case (.unsupported, _): return "not possible here \(why)"
    }
  }

  /// Whether the 95 % intervals of two medians overlap. Without intervals only equal medians do.
  private static func overlap(_ one: CellResult, _ other: CellResult) -> Bool {
    guard let a = one.interval, let b = other.interval else { return one.median == other.median }
    return a[0] <= b[1] && b[0] <= a[1]
  }

  private static func partition(
    _ results: [CellResult], by condition: (CellResult) -> Bool
  ) -> ([CellResult], [CellResult]) {
    (results.filter(condition), results.filter { !condition($0) })
  }

  private static func list(_ results: [CellResult]) -> String {
    let names = results.map(\.cell.mode.rawValue)
    guard names.count > 1, let last = names.last else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
