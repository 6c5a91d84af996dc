/// One of several parts into which the cells of a run are dealt.
package struct Shard: Codable, Hashable, Sendable {
  /// From 1.
  package var number: Int
  package var count: Int
  /// For each cell of the part, its place in the whole run, from 0.
  package var places: [Int]
  /// How many cells the whole run has.
  package var cells: Int

  package init(number: Int, count: Int, places: [Int], cells: Int) {
    self.number = number
    self.count = count
    self.places = places
    self.cells = cells
  }

  /// Deals the cells of a run: the first to part 1, the second to part 2 and so on, in turn.
  package init(number: Int, of count: Int, cells: Int) {
    self.init(
      number: number, count: count, places: Array(stride(from: number - 1, to: cells, by: count)), cells: cells)
  }
}
