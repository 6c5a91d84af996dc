import Base
import Documents
import Vocabulary

extension CallProfile {
  /// The profile of the trial whose figure is the median of all.
  ///
  /// - Throws: `failed` where the functions don't add up to what the guest reports, to the instruction: for any trial.
  init(
    _ measured: CellMeasurement, _ cell: PlannedCell, _ table: FunctionTable, level: ProfilerPlugin.Level
  ) throws(RingbenchError) {
    let places = measured.measured
    guard places.count == measured.sections.count, !places.isEmpty else {
      throw RingbenchError.failed(
        "the guest tells of \(places.count) trials, and the profiler saw \(measured.sections.count)")
    }
    var figures: [(figure: Double, place: Int)] = []
    for (number, (place, section)) in zip(places, measured.sections).enumerated() {
      let figure = try section.checked(measured.trials[place], messagesPerRound: cell.cell.messagesPerRound)
      figures.append((figure, number))
    }
    let median = figures.sorted { ($0.figure, $0.place) < ($1.figure, $1.place) }[figures.count / 2]
    let section = measured.sections[median.place]
    let explained = section.explained
    self.init(
      kernelRelease: measured.header.host.kernelRelease, cell: cell.cell.id,
      trial: measured.trials[places[median.place]].index, rounds: section.counted.count + section.aside.count,
      roundsExplained: explained.count, operations: explained.count * cell.cell.messagesPerRound,
      constant: explained.instructions - explained.inside, instructionsPerOperation: median.figure,
      columns: ProfileColumns.counted(at: level), roots: section.roots(table))
  }
}

extension TrialSection {
  /// The trial's reported figure, after all that has to agree with it.
  fileprivate func checked(_ trial: Trial, messagesPerRound: Int) throws(RingbenchError) -> Double {
    guard let reported = trial[.instructionsPerOperation] else {
      throw RingbenchError.failed("the guest reports no instructions")
    }
    let counted = explained
    guard counted.instructions > 0 else {
      throw RingbenchError.failed(
        "the guest's clock doesn't read the processor's counter (rdtsc): see its clock source")
    }
    let sum = nodes.reduce(0) { $0 + own(of: $1)[0] }
    let messages = counted.count * messagesPerRound
    guard sum == counted.inside, Double(counted.instructions) / Double(messages) == reported else {
      let clock = counted.instructions - counted.inside
      throw RingbenchError.failed(
        "the functions have \(sum) instructions and the clock \(clock), which is not the \(reported) that the guest "
          + "reports for each of \(messages) messages: this explanation would be wrong")
    }
    return reported
  }

  /// A node's own costs in the rounds that are explained.
  private func own(of node: Node) -> ArraySlice<Int> {
    let costs = explainsAll ? zip(node.counted, node.aside).map(+) : node.counted
    return ArraySlice(Array(costs.dropFirst()))
  }

  private func calls(of node: Node) -> Int { explainsAll ? node.counted[0] + node.aside[0] : node.counted[0] }

  /// The tree of calls, without what was not executed.
  fileprivate func roots(_ table: FunctionTable) -> [CallProfile.Node] {
    var children: [Int: [Node]] = [:]
    for node in nodes { children[node.parent, default: []].append(node) }
    var shortNames: [Int: String] = [:]
    func name(_ node: Node) -> String {
      guard let function = node.function else { return "[other threads]" }
      if let known = shortNames[function] { return known }
      let short = SwiftName.short(table.functions[function].name)
      shortNames[function] = short
      return short
    }
    func tree(_ node: Node) -> CallProfile.Node? {
      var made = CallProfile.Node(name(node))
      made.calls = calls(of: node)
      for (column, count) in zip(ProfileColumns.order, own(of: node)) { made.own[column] = count }
      made.children = trees(node.number)
      let isEmpty = made.children.isEmpty && made.calls == 0 && made.own == CostCounts()
      return isEmpty ? nil : made
    }
    func trees(_ parent: Int) -> [CallProfile.Node] { (children[parent] ?? []).compactMap(tree) }
    return trees(0)
  }
}
