import Documents
import Vocabulary

/// The value of each axis that more than half of a run's cells have. A matrix names it once, and in its rows only what
/// differs from it.
struct UsualValues: Sendable {
  private let values: [NumberAxis: Int]
  /// The nodes of CPU and memory that more than half of the cells have.
  let nodes: [Int]?

  init(_ cells: [Cell]) {
    var values: [NumberAxis: Int] = [:]
    for axis in NumberAxis.allCases { values[axis] = Self.majority(cells.compactMap { $0[axis] }) }
    self.values = values
    nodes = Self.majority(cells.map { [$0.cpuNode, $0.memoryNode] })
  }

  private static func majority<Value: Hashable>(_ values: [Value]) -> Value? {
    let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.first { $0.value * 2 > values.count }?.key
  }

  /// What the cell has that is not usual, such as ` 4096B x64`; empty where everything is usual.
  ///
  /// - Parameters:
  ///   - places: whether the nodes are named too.
  ///   - swept: an axis that is not named.
  func differences(_ cell: Cell, places namesPlaces: Bool = true, without swept: NumberAxis? = nil) -> String {
    let parts = NumberAxis.allCases.compactMap { axis -> String? in
      guard axis != swept, let value = cell[axis], value != values[axis] else { return nil }
      return switch axis {
      case .messageSize: "\(value)B"
      case .connections: "x\(value)"
      case .rate: "\(value)/s"
      default: "\(axis.rawValue)=\(axis.word(value))"
      }
    }
    let place = [cell.cpuNode, cell.memoryNode]
    let places = place == nodes || !namesPlaces ? [] : ["cpu/mem \(place[0])/\(place[1])"]
    return (parts + places).map { " \($0)" }.joined()
  }

  /// `64-byte messages, 1 connection`, with what all rows have in common.
  var text: String {
    let size = values[.messageSize].map { "\($0)-byte messages" }
    let connections = values[.connections].map { "\($0) connection\($0 == 1 ? "" : "s")" }
    return [size, connections].compactMap { $0 }.joined(separator: ", ")
  }
}
