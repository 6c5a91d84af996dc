package import Vocabulary

/// The values that a group of cells takes on each axis; its cells are their cross product.
package struct Axes: Hashable, Sendable {
  package var modes: [Mode]
  package var transports: [Transport]
  package var operations: [Operation]
  package var patterns: [Pattern] = [.drain]
  package var implementations: [Implementation] = [.swift]
  /// Missing axes have their default value.
  package var numbers: [NumberAxis: [Int]] = [:]

  func values(_ axis: NumberAxis) -> [Int] {
    numbers[axis] ?? axis.defaultValue.map { [$0] } ?? []
  }
}

/// The lists given on the command line; nil or missing for an axis that was not given.
package struct AxisLists: Hashable, Sendable {
  package var modes: [Mode]?
  package var transports: [Transport]?
  package var operations: [Operation]?
  package var patterns: [Pattern]?
  package var numbers: [NumberAxis: [Int]] = [:]

  package init() {}
}
