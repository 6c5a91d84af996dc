import Documents
import Planning
import Vocabulary

/// The words for where cells are: their transport, and what else differs among the cells of a step.
struct Places: Sendable {
  private let axes: [NumberAxis]
  private let namesMode: Bool
  private let namesOperation: Bool
  private let namesPattern: Bool
  private let namesNodes: Bool

  /// - Parameter except: an axis that the step names itself.
  init(_ cells: [Cell], except: NumberAxis? = nil) {
    func vary<Value: Hashable>(_ value: (Cell) -> Value) -> Bool { Set(cells.map(value)).count > 1 }
    axes = NumberAxis.allCases.filter { axis in axis != except && vary { $0[axis] } }
    namesMode = vary(\.mode)
    namesOperation = vary(\.operation)
    namesPattern = vary(\.pattern)
    namesNodes = vary { [$0.cpuNode, $0.memoryNode] }
  }

  /// `over tcp, 64 connections`.
  func words(_ cell: Cell) -> String {
    var parts = ["over \(cell.transport.rawValue)"]
    if namesPattern { parts.append(cell.pattern.rawValue) }
    return (parts + way(cell) + numbers(cell)).joined(separator: ", ")
  }

  /// `pbuf multishot`, where modes or operations differ.
  func way(_ cell: Cell) -> [String] {
    let words = (namesMode ? [cell.mode.rawValue] : []) + (namesOperation ? [cell.operation.rawValue] : [])
    return words.isEmpty ? [] : [words.joined(separator: " ")]
  }

  func numbers(_ cell: Cell) -> [String] {
    let nodes =
      cell.cpuNode == cell.memoryNode ? "\(cell.cpuNode)" : "\(cell.cpuNode) with memory of \(cell.memoryNode)"
    return axes.compactMap { axis in cell[axis].map { axis.phrase($0) } } + (namesNodes ? ["node \(nodes)"] : [])
  }
}

extension NumberAxis {
  /// A value as people say it: `4 KiB`, `batch`, `64`.
  func spoken(_ value: Int) -> String {
    guard unit == .bytes else { return word(value) }
    if value >= 1 << 20, value.isMultiple(of: 1 << 20) { return "\(value >> 20) MiB" }
    return value >= 1024 && value.isMultiple(of: 1024) ? "\(value >> 10) KiB" : "\(value) bytes"
  }

  /// A value with what it is of: `messages of 4 KiB`, `64 connections`, `hand-back 8`.
  func phrase(_ value: Int) -> String {
    switch self {
    case .messageSize: "messages of \(spoken(value))"
    case .bufferSize: "buffers of \(spoken(value))"
    case .connections: value == 1 ? "1 connection" : "\(value) connections"
    case .buffers: value == 1 ? "1 buffer" : "\(value) buffers"
    default: "\(rawValue) \(spoken(value))"
    }
  }
}
