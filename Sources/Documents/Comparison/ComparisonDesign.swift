/// How the two sides of a comparison were measured. It decides the test, and what the words are worth.
package enum ComparisonDesign: String, Codable, Hashable, Sendable, CaseIterable {
  /// Counted instructions of deterministic machines.
  case exact
  /// Session by session, in an order that chance decided each time.
  case turns
  /// Cells of one run, block by block, in random order within each block.
  case blocks
  /// Several runs a side, some of one side between those of the other.
  case runs
  /// One run after the other.
  case sequence
}
