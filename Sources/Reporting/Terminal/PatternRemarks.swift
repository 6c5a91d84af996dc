import Base
import Documents
import Vocabulary

/// What belongs to the cost of a cell, by its pattern: a throughput, a latency, the sender's share.
struct PatternRemarks {
  let result: CellResult

  init(_ result: CellResult) { self.result = result }

  var words: [String] {
    switch result.cell.pattern {
    case .drain: []
    case .armed: wake.map { [$0] } ?? []
    case .stream: stream
    case .pingpong: latency.map { ["CPU; \($0)"] } ?? []
    case .paced: paced
    }
  }

  private var wake: String? {
    result.median(.wakeNsPerOperation).map { "\(Self.signed($0)) ns for the sender" }
      ?? result.median(.wakeInstructionsPerOperation).map { "\(Self.signed($0)) instructions for the sender" }
  }

  private var stream: [String] {
    guard let cpu = result.median(.cpuNsPerOperation), let all = result.median(.nsPerOperation), all > 0 else {
      return []
    }
    let rate = result.median(.operationsPerSecond).map { Self.rate($0) } ?? ""
    guard isLimitedBySender else { return ["CPU; \(rate)"] }
    return ["CPU; limited by the sender at \(rate): the receiver ran for \(Decimals.text(cpu / all * 100, 0)) %"]
  }

  private var paced: [String] {
    let cpu = result.median(.cpuNsPerOperation).map { ", \(Decimals.text($0, 0)) ns of CPU" } ?? ""
    let tail = result.median(.latencyP99).map { "p50; p99 \(Self.time($0))\(cpu)" }
    return [tail, missedRate].compactMap { $0 }
  }

  /// Whether the receiver of a stream slept, so that its throughput is the sender's.
  var isLimitedBySender: Bool {
    guard let cpu = result.median(.cpuNsPerOperation), let all = result.median(.nsPerOperation), all > 0 else {
      return false
    }
    return result.cell.pattern == .stream && cpu / all < Busy.fraction
  }

  /// Says that a paced cell did not reach its rate; nil where it did.
  var missedRate: String? {
    guard let rate = result.cell.rate, let reached = result.median(.operationsPerSecond),
      reached < Double(rate) * Self.reached
    else { return nil }
    return "the rate was not reached: \(Self.rate(reached)) of \(Self.rate(Double(rate)))"
  }

  /// The part of the rate that counts as all of it: a trial also takes the time from its last message to its end.
  private static let reached = 0.98

  private var latency: String? {
    guard let p50 = result.median(.latencyP50), let p99 = result.median(.latencyP99) else { return nil }
    return "p50 \(Self.time(p50)), p99 \(Self.time(p99))"
  }

  private static func signed(_ value: Double) -> String {
    (value.rounded() < 0 ? "" : "+") + Decimals.text(abs(value) < 0.5 ? 0 : value, 0)
  }

  /// `41.2 us` or `870 ns`.
  private static func time(_ ns: Double) -> String {
    ns < 1000 ? "\(Decimals.text(ns, 0)) ns" : "\(Decimals.text(ns / 1000, 1)) us"
  }

  /// `1.63 M/s` or `20.0 k/s`.
  private static func rate(_ perSecond: Double) -> String {
    perSecond < 1_000_000
      ? "\(Decimals.text(perSecond / 1000, 1)) k/s" : "\(Decimals.text(perSecond / 1_000_000, 2)) M/s"
  }
}
