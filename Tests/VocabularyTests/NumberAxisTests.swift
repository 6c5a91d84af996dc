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
    let (low, high) = axis.unit == .choice ? (0, 1) : (8, 16)
    let words = [axis.option, "\(low),\(high)", axis.option, "\(low)"]
    #expect(try NumberAxisOptions.parse(words).values == [axis: [low, high]])
    let help = NumberAxisOptions.helpMessage(columns: 400)
    #expect(help.contains("\(axis.option) <\(axis.valueName)>"))
    let part = try #require(help.components(separatedBy: "\n  --").first { "--\($0)".hasPrefix(axis.option + " ") })
    let line = part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    // Help says what is possible and what is usual.
    if axis.unit != .choice { #expect(line.contains("\(axis.range.lowerBound) to \(axis.range.upperBound)")) }
    if let usual = axis.defaultValue { #expect(line.contains("default: \(usual)")) }
  }

  @Test(arguments: NumberAxis.allCases) func refusesOtherWords(axis: NumberAxis) {
    for word in ["-1", "1.5", "x", "", axis.unit == .choice ? "2" : "0"] {
      #expect(throws: RingbenchError.self) { try axis.value(word) }
    }
  }

  @Test func nothingGivenIsNothing() throws { #expect(try NumberAxisOptions.parse([]).values.isEmpty) }

  @Test(arguments: NumberAxis.allCases) func goesIntoIdentifierAndArguments(axis: NumberAxis) {
    var cell = Sample.cell()
    cell[axis] = axis.range.upperBound
    #expect(cell.id.contains("=\(axis.range.upperBound)"))
    let place = cell.arguments.firstIndex(of: axis.option)
    #expect(place.map { cell.arguments[$0 + 1] } == "\(axis.range.upperBound)")
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
