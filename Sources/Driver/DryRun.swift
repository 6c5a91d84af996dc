package import Results

/// What `--dry-run` prints: the cells of a plan, and what they will take.
package struct DryRun: Sendable {
  let plan: RunPlan

  package init(_ plan: RunPlan) { self.plan = plan }

  package var text: String {
    let cells = plan.cells.map { planned in
      let length: String =
        switch planned.length {
        case .rounds(let rounds): "\(rounds) rounds"
        case .duration(let seconds): "\(seconds) s"
        }
      return "\(planned.cell.id)  \(planned.trials) x \(length)\n"
    }
    let time = ProgressLine.time(plan.estimatedSeconds)
    return cells.joined()
      + "\(plan.cells.count) cells, \(plan.trialCount) trials, at most about \(time) minutes\n"
  }
}
