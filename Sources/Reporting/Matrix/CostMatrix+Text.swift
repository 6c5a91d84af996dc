import Vocabulary

extension CostMatrix {
  private static let width = 100
  /// A number such as `+123%` with a blank before it.
  private static let leastField = 6

  /// The matrices for a terminal of 100 columns, without the meaning of their marks. One with the columns of the one
  /// above it doesn't name its modes again.
  static func text(_ matrices: [CostMatrix]) -> String {
    let label = matrices.flatMap { $0.rows.map(\.label.count) + [$0.pattern.matrixTitle.count] }.max() ?? 0
    var lines: [String] = []
    var above: [Column] = []
    for matrix in matrices {
      for group in matrix.groups(label) {
        lines.append(
          heading(matrix.pattern.matrixTitle, group, label) { padded(" \($0.operation.rawValue)", to: width($0)) })
        if group != above {
          lines.append(heading("", group, label) { $0.modes.map { aligned($0.rawValue, $0) }.joined() })
        }
        above = group
        lines += matrix.lines(group, label)
      }
    }
    return lines.map { $0.trimmedAtEnd + "\n" }.joined()
  }

  private func lines(_ group: [Column], _ label: Int) -> [String] {
    rows.filter { row in group.contains { row.blocks[$0.operation] != nil } }.map { row in
      let cells = group.map { column in
        column.modes.map { Self.aligned(Self.mark($0, in: row.blocks[column.operation]), $0) }.joined()
      }
      return Self.padded(row.label, to: label) + cells.map { " \($0)" }.joined()
    }
  }

  /// The columns that fit side by side. Modes that find no place beside the others of their operation stand below them.
  private func groups(_ label: Int) -> [[Column]] {
    var groups: [[Column]] = [[]]
    for column in columns {
      let used = Self.used(groups[groups.count - 1], label)
      if used > label, used + 1 + Self.width(column) > Self.width { groups.append([]) }
      for (index, mode) in column.modes.enumerated() {
        if Self.used(groups[groups.count - 1], label) + 1 + Self.field(mode) > Self.width { groups.append([]) }
        let last = groups.count - 1
        if index > 0, groups[last].last?.operation == column.operation {
          groups[last][groups[last].count - 1].modes.append(mode)
        } else {
          groups[last].append(Column(operation: column.operation, modes: [mode]))
        }
      }
    }
    return groups
  }

  private static func used(_ group: [Column], _ label: Int) -> Int { group.reduce(label) { $0 + 1 + width($1) } }

  private static func heading(
    _ title: String, _ group: [Column], _ label: Int, _ text: (Column) -> String
  ) -> String {
    padded(title, to: label) + group.map { " \(text($0))" }.joined()
  }

  private static func field(_ mode: Mode) -> Int { max(leastField, mode.rawValue.count + 1) }

  private static func width(_ column: Column) -> Int { column.modes.reduce(0) { $0 + field($1) } }

  private static func aligned(_ text: String, _ mode: Mode) -> String {
    String(repeating: " ", count: max(field(mode) - text.count, 1)) + text
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
