import Base
import Documents
import Vocabulary

/// What a run found, in sentences: one for each block of comparable cells.
struct Findings: Sendable {
  let table: ResultsTable

  init(_ document: ResultsDocument) { table = ResultsTable(document) }

  /// A sentence for each job first, then one for each block.
  var lines: [String] { jobs + blocks }

  private var jobs: [String] {
    Job.jobs(of: table.blocks.flatMap(\.results)).map { job in
      let (best, same) = (job.best, job.ties)
      let next = job.ranking.first { $0 != best && !same.contains($0) }
      var text =
        "\(job.words(table.varying)): \(best.name), \(best.medianText) \(table.host.clockWord) \(measure(best.cell))"
      if !same.isEmpty { text += ", not told apart from \(Self.list(same.map(\.name)))" }
      if let next, let a = best.median, let b = next.median, a > 0 {
        text += "; next comes \(next.name), +\(Decimals.percent((b / a - 1) * 100)) %"
      }
      return text
    }
  }

  /// What the number of a cell is, behind its unit: `of CPU per message`.
  private func measure(_ cell: Cell) -> String {
    guard !table.host.countsInstructions else { return "per message" }
    return switch cell.pattern {
    case .drain, .armed: "per message"
    case .stream: "of CPU per message"
    case .pingpong: "of CPU per round trip"
    case .paced: "from the intended send time at p50"
    }
  }

  private var blocks: [String] {
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
    let (same, dearer) = Self.partition(others) { !$0.isToldApart(from: cheapest) }
    let interval = cheapest.intervalText.isEmpty ? "" : " \(cheapest.intervalText)"
    let verb = others.isEmpty ? "takes" : "is cheapest,"
    var text =
      "\(cheapest.cell.mode.rawValue) \(verb) \(cheapest.medianText) \(table.host.clockWord)\(interval) \(measure(cheapest.cell))"
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

  private static func partition(
    _ results: [CellResult], by condition: (CellResult) -> Bool
  ) -> ([CellResult], [CellResult]) {
    (results.filter(condition), results.filter { !condition($0) })
  }

  private static func list(_ results: [CellResult]) -> String { list(results.map(\.cell.mode.rawValue)) }

  private static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
