/// Any axis of cells, whether its values are words or numbers.
package enum CellAxis: Hashable, Sendable {
  case transport, mode, operation, pattern
  case number(NumberAxis)

  /// The key in a suite.
  package var name: String {
    switch self {
    case .transport: Transport.axis
    case .mode: Mode.axis
    case .operation: Operation.axis
    case .pattern: Pattern.axis
    case .number(let axis): axis.rawValue
    }
  }

  /// The option as it is typed.
  package var option: String { "--\(name)" }
}
