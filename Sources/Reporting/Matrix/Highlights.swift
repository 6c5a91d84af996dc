import Base
import Documents
import Vocabulary

/// Throughput and latency, which no cost per operation shows: a line for each, with the cheapest way of each transport.
struct Highlights: Sendable {
  private let blocks: [ResultBlock]
  private let usual: UsualValues

  init(_ results: [CellResult], usual: UsualValues) {
    var order: [Cell] = []
    var groups: [Cell: [CellResult]] = [:]
    for result in results where result.cell.implementation == .swift && result.cost != nil {
      var key = result.cell
      (key.mode, key.operation) = (.plain, .oneshot)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(result)
    }
    blocks = order.map { ResultBlock(results: groups[$0] ?? []) }
    self.usual = usual
  }

  var lines: [String] {
    [
      line("Throughput", [.stream], throughput), line("Round trip, p50 / p99", [.pingpong], latency),
      line("Late by, p50 / p99", [.paced], latency),
    ].compactMap { $0 }
  }

  private func line(_ name: String, _ patterns: [Pattern], _ text: (CellResult) -> String?) -> String? {
    let parts = blocks.filter { patterns.contains($0.cell.pattern) }.compactMap { block -> String? in
      guard let best = block.cheapest, let text = text(best) else { return nil }
      return "\(best.cell.transport.rawValue)\(usual.differences(best.cell)) \(best.name) \(text)"
    }
    return parts.isEmpty ? nil : "\(name): \(parts.joined(separator: "; "))"
  }

  private func throughput(_ result: CellResult) -> String? {
    guard let rate = result.median(.operationsPerSecond) else { return nil }
    let bytes = result.median(.bytesPerSecond).map { ", \(Decimals.text($0 / 1e6, 0)) MB/s" } ?? ""
    let limit = PatternRemarks(result).isLimitedBySender ? " (limited by the sender)" : ""
    return Decimals.text(rate / 1e6, 2) + " M/s" + bytes + limit
  }

  private func latency(_ result: CellResult) -> String? {
    guard let p50 = result.median(.latencyP50), let p99 = result.median(.latencyP99) else { return nil }
    let missed = PatternRemarks(result).missedRate.map { " (\($0))" } ?? ""
    return "\(Decimals.text(p50 / 1000, 1)) / \(Decimals.text(p99 / 1000, 1)) us" + missed
  }
}
