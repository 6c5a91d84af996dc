import Base

/// What the plugin counted in one trial.
struct TrialSection: Hashable, Sendable {
  /// Sums over rounds of one kind.
  struct Rounds: Hashable, Sendable {
    var count = 0
    /// Instructions from one reading of the clock to the other, and those of them between the markers.
    var instructions = 0
    var inside = 0
    var stringBytes = 0
    var stringSteps = 0

    static func + (one: Rounds, other: Rounds) -> Rounds {
      Rounds(
        count: one.count + other.count, instructions: one.instructions + other.instructions,
        inside: one.inside + other.inside, stringBytes: one.stringBytes + other.stringBytes,
        stringSteps: one.stringSteps + other.stringSteps)
    }
  }

  /// A function on one path.
  struct Node: Hashable, Sendable {
    var number: Int
    var parent: Int
    /// The place in the table of functions; nil for user space of others.
    var function: Int?
    var counted: [Int]
    var aside: [Int]
  }

  /// Rounds without a timer tick, and with one.
  var counted: Rounds
  var aside: Rounds
  var nodes: [Node]

  /// The rounds that a trial's reported figure is made of, as `Workload` chooses them: those without a tick, unless hardly
  /// a round has none.
  var explainsAll: Bool { counted.count <= (counted.count + aside.count) / 4 }
  var explained: Rounds { explainsAll ? counted + aside : counted }

  /// The sections that a plugin wrote. One that it didn't finish is left out.
  ///
  /// - Throws: `failed` for other text.
  static func all(in text: String) throws(RingbenchError) -> [TrialSection] {
    var sections: [TrialSection] = []
    var open: TrialSection?
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      if line.elementsEqual("end".utf8) {
        if let section = open.take() { sections.append(section) }
      } else if line.starts(with: "trial ".utf8) {
        let numbers = try numbers(line.dropFirst(6), count: 10)
        open = TrialSection(
          counted: rounds(numbers[0..<5]), aside: rounds(numbers[5...]), nodes: [])
      } else {
        let numbers = try numbers(line[...], count: 3 + 2 * Self.costs)
        open?.nodes.append(
          Node(
            number: numbers[0], parent: numbers[1], function: numbers[2] < 0 ? nil : numbers[2],
            counted: Array(numbers[3..<3 + Self.costs]), aside: Array(numbers[(3 + Self.costs)...])))
      }
    }
    return sections
  }

  /// Calls, and a number for each column.
  private static let costs = 1 + ProfileColumns.order.count

  private static func rounds(_ numbers: ArraySlice<Int>) -> Rounds {
    let numbers = Array(numbers)
    return Rounds(
      count: numbers[0], instructions: numbers[1], inside: numbers[2], stringBytes: numbers[3], stringSteps: numbers[4])
  }

  private static func numbers(_ line: Substring.UTF8View, count: Int) throws(RingbenchError) -> [Int] {
    let numbers = line.split(separator: UInt8(ascii: " ")).map { Int(Substring($0)) }
    let known = numbers.compactMap { $0 }
    guard known.count == count, numbers.count == count else {
      throw RingbenchError.failed("the profiler's plugin wrote a line that ringbench does not know")
    }
    return known
  }
}
