import Base
import Documents
import Running
import Vocabulary

/// One cell, measured in a machine of its own.
struct CellMeasurement: Sendable {
  var header: JournalHeader
  var trials: [Trial]
  /// What the profiler counted in each trial that has a figure; empty without a profiler.
  var sections: [TrialSection]
}

/// A profiler's plugin and how it is loaded.
struct ProfilerUse: Sendable {
  var plugin: ProfilerPlugin
  var level: ProfilerPlugin.Level
  /// The file of the table of functions; nil for level `strings`.
  var functions: String?
}

extension SavedMachine {
  /// Guest seconds that a trial may take beyond its own duration.
  private static let trialTimeout = 60.0

  /// Measures the cell at a place in a plan.
  ///
  /// - Throws: `failed` for a guest that died.
  func measure(
    _ place: Int, of plan: RunPlan, _ memory: MemoryCopy, profiler: ProfilerUse?
  ) async throws -> CellMeasurement {
    // Nothing of the run but what the cell needs: even reading a longer order would move the digits.
    let single = RunPlan(
      suite: "cell", seed: plan.seed, cells: [plan.cells[place]],
      blocks: Array(repeating: [0], count: plan.cells[place].trials), directory: nil, trialTimeout: Self.trialTimeout)
    let work = try TemporaryFolder()
    let output = work.file("profile")
    let plugin = profiler.map { $0.plugin.arguments($0.level, output: output, functions: $0.functions) } ?? []
    var header: JournalHeader?
    var trials: [Trial] = []
    try await resume(.run(single, settleSeconds: 0), memory, plugin: plugin) { message in
      switch message {
      case .header(let said): header = said
      case .trial(let entry):
        var trial = entry.trial
        // The place in a run that measures one cell after the other.
        trial.order = plan.cells[..<place].reduce(trial.index) { $0 + $1.trials }
        trials.append(trial)
      case .output, .exited, .end, .functions, .resumed:
        throw RingbenchError.failed("the guest answered another request")
      }
    }
    let name = plan.cells[place].cell.id
    guard let header else { throw RingbenchError.failed("a guest ended before it began its run: \(name)") }
    let sections = profiler == nil ? [] : try TrialSection.all(in: try Files.text(output))
    var measured = CellMeasurement(header: header, trials: trials, sections: sections)
    measured.takeStringMoves()
    return measured
  }
}

extension CellMeasurement {
  /// The places of the trials that have a figure.
  var measured: [Int] { trials.indices.filter { trials[$0].measurements != nil } }

  /// Adds what string moves were to the trials, where each has a section: the C loops have no markers.
  fileprivate mutating func takeStringMoves() {
    guard measured.count == sections.count else { return }
    for (place, section) in zip(measured, sections) { trials[place].take(section) }
  }
}

extension Trial {
  fileprivate mutating func take(_ section: TrialSection) {
    guard let operations = self[.operations], let instructions = self[.instructionsPerOperation] else { return }
    let rounds = section.counted.count + section.aside.count
    let explained = section.explained
    guard rounds > 0, explained.count > 0 else { return }
    let messages = operations * Double(explained.count) / Double(rounds)
    outcome.measurements?[.stringBytesPerOperation] = Double(explained.stringBytes) / messages
    outcome.measurements?[.instructionsWithoutStrings] = instructions - Double(explained.stringSteps) / messages
  }
}
