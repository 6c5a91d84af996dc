import Base
import Documents
package import Vocabulary

/// The axes by which the cells of one run can be compared.
package enum ComparisonAxis: String, CaseIterable, Sendable {
  case mode, transport, operation, implementation

  /// The cell's value on the axis.
  package func value(_ cell: Cell) -> String {
    switch self {
    case .mode: cell.mode.rawValue
    case .transport: cell.transport.rawValue
    case .operation: cell.operation.rawValue
    case .implementation: cell.implementation.rawValue
    }
  }

  /// The cell with a fixed value on the axis, so that cells that differ on the axis alone become equal.
  package func key(_ cell: Cell) -> Cell {
    var key = cell
    switch self {
    case .mode: key.mode = .plain
    case .transport: key.transport = .tcp
    case .operation: key.operation = .oneshot
    case .implementation: key.implementation = .swift
    }
    return key
  }

  private var words: [String] {
    switch self {
    case .mode: Mode.allCases.map(\.rawValue)
    case .transport: Transport.allCases.map(\.rawValue)
    case .operation: Operation.allCases.map(\.rawValue)
    case .implementation: Implementation.allCases.map(\.rawValue)
    }
  }

  /// The value to compare with. The run must have cells with it.
  func baseline(_ given: String?, in run: RunSamples) throws(RingbenchError) -> String {
    let present = Set(run.cells.map { value($0.cell) })
    let list = words.filter(present.contains).joined(separator: ", ")
    guard let given else { throw RingbenchError.badInput("--by \(rawValue): needs --baseline with one of \(list)") }
    guard words.contains(given) else {
      throw RingbenchError.badInput("--baseline: unknown \(rawValue) '\(given)': one of \(list) is needed")
    }
    guard present.contains(given) else {
      throw RingbenchError.badInput("--baseline: \(run.path) has no cell of \(rawValue) \(given): it has \(list)")
    }
    return given
  }
}
