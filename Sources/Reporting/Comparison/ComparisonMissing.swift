import Documents
import Vocabulary

/// The cells that one side has no numbers for and that are not lost: a line for each reason.
struct ComparisonMissing: Sendable {
  struct Group: Sendable {
    var reason: String
    var cells: [String]
  }

  let groups: [Group]

  /// Cells that work on neither side are left out, such as those of a mode that neither kernel has.
  init(_ comparison: RunComparison) {
    var groups: [Group] = []
    for cell in comparison.cells where cell.verdict == .missing && cell.ranking.isEmpty {
      guard cell.baselineStatus == .ok || cell.newStatus == .ok else { continue }
      let reason = cell.remark ?? "no reason was written down"
      if let index = groups.firstIndex(where: { $0.reason == reason }) {
        groups[index].cells.append(cell.cell)
      } else {
        groups.append(Group(reason: reason, cells: [cell.cell]))
      }
    }
    self.groups = groups
  }

  /// `46 cells, such as tcp/pbuf/...: baseline unsupported: register: EINVAL`, a line for each reason.
  var lines: [String] {
    groups.map { group in
      let count = group.cells.count
      return "\(count) cell\(count == 1 ? "" : "s"), \(count == 1 ? "" : "such as ")\(group.cells[0]): \(group.reason)"
    }
  }
}
