import Base
import Documents
import Vocabulary

/// What to use on this machine and what the rest costs, in a sentence for each pattern, over all its transports.
struct Answers: Sendable {
  private let questions: [Question]

  init(_ document: ResultsDocument) {
    questions = Question.questions(of: document.cells.filter { $0.cell.implementation == .swift })
  }

  /// The three that matter most, of those that the run can answer.
  var lines: [String] { Array(questions.compactMap(\.sentence).prefix(3)) }
}

/// The cells that a program may choose between in each of several places, such as transports.
private struct Question: Sendable {
  /// How a program receives, whatever the place.
  struct Way: Hashable, Comparable {
    var mode: Mode
    var operation: Vocabulary.Operation

    static func < (a: Way, b: Way) -> Bool { a.place < b.place }
    private var place: Int {
      (Mode.allCases.firstIndex(of: mode) ?? 0) * 8 + (Vocabulary.Operation.allCases.firstIndex(of: operation) ?? 0)
    }
  }

  let name: String
  /// For each place the cells with numbers, by way.
  let places: [[Way: CellResult]]
  private let namesOperation: Bool

  /// Receives that wait come first: that is what servers do. A drain is asked per operation, since over byte streams a
  /// multishot receive takes many messages at once where a one-shot request asks for one.
  static func questions(of results: [CellResult]) -> [Question] {
    let order: [Pattern] = [.armed, .drain, .stream, .paced, .pingpong]
    return order.flatMap { pattern -> [Question] in
      let cells = results.filter { $0.cell.pattern == pattern && $0.cost != nil }
      guard pattern == .drain else { return [Question(pattern.rawValue, cells, namesOperation: true)] }
      return Vocabulary.Operation.allCases.map { operation in
        Question(
          "drain, \(operation.rawValue)", cells.filter { $0.cell.operation == operation }, namesOperation: false)
      }
    }
  }

  private init(_ name: String, _ cells: [CellResult], namesOperation: Bool) {
    var places: [Cell: [Way: CellResult]] = [:]
    var order: [Cell] = []
    for result in cells {
      var key = result.cell
      (key.mode, key.operation) = (.plain, .oneshot)
      if places[key] == nil { order.append(key) }
      places[key, default: [:]][Way(mode: result.cell.mode, operation: result.cell.operation)] = result
    }
    (self.name, self.namesOperation) = (name, namesOperation)
    self.places = order.compactMap { places[$0] }
  }

  /// The way whose worst place is best, among those that most places have. Of ways that cost nearly the same, it is
  /// the one that is older and simpler. The question is how to use a ring: what does without one is only held against it.
  private var answer: Way? {
    let counts = Dictionary(places.flatMap(\.keys).filter(isAsked).map { ($0, 1) }, uniquingKeysWith: +)
    let most = counts.values.max() ?? 0
    let ways = counts.filter { $0.value == most }.keys.sorted()
    guard let least = ways.map(worst).min() else { return nil }
    return ways.first { worst($0) <= least + Self.alike }
  }

  /// Whether the question is about a way. A run without any ring asks about the others.
  private func isAsked(_ way: Way) -> Bool { way.mode.usesUring || !hasRings }

  private var hasRings: Bool { places.contains { $0.keys.contains(where: \.mode.usesUring) } }

  /// Whether ways without a ring are held against rings.
  private var hasBoth: Bool { hasRings && places.contains { $0.keys.contains { !$0.mode.usesUring } } }

  private func worst(_ way: Way) -> Double { places.compactMap { excess(way, in: $0) }.max() ?? 0 }

  /// By how many percent a way is dearer than the cheapest of a place.
  private func excess(_ way: Way, in place: [Way: CellResult]) -> Double? {
    guard let cost = place[way]?.median,
      let least = place.filter({ isAsked($0.key) }).values.compactMap(\.median).min(),
      least > 0
    else {
      return nil
    }
    return (cost / least - 1) * 100
  }

  var sentence: String? {
    guard let answer, places.contains(where: { $0.keys.count(where: isAsked) > 1 || hasBoth }) else {
      return nil
    }
    let near = places.count { (excess(answer, in: $0) ?? .infinity) <= Self.alike }
    let had = places.count { $0[answer] != nil }
    var text =
      "\(name): \(word(answer)), within \(Decimals.shortest(Self.alike)) % of the cheapest\(hasBoth ? " ring" : "") in \(near) of \(had)"
    if near < had { text += ", at most \(Decimals.percent(worst(answer))) % dearer" }
    return ([text] + others(than: answer)).joined(separator: "; ") + "."
  }

  /// For each other mode, in its best operation, the range of its cost in percent of the answer's.
  /// One ring stands for all rings of the application: the matrix has the others.
  private func others(than answer: Way) -> [String] {
    let ways = Set(places.flatMap(\.keys)).subtracting([answer])
    let modes = Mode.allCases.filter { mode in ways.contains { $0.mode == mode } && mode != answer.mode }
      .filter { !$0.hasKnownOrder || ($0 == .pbuf && !answer.mode.hasKnownOrder) }
    var same: [String] = []
    var dearer: [String] = []
    for mode in modes {
      let ranges = ways.filter { $0.mode == mode }.sorted().compactMap { way in
        range(of: way, against: answer).map { (way, $0) }
      }
      guard let (way, range) = ranges.min(by: { $0.1.upperBound < $1.1.upperBound }) else { continue }
      if max(abs(range.lowerBound), abs(range.upperBound)) < Self.alike {
        same.append(word(way))
      } else {
        dearer.append("\(word(way)) \(Self.text(range))")
      }
    }
    return (same.isEmpty ? [] : ["\(same.joined(separator: " and ")) the same"]) + dearer
  }

  /// Percent within which a way costs the same for whoever has to choose.
  private static let alike = 3.0

  private func range(of way: Way, against answer: Way) -> ClosedRange<Double>? {
    let percents = places.compactMap { place -> Double? in
      guard let a = place[answer]?.median, let b = place[way]?.median, a > 0 else { return nil }
      return (b / a - 1) * 100
    }
    guard let least = percents.min(), let most = percents.max() else { return nil }
    return least...most
  }

  private func word(_ way: Way) -> String {
    if hasBoth, !way.mode.usesUring { return "without a ring (\(name(way)))" }
    return name(way)
  }

  private func name(_ way: Way) -> String {
    namesOperation ? "\(way.mode.rawValue) \(way.operation.rawValue)" : way.mode.rawValue
  }

  /// `+14 to +34 %`, or one number where both would read the same.
  private static func text(_ range: ClosedRange<Double>) -> String {
    let (low, high) = (signed(range.lowerBound), signed(range.upperBound))
    return low == high ? "\(low) %" : "\(low) to \(high) %"
  }

  private static func signed(_ value: Double) -> String {
    let text = Decimals.text(value, 0)
    return value.rounded() > 0 ? "+\(text)" : text == "-0" ? "0" : text
  }
}
