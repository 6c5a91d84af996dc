import ArgumentParser
import Arguments
import Base
import Foundation
import TestSupport
import Testing
import Vocabulary

/// What follows from the declaration of an axis.
@Suite struct NumberAxisTests {
  @Test(arguments: NumberAxis.allCases) func hasAnOption(axis: NumberAxis) throws {
    let (low, high) = axis.twoWords
    let words = [axis.option, "\(low),\(high)", axis.option, "\(low)"]
    #expect(try NumberAxisOptions.parse(words).values == [axis: [try axis.value(low), try axis.value(high)]])
    let help = NumberAxisOptions.helpMessage(columns: 400)
    #expect(help.contains("\(axis.option) <\(axis.valueName)>"))
    let part = try #require(help.components(separatedBy: "\n  --").first { "--\($0)".hasPrefix(axis.option + " ") })
    let line = part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    // Help says what is possible and what is usual.
    for limit in axis.limits { #expect(line.contains(limit)) }
    if let usual = axis.defaultValue { #expect(line.contains("default: \(axis.word(usual))")) }
  }

  @Test(arguments: NumberAxis.allCases) func refusesOtherWords(axis: NumberAxis) {
    for word in ["-1", "1.5", "x", "", axis.words.isEmpty ? "0" : "2"] {
      #expect(throws: RingbenchError.self) { try axis.value(word) }
    }
  }

  @Test func nothingGivenIsNothing() throws { #expect(try NumberAxisOptions.parse([]).values.isEmpty) }

  @Test(arguments: NumberAxis.allCases) func goesIntoIdentifierAndArguments(axis: NumberAxis) throws {
    var cell = Sample.cell()
    // Later axes are silent where they have their default.
    let value = axis.range.upperBound == axis.defaultValue ? axis.range.lowerBound : axis.range.upperBound
    cell[axis] = value
    #expect(cell.id.contains("=\(axis.word(value))"))
    let place = cell.arguments.firstIndex(of: axis.option)
    #expect(place.map { cell.arguments[$0 + 1] } == axis.word(value))
    #expect(try axis.value(axis.word(value)) == value)
  }

  @Test(arguments: NumberAxis.allCases) func hasLimits(axis: NumberAxis) {
    var cell = Sample.cell()
    if let pattern = axis.pattern { cell.pattern = pattern }
    #expect(axis.defaultValue.map(axis.range.contains) ?? (axis.pattern != nil))
    for value in [axis.range.lowerBound - 1, axis.range.upperBound + 1] {
      cell[axis] = value
      #expect(cell.problem?.axes == [.number(axis)])
    }
  }

  /// A document has words and fractions as such, and a reader of any version gets back what was written.
  @Test(arguments: NumberAxis.allCases) func documentsKeepValues(axis: NumberAxis) throws {
    for value in [axis.range.lowerBound, axis.range.upperBound] {
      var cell = Sample.cell()
      if let pattern = axis.pattern { cell.pattern = pattern }
      cell[axis] = value
      let data = try JSONEncoder().encode(cell)
      #expect(try JSONDecoder().decode(Cell.self, from: data) == cell)
      let written = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])[axis.key]
      if case .word = axis.unit { #expect(written as? String == axis.word(value)) }
      if case .fraction = axis.unit { #expect(written as? Double == Double(axis.word(value))) }
    }
  }

  @Test(arguments: [("0.001", 1000), ("1", 1_000_000), ("0.5", 500_000)]) func fractions(text: String, value: Int)
    throws
  {
    #expect(try NumberAxis.hot.value(text) == value)
    #expect(NumberAxis.hot.word(value) == text)
  }

  @Test func keysAreDifferent() {
    #expect(Set(NumberAxis.allCases.map(\.key)).count == NumberAxis.allCases.count)
  }

  @Test func groupsOfWords() throws {
    #expect(try Mode.values("all") == Mode.allCases)
    let standard = try Mode.values("standard")
    #expect(standard.contains(.legacy) && !standard.contains(.legacyRuns))
    #expect(standard.contains(.kmbuf) && !standard.contains(.kmbufRuns) && !standard.contains(.kmbufRefill))
    #expect(try Transport.values("all") == Transport.allCases)
    #expect(try Mode.values("pbuf") == [.pbuf])
  }
}

extension NumberAxis {
  /// Two different values as they are typed.
  fileprivate var twoWords: (String, String) {
    switch unit {
    case .bytes, .count: ("8", "16")
    case .fraction: ("0.25", "0.5")
    case .choice, .word: (words[0], words[1])
    }
  }
}
