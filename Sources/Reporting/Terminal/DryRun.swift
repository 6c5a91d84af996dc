import Base
package import Documents
import Planning
import Vocabulary

/// What `--dry-run` prints: the cells of a plan, and how long they will take.
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
    return cells.joined() + "\(plan.cells.count) cells, \(plan.trialCount) trials, at most about \(time)\(early)\n"
  }

  private var early: String {
    plan.precision.map { ", less once every median is known to \(Decimals.shortest($0)) %" } ?? ""
  }

  private var time: String {
    let seconds = plan.estimatedSeconds
    switch seconds {
    case ..<100: return "\(Decimals.text(seconds, 0)) s"
    case ..<6000: return "\(Decimals.text(seconds / 60, 0)) min"
    default: return "\(Decimals.text(seconds / 3600, 1)) h"
    }
  }
}
