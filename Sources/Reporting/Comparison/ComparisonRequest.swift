package import Base
package import Documents
import FoundationEssentials
import Statistics
import Vocabulary

/// `ringbench compare`, from the paths to the comparison.
package struct ComparisonRequest: Sendable {
  /// One run, or the baseline and the new run: each a `results.json` or the folder of a run. Several runs of one side
  /// are separated by commas.
  package var runs: [String]
  package var axis: ComparisonAxis?
  /// The value of the axis that the others are compared with.
  package var baseline: String?
  /// Percent; nil for the default.
  package var threshold: Double?
  /// A run of the floor suite; nil for the newest that lies beside the runs.
  package var floor: String?

  package init(runs: [String]) { self.runs = runs }

  /// Reads the runs, both at once, and compares them.
  package func comparison() async throws -> RunComparison {
    guard let axis else { return try await compareRuns() }
    guard runs.count == 1 else {
      throw RingbenchError.badInput("--by: compares the cells of one run: name one run, not \(runs.count)")
    }
    let run = try Self.read(runs[0])
    let value = try axis.baseline(baseline, in: run)
    return RunComparison(
      run, by: axis.rawValue, key: axis.key, isBaseline: { axis.value($0) == value },
      options: ComparisonOptions(threshold: threshold))
  }

  private func compareRuns() async throws -> RunComparison {
    guard runs.count == 2 else {
      throw RingbenchError.badInput(
        "a single run needs --by: name a baseline and a new run, or give --by")
    }
    if baseline != nil { throw RingbenchError.badInput("--baseline: needs --by: it is a value of that axis") }
    async let old = Self.readAll(runs[0])
    async let new = Self.readAll(runs[1])
    let (first, second) = (try await old, try await new)
    for run in first + second { try Self.checkClocks(first[0], run) }
    let options = ComparisonOptions(
      threshold: threshold, floor: try FloorSearch(path: floor).floor(for: first + second))
    guard first.count + second.count > 2 else { return RunComparison(first[0], second[0], options: options) }
    return RunComparison(first, second, options: options)
  }

  /// The runs of one side; at least one.
  private static func readAll(_ list: String) throws(RingbenchError) -> [RunSamples] {
    let paths = Files.exists(list) ? [list] : list.split(separator: ",").map(String.init)
    var runs: [RunSamples] = []
    for path in paths.isEmpty ? [list] : paths { runs.append(try read(path)) }
    return runs
  }

  /// Instructions can't be held against time.
  private static func checkClocks(_ baseline: RunSamples, _ new: RunSamples) throws(RingbenchError) {
    guard baseline.host.countsInstructions != new.host.countsInstructions else { return }
    let (counted, timed) = baseline.host.countsInstructions ? (baseline, new) : (new, baseline)
    throw RingbenchError.badInput(
      "\(counted.path) counts an emulator's instructions, and \(timed.path) measures time: two of one kind are needed")
  }

  /// - Throws: `badInput` naming the file and the line.
  package static func read(_ path: String) throws(RingbenchError) -> RunSamples {
    do { return try RunSamples.read(path, columns: .compared) } catch { throw RingbenchError.badInput(error.message) }
  }
}
