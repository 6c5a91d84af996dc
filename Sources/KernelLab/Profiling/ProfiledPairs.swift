import Base
import Documents
import Vocabulary

/// Cells that are explained together: one, or a baseline and a new one.
struct ExplainedPair: Sendable {
  /// A cell: the place of its kernel, and its own place in that kernel's plan.
  struct Side: Hashable, Sendable {
    var kernel: Int
    var place: Int
  }

  var sides: [Side]
}

/// Profiles the cells of pairs, several machines at once, each cell once.
struct ProfiledPairs: Sendable {
  /// One for each kernel.
  let profilers: [CellProfiler]
  let pairs: [ExplainedPair]
  /// Machines at once.
  let jobs: Int
  let output: ProgressOutput

  /// - Returns: what came of each side; where it was interrupted, of those that were finished.
  func results() async -> [ExplainedPair.Side: CellProfiler.Result] {
    var rest = Array(Set(pairs.flatMap(\.sides))).sorted { ($0.kernel, $0.place) < ($1.kernel, $1.place) }[...]
    let total = rest.count
    let start = ContinuousClock.now
    var results: [ExplainedPair.Side: CellProfiler.Result] = [:]
    await withTaskGroup(of: (ExplainedPair.Side, CellProfiler.Result?).self) { group in
      func next() {
        guard let side = rest.popFirst() else { return }
        group.addTask { (side, try? await profilers[side.kernel].profile(side.place)) }
      }
      for _ in 0..<jobs { next() }
      show(0, total, start)
      while let (side, result) = await group.next() {
        results[side] = result
        if !Task.isCancelled { next() }
        show(results.count, total, start)
      }
    }
    output.clear()
    return results
  }

  private func show(_ done: Int, _ total: Int, _ start: ContinuousClock.Instant) {
    let spent = start.duration(to: .now).components.seconds
    let left = done > 0 ? ", about \(Int(spent) * (total - done) / done) s left" : ""
    let text = "profiled \(done) of \(total) cells\(left)"
    output.show({ _ in text }, plain: { text })
  }
}
