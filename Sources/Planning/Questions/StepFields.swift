import Base
import Vocabulary
import Yams

/// The keys of a step in a suite's `answer`, and how each is read.
struct StepFields {
  let nodes: [String: Node]
  private let reader: SuiteReader
  private let node: Node

  init(_ reader: SuiteReader, _ nodes: [String: Node], _ node: Node) {
    (self.reader, self.nodes, self.node) = (reader, nodes, node)
  }

  private static let usualEnough = 5.0

  func sides(_ kind: String) throws(RingbenchError) -> CheaperStep {
    CheaperStep(
      new: NamedCells(cells: try filter(kind), name: try text("called")),
      baseline: NamedCells(cells: try filter("than"), name: try text("than-called")), place: try place(),
      enough: try enough(), advice: try advice("better", "worse", "same"))
  }

  func knee() throws(RingbenchError) -> KneeStep {
    let axis = try axis()
    let first: Int? =
      if let node = nodes["first"] { try reader.list(node, axis.value).first } else { nil }
    return KneeStep(
      place: try filter("knee"), axis: axis, first: first, enough: try enough(), advice: try advice("better", "worse"))
  }

  func without() throws(RingbenchError) -> WithoutStep {
    WithoutStep(
      metric: try metrics("without")[0], event: try text("event"), place: try place(), axis: try axis(),
      advice: try advice("better", "worse"))
  }

  func fair() throws(RingbenchError) -> FairStep {
    FairStep(
      metric: try metrics("fair")[0], least: try number("least"), place: try place(),
      advice: try advice("better", "worse"))
  }

  // MARK: Keys

  func place() throws(RingbenchError) -> CellFilter { nodes["where"] == nil ? CellFilter() : try filter("where") }

  /// A mapping of axes to values.
  func filter(_ key: String) throws(RingbenchError) -> CellFilter {
    let node = try given(key)
    let words = [Mode.axis, Transport.axis, Operation.axis, Pattern.axis]
    let fields = try reader.fields(
      of: node, allowed: words + NumberAxis.allCases.map(\.rawValue) + ["placement"], in: "'\(key)'")
    var filter = CellFilter()
    if fields[Mode.axis] != nil { filter.lists.modes = try reader.values(fields, Mode.self, at: node) }
    if fields[Transport.axis] != nil { filter.lists.transports = try reader.values(fields, Transport.self, at: node) }
    if fields[Operation.axis] != nil { filter.lists.operations = try reader.values(fields, Operation.self, at: node) }
    if fields[Pattern.axis] != nil { filter.lists.patterns = try reader.values(fields, Pattern.self, at: node) }
    for axis in NumberAxis.allCases {
      guard let given = fields[axis.rawValue] else { continue }
      filter.lists.numbers[axis] = try reader.list(given) { text throws(RingbenchError) in try axis.value(text) }
    }
    if let given = fields["placement"] { filter.placement = try reader.placement(given) }
    return filter
  }

  func axis() throws(RingbenchError) -> NumberAxis {
    let list = NumberAxis.allCases.map(\.rawValue).joined(separator: ", ")
    return try reader.scalar(given("along"), "along", NumberAxis.init(rawValue:), right: "one of \(list)")
  }

  func metrics(_ key: String) throws(RingbenchError) -> [Metric] {
    let node = try given(key)
    return try reader.list(node) { text throws(RingbenchError) in
      guard let metric = Metric(rawValue: text) else {
        throw RingbenchError.badInput(
          "unknown metric '\(text)': a column of results.csv is needed, such as out_of_buffers")
      }
      return metric
    }
  }

  /// The sentences of the outcomes that the kind of step has.
  func advice(_ keys: String...) throws(RingbenchError) -> Advice {
    var texts: [String: String] = [:]
    for key in ["better", "worse", "same"] {
      if keys.contains(key) {
        texts[key] = try text(key)
      } else if let surplus = nodes[key] {
        throw reader.error(
          at: surplus, "'\(key)' is no outcome of this kind of step: it has \(keys.joined(separator: ", "))")
      }
    }
    return Advice(better: texts["better"] ?? "", worse: texts["worse"] ?? "", same: texts["same"] ?? "")
  }

  private func enough() throws(RingbenchError) -> Double {
    nodes["enough"] == nil ? Self.usualEnough : try number("enough")
  }

  private func number(_ key: String) throws(RingbenchError) -> Double {
    try reader.scalar(
      given(key), key, { Double($0).flatMap { $0 > 0 && $0.isFinite ? $0 : nil } }, right: "a number above 0")
  }

  private func text(_ key: String) throws(RingbenchError) -> String { try reader.text(nodes, key, at: node) }

  private func given(_ key: String) throws(RingbenchError) -> Node {
    guard let node = nodes[key] else { throw reader.error(at: node, "'\(key)' is missing") }
    return node
  }
}

extension SuiteReader {
  func placement(_ node: Node) throws(RingbenchError) -> PlacementChoice {
    try scalar(node, "placement", PlacementChoice.init(rawValue:), right: "one of local, remote, all")
  }
}
