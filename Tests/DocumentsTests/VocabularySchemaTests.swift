import Documents
import Foundation
import TestSupport
import Testing
import Vocabulary

/// The results schema repeats the vocabulary for readers in other languages. Both must agree.
@Suite struct VocabularySchemaTests {
  private struct Missing: Error {}

  /// A value inside `results-1.schema.json`.
  private func schema(_ path: String...) throws -> [String: Any] {
    let file = URL(filePath: Places.schemas + "/results-1.schema.json")
    var value = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
    for key in ["$defs"] + path {
      guard let object = value as? [String: Any], let inner = object[key] else { throw Missing() }
      value = inner
    }
    guard let object = value as? [String: Any] else { throw Missing() }
    return object
  }

  private func words(_ property: String) throws -> [String] {
    try schema("cell", "properties", property)["enum"] as? [String] ?? []
  }

  @Test func wordsAreTheSame() throws {
    #expect(try words(Mode.axis) == Mode.allCases.map(\.rawValue))
    #expect(try words(Transport.axis) == Transport.allCases.map(\.rawValue))
    #expect(try words(Operation.axis) == Vocabulary.Operation.allCases.map(\.rawValue))
    #expect(try words(Pattern.axis) == Pattern.allCases.map(\.rawValue))
    #expect(try words(Implementation.axis) == Implementation.allCases.map(\.rawValue))
  }

  @Test(arguments: NumberAxis.allCases) func axesAreTheSame(axis: NumberAxis) throws {
    let properties = try schema("cell", "properties")
    #expect(properties[axis.key] != nil, "results-1.schema.json: $defs.cell lacks \(axis.key)")
    let words = [Mode.axis, Transport.axis, Vocabulary.Operation.axis, Pattern.axis, Implementation.axis]
    let known = Set(words + NumberAxis.allCases.map(\.key) + ["cpu_node", "memory_node"])
    #expect(Set(properties.keys) == known)
  }

  @Test(arguments: Metric.allCases) func metricsAreTheSame(metric: Metric) throws {
    let name = metric.object?.rawValue ?? "measurements"
    let declaration = try schema(name, "properties")[metric.key] as? [String: Any]
    let property = try #require(declaration, "results-1.schema.json: $defs.\(name) lacks \(metric.key)")
    let choices = (property["anyOf"] as? [[String: Any]] ?? [property]).compactMap { $0["type"] as? String }
    #expect(choices.first == (metric.kind == .whole ? "integer" : "number"))
    #expect(choices.contains("null") == (metric.isNullable && metric.object != .latency))
    let inner = Metric.Object.allCases.map(\.rawValue)
    let known = Metric.allCases.filter { $0.object == metric.object }.map(\.key)
    let others = metric.object == nil ? inner + ["ring_flags"] : metric.object == .latency ? ["histogram"] : []
    #expect(Set(try schema(name, "properties").keys) == Set(known + others))
  }
}
